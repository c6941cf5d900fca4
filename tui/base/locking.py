"""When a desk that nobody touches is locked: one timer, that looks again only where a key came meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

AGAIN: Final = 1.0
"""Seconds until the next try, where something under way must end first."""


class Locking:
    """Watches over one desk.

    Args:
        seconds: without a key until it is locked; None: it is locked by hand alone.
        now: the clock.
        after: the timer that goes with it.
        lock: locks the desk; False where something under way must end first.
    """

    def __init__(
        self,
        seconds: float | None,
        now: Callable[[], float],
        after: Callable[[float, Callable[[], None]], object],
        lock: Callable[[], bool],
    ) -> None:
        self._seconds, self._now, self._after, self._lock = seconds, now, after, lock
        self._touched = now()
        self._watches = False

    def touched(self) -> None:
        """A key came, or the desk was unlocked."""
        self._touched = self._now()
        if self._seconds is not None and not self._watches:
            self._watches = True
            self._after(self._seconds, lambda: self._look(self._seconds or 0.0))

    def _look(self, seconds: float) -> None:
        rests = seconds - (self._now() - self._touched)
        if rests > 0:
            self._after(rests, lambda: self._look(seconds))
        elif self._lock():
            self._watches = False
        else:
            self._after(AGAIN, lambda: self._look(seconds))
