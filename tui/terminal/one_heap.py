"""One heap for all threads: what one gives back another takes, instead of each keeping its own."""

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
    if sys.platform == "linux" and (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)) is not None:
        mallopt(_ARENA_MAX, 1)
