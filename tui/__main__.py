"""`accueil`: the terminal is looked at before anything imports Textual, then the command line takes over."""

from __future__ import annotations

import gc
import os
import sys
from types import ModuleType
from typing import cast

from tui.terminal import crash, early, environment

PRIVATE = 0o077
"""The files of a practice are made for their owner's eyes only."""

SELDOM = (50_000, 20, 100)
"""How many new objects before the collector looks at them: as Python has it, it takes 25 ms of the start."""


def main(argv: list[str] | None = None) -> int:
    """Run the program.

    Args:
        argv: what follows `accueil`; by default what was typed.

    Returns:
        0 done, 1 refused or partly refused, 2 wrong use; above 128, the signal that ended it.
    """
    os.umask(PRIVATE)
    gc.set_threshold(*SELDOM)
    crash.install_hooks()
    arguments = sys.argv[1:] if argv is None else argv
    _pass_over_psycopg([*arguments, os.environ.get("ACCUEIL_BASE", "")])
    terminal = environment.prepare(os.environ, sys.__stdin__, sys.__stdout__, sys.__stderr__)
    from tui.command_line.run import run

    try:
        return run(arguments, terminal)
    finally:
        early.give_back()


def _pass_over_psycopg(words: list[str]) -> None:
    """Keep peewee from loading the driver of a server that nobody named: half of its import, 62 ms and 11 MiB."""
    if not any("postgres" in word for word in words):
        sys.modules.setdefault("psycopg", cast(ModuleType, None))


if __name__ == "__main__":
    sys.exit(main())
