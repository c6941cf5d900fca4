"""`accueil`: the terminal is looked at before anything imports Textual, then the command line takes over."""

from __future__ import annotations

import gc
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import cast

from tui.terminal import crash, early, environment
from tui.terminal.no_core import keep_memory_in
from tui.terminal.one_heap import share_heap

PRIVATE = 0o077
"""The files of a practice are made for their owner's eyes only."""

SELDOM = (50_000, 20, 100)
"""How many new objects before the collector looks at them: as Python has it, it is a good part of the start."""


def main(argv: list[str] | None = None) -> int:
    """Run the program.

    Args:
        argv: what follows `accueil`; by default what was typed.

    Returns:
        0 done, 1 refused or partly refused, 2 wrong use; above 128, the signal that ended it.
    """
    if stranger := _other_models():
        sys.stderr.write(f"Un autre paquet « models » ({stranger}) cache celui d’Accueil : installez Accueil à part.\n")
        return 1
    keep_memory_in()
    share_heap()
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


def _other_models() -> Path | None:
    """Where the package `models` lies that Python would take for ours, if it is another's; looked at, never run."""
    spec = find_spec("models")
    places = spec.submodule_search_locations if spec else None
    found = Path(places[0] if places else (spec and spec.origin) or "models.py")
    return None if found == Path(__file__).parents[1] / "models" else found


def _pass_over_psycopg(words: list[str]) -> None:
    """Keep peewee from loading the driver of a server that nobody named: half of its import."""
    if not any("postgres" in word for word in words):
        sys.modules.setdefault("psycopg", cast(ModuleType, None))


if __name__ == "__main__":
    sys.exit(main())
