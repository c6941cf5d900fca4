"""The smallest programs on `TerminalApp`, run in a pty by the tests: `python -m tests.terminal.toy SCENE`."""

import os
import sys

from tui.terminal import crash
from tui.terminal.environment import Refusal, Terminal, prepare

CANARY = "1840575116001"


def main(scene: str) -> int:
    """Do as the real command line does: look at the terminal first, import Textual after."""
    crash.install_hooks()
    found = prepare(os.environ, sys.__stdin__, sys.__stdout__, sys.__stderr__)
    if isinstance(found, Refusal):
        print(found.sentence, file=sys.stderr)
        return found.exit_code
    if found.plain:
        print("en texte : Élodie")
        return 0
    return run(scene, found)


def run(scene: str, terminal: Terminal) -> int:
    """Start the app of a scene."""
    if scene == "early":
        nir = CANARY
        raise ValueError(f"before the app: {nir}")
    from tests.terminal.toy_app import SCENES

    return SCENES[scene](terminal).run_in_terminal()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
