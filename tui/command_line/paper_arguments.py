"""What may be typed behind `accueil papiers`."""

from __future__ import annotations

import argparse
from typing import Any, Final

from models.domain.papers import DocumentKind, DocumentStep
from tui.command_line.common_arguments import add_format, add_practitioner, add_verb
from tui.command_line.typed import day_typed, invoice_number, lot_number
from tui.command_line.typed_opening import words

KINDS: Final = {
    "ordonnance": DocumentKind.PRESCRIPTION,
    "attestation": DocumentKind.ATTESTATION,
    "accord": DocumentKind.AGREEMENT,
    "autre": DocumentKind.OTHER,
}
"""How a document is typed."""

STEPS: Final = {
    "due": DocumentStep.OWED,
    "numerisee": DocumentStep.SCANNED,
    "envoyee": DocumentStep.SENT,
    "sans-objet": DocumentStep.WAIVED,
}
"""How what became of it is typed."""

_USAGE: Final = """\
accueil papiers [--pieces] [--format texte|json|csv] [--tableur]
       accueil papiers --imprimer [LOT …] [--professionnel N]
       accueil papiers --lettre NUMÉRO [NUMÉRO …] [--professionnel N]
       accueil papiers --rejets [--professionnel N]
       accueil papiers --modeles
       accueil papiers --envoye LOT [LOT …] [--le JJ/MM/AAAA] [--motif TEXTE]
       accueil papiers --repris LOT --motif TEXTE
       accueil papiers --hors-degrade NUMÉRO [NUMÉRO …]
       accueil papiers --piece PIÈCE --est ÉTAPE NUMÉRO [NUMÉRO …]
                       [--le JJ/MM/AAAA] [--motif TEXTE]"""


def add(verbs: Any) -> None:
    """The verb."""
    verb = add_verb(
        verbs, "papiers", "feuilles de soins à envoyer par lot, pièces à numériser : les lister, imprimer, noter"
    )
    verb.usage = _USAGE
    verb.add_argument(
        "numbers", nargs="*", metavar="NUMÉRO", type=invoice_number, help="facture que la pièce accompagne"
    )
    what = verb.add_mutually_exclusive_group()
    what.add_argument("--pieces", action="store_true", help="les pièces à numériser ou à envoyer, plutôt que les lots")
    what.add_argument(
        "--imprimer",
        nargs="*",
        metavar="LOT",
        type=lot_number,
        help="le bordereau de ces lots, en PDF ; sans lot, ceux qui restent à envoyer et leur liste",
    )
    what.add_argument(
        "--lettre",
        nargs="+",
        metavar="NUMÉRO",
        type=invoice_number,
        help="la lettre au patient de ces factures : ce qui est refusé, quoi apporter",
    )
    what.add_argument("--rejets", action="store_true", help="les factures rejetées, une page par professionnel")
    what.add_argument("--modeles", action="store_true", help="écrire les modèles de lettres, à modifier, et dire où")
    what.add_argument("--envoye", nargs="+", metavar="LOT", type=lot_number, help="feuilles de ces lots envoyées")
    what.add_argument(
        "--hors-degrade",
        nargs="+",
        metavar="NUMÉRO",
        type=invoice_number,
        help="sortir du dégradé ces factures pas encore validées : à facturer de nouveau, sans feuille",
    )
    what.add_argument("--repris", metavar="LOT", type=lot_number, help="l’envoi de ce lot était noté par erreur")
    what.add_argument("--piece", choices=tuple(KINDS), metavar="PIÈCE", help=", ".join(KINDS))
    verb.add_argument("--est", choices=tuple(STEPS), metavar="ÉTAPE", help=f"de la pièce : {', '.join(STEPS)}")
    verb.add_argument("--le", metavar="JJ/MM/AAAA", type=day_typed, help="quel jour (sinon, aujourd’hui)")
    verb.add_argument("--motif", metavar="TEXTE", type=words, default="", help="comment, ou pourquoi")
    add_practitioner(verb)
    add_format(verb)


def check(options: argparse.Namespace, verb: argparse.ArgumentParser) -> None:
    """A document is of invoices and stands somewhere; what is noted has a day; only lists have a format."""
    noting = options.envoye is not None or options.piece is not None
    if (options.piece is None) != (options.est is None):
        verb.error("--piece PIÈCE va avec --est ÉTAPE")
    if options.piece is not None and not options.numbers:
        verb.error("the following arguments are required: NUMÉRO")
    if options.piece is None and options.numbers:
        verb.error("NUMÉRO va avec --piece")
    if options.repris is not None and not options.motif.strip():
        verb.error("--motif TEXTE est à donner")
    if options.le is not None and not noting:
        verb.error("--le va avec --envoye ou --piece")
    if options.motif and not (noting or options.repris is not None):
        verb.error("--motif va avec --envoye, --repris ou --piece")
    printing = options.imprimer is not None or options.lettre is not None or options.rejets or options.modeles
    if options.format and (noting or options.repris is not None or printing):
        verb.error("--format va avec la liste")
