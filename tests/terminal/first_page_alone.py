"""The program as far as its first page: it shows it, waits for a key, gives the terminal back and says which key."""

import os
import sys

from tui.command_line import first_page
from tui.command_line.verbs import parse
from tui.terminal import early, environment

if __name__ == "__main__":
    terminal = environment.prepare(os.environ, sys.__stdin__, sys.__stdout__, sys.__stderr__)
    assert isinstance(terminal, environment.Terminal)
    try:
        opening = parse(sys.argv[1:]).opening
        assert opening is not None
        first_page.show(opening, terminal)
        key = os.read(0, 1)
    finally:
        early.give_back()
    print(f"touche {key!r}")
