"""Nothing of this process's memory leaves it: no core file after a crash, no other program that looks into it."""

from __future__ import annotations

import ctypes
import resource
import sys
from contextlib import suppress
from typing import Final

_PR_SET_DUMPABLE: Final = 4
"""Of prctl(2)."""


def keep_memory_in() -> None:
    """Have the system write no core of this process and of those that it starts, and let nobody attach to it.

    Both are needed: a limit of 0 is not asked where cores go down a pipe (core(5)), and what is not dumpable becomes so
    again in a program that it starts. With it what the system shows of this process (its environment, its descriptors)
    is root's alone (prctl(2), PR_SET_DUMPABLE; proc(5)).

    To be called before anything of a patient, or a key, is read.
    """
    with suppress(ValueError, OSError):  # refused where nothing may be changed: then by what limited it
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
