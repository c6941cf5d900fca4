"""A flow in a process of its own: `python -m tests.models.cuts.play FLOW ROOT`; what it acknowledges, a line each."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

from tests.models.cuts.flows import FLOWS, place_in


def say(*words: object) -> None:
    """Acknowledge; whoever listens has it once this returns."""
    os.write(1, json.dumps(words).encode() + b"\n")


def main() -> None:
    """Play it."""
    flow, root = sys.argv[1:]
    vars(shutil).update(_USE_CP_SENDFILE=False, _use_fd_functions=False)  # each write and each path is to be seen
    FLOWS[flow].play(place_in(Path(root)), say)


if __name__ == "__main__":
    main()
