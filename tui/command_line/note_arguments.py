"""What may be typed behind `accueil noter NUMÉRO`."""

from __future__ import annotations

import argparse
from typing import Final

from tui.command_line.parser import FrenchParser
from tui.command_line.typed import words

_USAGE: Final = """\
accueil noter NUMÉRO (--rejet CODE | --paiement EUROS | --recyclage)
                     --source TEXTE [--part amo|amc] [--le DATE] [--oui]
                     [--libelle TEXTE] [--virement TEXTE] [--professionnel N]
                     [--base CHEMIN|URL] [--operateur NOM]
       accueil noter NUMÉRO --retirer --motif TEXTE"""


def add(verb: FrenchParser) -> None:
    """What was said, of which share, when and where; or that a note is withdrawn."""
    verb.usage = _USAGE
    what = verb.add_mutually_exclusive_group(required=True)
    what.add_argument("--rejet", metavar="CODE", type=words, help="rejetée : le code du rejet, ou son libellé")
    what.add_argument("--paiement", metavar="EUROS", type=words, help="payée : le montant reçu, 18,90")
    what.add_argument("--recyclage", action="store_true", help="la caisse la retraite (traitement manuel)")
    what.add_argument("--retirer", action="store_true", help="retirer la dernière note, faite par erreur")
    verb.add_argument("--part", metavar="PART", type=words, help="amo ou amc (sinon, celle qui attend)")
    verb.add_argument("--le", metavar="DATE", type=words, help="jour où c’est dit, 14/11/2026 (sinon, aujourd’hui)")
    verb.add_argument("--source", metavar="TEXTE", type=words, default="", help="où c’est dit : courrier, appel…")
    verb.add_argument("--motif", metavar="TEXTE", type=words, default="", help="pourquoi la note est retirée")
    verb.add_argument("--libelle", metavar="TEXTE", type=words, default="", help="libellé du rejet")
    verb.add_argument("--virement", metavar="TEXTE", type=words, default="", help="libellé du virement")
    verb.add_argument("--oui", action="store_true", help="le noter même si la facture dit autre chose")


def check(options: argparse.Namespace, verb: argparse.ArgumentParser) -> None:
    """A note says where it was said; what is withdrawn, why."""
    needed, given = ("--motif", options.motif) if options.retirer else ("--source", options.source)
    if not given.strip():
        verb.error(f"{needed} TEXTE est à donner")
