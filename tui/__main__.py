"""`accueil`: the terminal is looked at before anything imports Textual, then the command line takes over."""

from __future__ import annotations

import os
import sys

from tui.terminal import crash, environment

PRIVATE = 0o077
"""The files of a practice are made for their owner's eyes only."""


def main(argv: list[str] | None = None) -> int:
    """Run the program.

    Args:
        argv: what follows `accueil`; by default what was typed.

    Returns:
        0 done, 1 refused or partly refused, 2 wrong use; above 128, the signal that ended it.
    """
    os.umask(PRIVATE)
    crash.install_hooks()
    terminal = environment.prepare(os.environ, sys.__stdin__, sys.__stdout__, sys.__stderr__)
    from tui.command_line.run import run

    return run(sys.argv[1:] if argv is None else argv, terminal)


if __name__ == "__main__":
    sys.exit(main())
