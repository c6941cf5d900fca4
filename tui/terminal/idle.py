"""While nobody types: what the next keys would wait for is loaded beforehand, and what was left is swept up.

A screen that was left is garbage in cycles: of thousands of objects, which the collector would look for under a key or,
told to look seldom, hardly ever. So it looks in the moments between two gestures, at what was made since the start.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from typing import Final

from tui.terminal.one_heap import trim_heap
from tui.terminal.textual_insides import forget_left_widgets

QUIET: Final = 0.15
"""Seconds without a key that part two gestures."""
LOADS_AFTER: Final = 0.5
"""Seconds without a key after the first screen, from which on nobody is taken to be in a hurry."""
ENOUGH: Final = 3_000
"""Objects made since the last sweep that are worth one; a key makes some dozens, a screen some thousands."""
MUCH: Final = 60_000
"""Objects made without any pause after which one sweeps all the same."""

_YOUNG: Final = 5_000


class Idle:
    """Looks after the pauses of one program, in its loop.

    Args:
        load: loads what gestures need; called once, in a thread.
    """

    def __init__(self, load: Callable[[], object]) -> None:
        self._load = load
        self._loop = asyncio.get_running_loop()
        self._last_key = self._loop.time()
        self._looks: asyncio.TimerHandle | None = None
        self._loading: asyncio.Task[None] | None = None
        _spare()
        gc.set_threshold(_YOUNG, 1_000, 1_000)
        self._loop.call_later(LOADS_AFTER, self._load_at_rest)

    def key(self) -> None:
        """A key is about to act."""
        self._last_key = self._loop.time()
        if made() >= MUCH:
            sweep()
        if self._looks is None:
            self._looks = self._loop.call_later(QUIET, self._look)

    def _look(self) -> None:
        self._looks = None
        since = self._loop.time() - self._last_key
        if since < QUIET:
            self._looks = self._loop.call_later(QUIET - since, self._look)
        elif made() >= ENOUGH:
            sweep()

    def _load_at_rest(self) -> None:
        since = self._loop.time() - self._last_key
        if since < LOADS_AFTER:
            self._loop.call_later(LOADS_AFTER - since, self._load_at_rest)
        else:
            self._loading = self._loop.create_task(self._load_all())

    async def _load_all(self) -> None:
        await asyncio.to_thread(self._load)
        sweep()
        trim_heap()
        _spare()


def sweep() -> None:
    """Give back what was left."""
    forget_left_widgets()
    gc.collect()


def made() -> int:
    """About how many objects that may lie in cycles were made, and not given back, since the last sweep."""
    young, older, _ = gc.get_count()
    return young + older * _YOUNG


def _spare() -> None:
    """What is there stays, or is garbage that costs nothing more: it is not looked at again.

    Nothing is collected before at the start: that alone would hold up the first keys, to find next to nothing.
    """
    gc.freeze()
