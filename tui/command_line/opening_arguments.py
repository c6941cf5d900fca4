"""`accueil` and `accueil demo`, which open the screens: read without the other verbs, for the first page's sake."""

from __future__ import annotations

import argparse
import os
from typing import Any, Final, NoReturn

from tui.command_line.common_arguments import add_common, add_verb
from tui.command_line.parser import FrenchParser
from tui.command_line.typed_opening import practice_address
from tui.text.places import STARTS

_ASKS_FOR_HELP: Final = frozenset({"-h", "--help", "--aide"})


def read_opening(argv: list[str]) -> argparse.Namespace | None:
    """What was typed, where it opens the screens; None where it names another verb, asks for help, or is a mistake.

    `arguments.read` reads the same of it, and says what is wrong.
    """
    if _ASKS_FOR_HELP.intersection(argv):
        return None
    parser = _Bare(prog="accueil")
    add_opening(parser)
    add_demo(parser.add_subparsers(dest="verb", parser_class=_Bare))
    try:
        options = parser.parse_args(argv)
        options.environment_base = from_environment(parser)
    except _Unsure:
        return None
    return options


class _Unsure(Exception):
    """It is not, or not only, what opens the screens."""


class _Bare(FrenchParser):
    def error(self, message: str) -> NoReturn:
        raise _Unsure(message)


def add_opening(parser: FrenchParser) -> None:
    """What goes before a verb, and what is there where none is typed."""
    add_common(parser)
    _add_screen(parser)
    parser.set_defaults(base=None, operateur=None, ecran=None, verb=None)


def add_demo(verbs: Any) -> None:
    """The verb that opens the demonstration."""
    demo = add_verb(verbs, "demo", "ouvrir un cabinet imaginaire, pour essayer")
    demo.add_argument("--neuve", action="store_true", help="refaire la démonstration à neuf")
    _add_screen(demo)


def _add_screen(parser: FrenchParser) -> None:
    parser.add_argument(
        "--ecran",
        choices=tuple(STARTS),
        metavar="LISTE",
        default=argparse.SUPPRESS,
        help=f"ouvrir droit sur une liste : {' ou '.join(STARTS)}",
    )


def from_environment(parser: FrenchParser) -> str | None:
    """The practice that `ACCUEIL_BASE` names, if it names one."""
    named = os.environ.get("ACCUEIL_BASE")
    try:
        return practice_address(named) if named else None
    except argparse.ArgumentTypeError as refusal:
        parser.error(f"ACCUEIL_BASE : {refusal}")
