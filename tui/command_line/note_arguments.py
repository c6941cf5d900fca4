"""What may be typed behind `accueil noter NUMÉRO`."""

from __future__ import annotations

import argparse
from typing import Final

from tui.command_line.parser import FrenchParser
from tui.command_line.typed import lot_number
from tui.command_line.typed_opening import words

_USAGE: Final = """\
accueil noter NUMÉRO (--rejet CODE | --paiement EUROS | --recyclage)
                     --source TEXTE [--part amo|amc] [--le DATE] [--oui]
                     [--libelle TEXTE] [--virement TEXTE] [--professionnel N]
                     [--base CHEMIN|URL] [--operateur NOM]
       accueil noter [NUMÉRO] --arl-negatif LOT --motif TEXTE --source TEXTE
       accueil noter --arl-positif LOT --source TEXTE
       accueil noter (NUMÉRO | --lot LOT) --retirer --motif TEXTE"""


def add(verb: FrenchParser) -> None:
    """What was said, of which share, when and where; or that a note is withdrawn."""
    verb.usage = _USAGE
    what = verb.add_mutually_exclusive_group(required=True)
    what.add_argument("--rejet", metavar="CODE", type=words, help="rejetée : le code du rejet, ou son libellé")
    what.add_argument("--paiement", metavar="EUROS", type=words, help="payée : le montant reçu, 18,90")
    what.add_argument("--recyclage", action="store_true", help="la caisse la retraite (traitement manuel)")
    what.add_argument("--arl-negatif", metavar="LOT", type=lot_number, help="l’ARL du lot est négatif : tout à refaire")
    what.add_argument("--arl-positif", metavar="LOT", type=lot_number, help="l’ARL du lot est positif")
    what.add_argument("--retirer", action="store_true", help="retirer la dernière note, faite par erreur")
    verb.add_argument("--part", metavar="PART", type=words, help="amo ou amc (sinon, celle qui attend)")
    verb.add_argument("--le", metavar="DATE", type=words, help="jour où c’est dit, 14/11/2026 (sinon, aujourd’hui)")
    verb.add_argument("--source", metavar="TEXTE", type=words, default="", help="où c’est dit : courrier, appel…")
    verb.add_argument("--motif", metavar="TEXTE", type=words, default="", help="motif de l’ARL négatif, ou du retrait")
    verb.add_argument("--lot", metavar="LOT", type=lot_number, help="retirer la note de l’ARL de ce lot")
    verb.add_argument("--libelle", metavar="TEXTE", type=words, default="", help="libellé du rejet")
    verb.add_argument("--virement", metavar="TEXTE", type=words, default="", help="libellé du virement")
    verb.add_argument("--oui", action="store_true", help="le noter même si la facture dit autre chose")


def check(options: argparse.Namespace, verb: argparse.ArgumentParser) -> None:
    """A note says where it was said; what is withdrawn, or refused, why; and each is about something."""
    negative, positive = options.arl_negatif is not None, options.arl_positif is not None
    if (options.retirer or negative) and not options.motif.strip():
        verb.error("--motif TEXTE est à donner")
    if not options.retirer and not options.source.strip():
        verb.error("--source TEXTE est à donner")
    if options.number is None and not (negative or positive or options.lot is not None):
        verb.error("the following arguments are required: NUMÉRO")
    if options.number is not None and (positive or options.lot is not None):
        verb.error("un lot, sans NUMÉRO")
    if options.lot is not None and not options.retirer:
        verb.error("--lot va avec --retirer")
