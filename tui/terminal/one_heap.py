"""One heap for all threads, and what is given back to it given back to the system: some fifty desks share a machine."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

_ARENA_MAX: Final = -8
"""M_ARENA_MAX of mallopt(3), of the GNU C library; another has no `mallopt`, or does nothing with it."""


def share_heap() -> None:
    """Have the C library use one arena, before there is a second thread.

    It makes up to eight for each processor, so that threads do not wait for one another; here one works at a time.
    """
    _ask_heap("mallopt", _ARENA_MAX, 1)


def trim_heap() -> None:
    """Have the C library give back to the system what was given back to it: malloc_trim(3)."""
    _ask_heap("malloc_trim", 0)


def _ask_heap(name: str, *arguments: int) -> None:
    if sys.platform == "linux" and (function := getattr(ctypes.CDLL(None), name, None)) is not None:
        function(*arguments)
