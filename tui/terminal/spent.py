"""Keys whose work is done: what they acted on is gone, and they must not act on what took its place.

A terminal never says that a key was let go. A key that is held comes again after its first delay, then many times a
second; one that was pressed twice comes twice. Both are deaf until nothing of them came for a while. No widget is
known here, and no clock: time comes with each key, and another clock under test.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

LET_GO: Final = 0.75
"""Seconds without a key after which it was let go: more than the first delay of a held key as systems set it (consoles
0.25, macOS and Windows 0.5, X11 up to 0.66)."""

SEEN: Final = 0.4
"""Seconds for which what took the place of the one before must have been on the screen."""


class Spent:
    """Which keys are deaf.

    Args:
        now: the clock by which keys are dated.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._vanished = -math.inf
        self._came: dict[str, float] = {}
        self._spent: set[str] = set()

    def vanished(self) -> None:
        """What the keys acted on is gone; something else stands in its place."""
        self._vanished = self._now()
        self._spent = {*self._came}

    def deaf(self, key: str, at: float, *, elsewhere: bool) -> bool:
        """Whether this key, pressed now, does nothing. It is told of every key that acts.

        Args:
            key: its name.
            at: when.
            elsewhere: whether it acts on something that was asked for since (a question, a field): then only the keys
                that did the work are deaf.
        """
        last = self._came.get(key, -math.inf)
        self._came[key] = at
        done = key in self._spent
        until = self._vanished + SEEN if done or not elsewhere else -math.inf
        if done:
            until = max(until, last + LET_GO)
        if at < until:
            return True
        self._spent.discard(key)
        return False
