"""argparse in French: its headings, its help and its refusals, each of one sentence that says what to type."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

WRONG_USE = 2
"""Exit code when the command itself is badly written."""

_REFUSALS = (
    (r"the following arguments are required: (.+)", "il manque {0}"),
    (r"one of the arguments (.+) is required", "il faut donner {0}"),
    (r"unrecognized arguments: (.+)", "« {0} » n’est pas attendu ici"),
    (r"argument (.+?): not allowed with argument (.+)", "{0} ne va pas avec {1}"),
    (r"argument (.+?): expected one argument", "{0} attend une valeur"),
    (r"argument (.+?): expected at least one argument", "{0} attend au moins une valeur"),
    (r"argument (.+?): ignored explicit argument (.+)", "{0} n’attend pas de valeur (ici {1})"),
    (r"argument (.+?): (.+)", "{0} : {1}"),
)
"""What argparse says, and how it is said here; the first that fits."""


class FrenchParser(argparse.ArgumentParser):
    """A parser whose every word is French. Abbreviated options are refused: they would change meaning later."""

    def __init__(self, *, prog: str, **settings: Any) -> None:
        super().__init__(prog=prog, add_help=False, allow_abbrev=False, formatter_class=_FrenchFormatter, **settings)
        self._positionals.title = "arguments "  # argparse puts the colon after it
        self._optionals.title = "options "
        self.add_argument("-h", "--help", "--aide", action="help", help="afficher cette aide")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one sentence, and leave with `WRONG_USE`."""
        from tui.text.display import clean

        sentence = clean(in_french(message).rstrip("."), 1000)
        self.exit(WRONG_USE, f"{self.prog} : {sentence} ; voyez {self.prog} --help.\n")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse what is not among the choices, with the nearest of them."""
        if action.choices is not None and value not in action.choices:
            raise argparse.ArgumentError(None, unknown_choice(action, str(value)))


class _FrenchFormatter(argparse.RawDescriptionHelpFormatter):
    """Help at most 80 columns wide, options without their value told twice."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=80)

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "utilisation : " if prefix is None else prefix)


def in_french(message: str) -> str:
    """What argparse has to say, in French; what is not known to it passes as it is."""
    for pattern, said in _REFUSALS:
        if found := re.fullmatch(pattern, message, re.S):
            return said.format(*found.groups())
    return message


def unknown_choice(action: argparse.Action, value: str) -> str:
    """The sentence for a verb or a value that does not exist, with the nearest one that does."""
    from difflib import get_close_matches

    known = [str(choice) for choice in action.choices or ()]
    near = get_close_matches(value, known, 1, 0.5)
    verb = isinstance(action, argparse._SubParsersAction)
    what = f"le verbe « {value} » n’existe pas" if verb else f"{_name(action)} ne connaît pas « {value} »"
    if near:
        return f"{what}, essayez « {near[0]} »"
    return f"{what}, choisissez parmi {', '.join(known)}"


def _name(action: argparse.Action) -> str:
    return "/".join(action.option_strings) or str(action.metavar or action.dest)
