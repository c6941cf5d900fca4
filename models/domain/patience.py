"""Waiting, for another program that writes or for a file that is read: seen by who waits, and given up."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, TypeVar

from models.domain.faults import PracticeFault

Row = TypeVar("Row")
Step = Callable[[int, int], None]
"""What to call with how much is done, and how much there is in all; it raises `GivenUp` where no more is to be done."""

SOME: Final = 200
"""Rows of a long list that go by between two steps."""

SLICE: Final = 0.1
"""Seconds of a try, after which who waits is asked whether to go on."""


class GivenUp(Exception):
    """The person, or the end of the program, stopped what was being read: nothing of it is kept."""


def in_sight(rows: Iterable[Row], step: Step, total: int = 0) -> Iterator[Row]:
    """These rows as they come; whoever waits is told how many went by.

    Args:
        rows: of a long list.
        step: is told.
        total: how many there are in all; 0 where nobody knows.
    """
    for done, row in enumerate(rows):
        if done % SOME == 0:
            step(done, max(total, done) if total else 0)
        yield row


class WaitGivenUp(PracticeFault):
    """Another program was writing, and who waited for it gave up: nothing was begun."""

    def __init__(self) -> None:
        super().__init__("Un autre poste écrivait et vous avez renoncé : rien n’a été enregistré.")


class Patience:
    """How one command waits.

    Args:
        gives_up: asked from the command's thread whether to wait no longer.
        seconds: how long to wait at the most; None as long as the database itself does.
    """

    def __init__(self, gives_up: Callable[[], bool], seconds: float | None = None) -> None:
        self.waits = False
        """Whether another program holds the command up now."""
        self._gives_up = gives_up
        self._seconds = seconds

    @contextmanager
    def kept(self) -> Iterator[None]:
        """The commands of this context, and of the threads that it starts, wait with this patience."""
        before = _PATIENCE.set(self)
        try:
            yield
        finally:
            _PATIENCE.reset(before)

    def until(self, done: Callable[[], bool], seconds: float) -> bool:
        """Try this over and over; whether it was done within so many seconds.

        Args:
            done: one try, of a `SLICE` or so.
            seconds: how long the database waits by itself.

        Raises:
            WaitGivenUp: who waits gave up.
        """
        deadline = time.monotonic() + (seconds if self._seconds is None else min(seconds, self._seconds))
        try:
            while not done():
                self.waits = True
                if self._gives_up():
                    raise WaitGivenUp
                if time.monotonic() >= deadline:
                    return False
            return True
        finally:
            self.waits = False


_PATIENCE: Final[ContextVar[Patience | None]] = ContextVar("patience", default=None)


def patience() -> Patience | None:
    """That of the command which runs here; None where nobody looks on: the database then waits by itself."""
    return _PATIENCE.get()
