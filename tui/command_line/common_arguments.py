"""What every verb takes: the practice, the operator, the help; and how a verb is made."""

from __future__ import annotations

import argparse
from typing import Any, Final

from tui.command_line.parser import FrenchParser
from tui.command_line.typed_opening import operator_name, practice_address

CODES: Final = "Codes de sortie : 0 fait, 1 refusé en tout ou en partie, 2 commande mal écrite."


def add_common(parser: FrenchParser) -> None:
    """The options that go before and after the verb; the value after it wins."""
    parser.add_argument(
        "--base",
        metavar="CHEMIN|URL",
        type=practice_address,
        default=argparse.SUPPRESS,
        help="le cabinet : un fichier, ou postgresql://… (sinon ACCUEIL_BASE, sinon celui de ce compte)",
    )
    parser.add_argument(
        "--operateur",
        metavar="NOM",
        type=operator_name,
        default=argparse.SUPPRESS,
        help="nom inscrit au journal (sinon celui du compte)",
    )


def add_verb(verbs: Any, name: str, summary: str) -> FrenchParser:
    """A verb with what every verb takes; `summary` is its line in the help."""
    parser: FrenchParser = verbs.add_parser(
        name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.", epilog=CODES
    )
    add_common(parser)
    return parser


def add_format(verb: FrenchParser) -> None:
    """How a verb that shows something prints it."""
    verb.add_argument("--format", choices=("texte", "json", "csv"), metavar="FORMAT", help="texte, json ou csv")
    verb.add_argument(
        "--tableur",
        action="store_true",
        help="csv pour Excel ou LibreOffice en français : points-virgules, virgule décimale, accents",
    )


def add_practitioner(verb: FrenchParser) -> None:
    """Whose invoices or lots, where several practitioners bear the same numbers."""
    from tui.command_line.typed import practitioner_number  # of the verbs, which the screens open without

    verb.add_argument(
        "--professionnel", metavar="N", type=practitioner_number, help="numéro du professionnel, neuf chiffres"
    )
