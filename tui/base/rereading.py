"""Screens are read again when they come back, and every minute: what other desks change never stays unseen.

A reading that nobody asked for is silent: it asks nothing, and leaves on the line of news what a gesture said there.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Final

EVERY: Final = 60.0
"""Seconds between two readings of a screen that stays; where nothing changed nothing goes down the line."""

_UNASKED: Final = ContextVar("unasked", default=False)
"""Set for the workers that such a reading starts, which take a copy of the context along."""


def is_unasked() -> bool:
    """Whether what goes on now was asked for by no key and no return to the screen."""
    return _UNASKED.get()


def silently(start: Callable[[], object]) -> None:
    """Start something that nobody asked for: it asks nothing, its refusals are not shown."""
    before = _UNASKED.set(True)
    try:
        start()
    finally:
        _UNASKED.reset(before)
