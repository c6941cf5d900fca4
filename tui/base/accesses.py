"""What is looked at on the screens, noted while nobody types: never on the way of a key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final

from models.domain.accesses import Looked

if TYPE_CHECKING:
    from models.commands.note_accesses import Seen

LATER: Final = 2.0
"""Seconds after the last thing that was opened: who goes through a list is left alone."""


class Accesses:
    """Gathers what was looked at, and has it written in a pause; each thing once.

    Args:
        call_later: calls something once so many seconds have gone by, unless it is called off.
        write: writes what was gathered, in a worker of its own.
    """

    def __init__(
        self,
        call_later: Callable[[float, Callable[[], None]], Callable[[], object]],
        write: Callable[[frozenset[Seen]], None],
    ) -> None:
        self._call_later, self._write = call_later, write
        self._waits: set[Seen] = set()
        self._known: set[tuple[date, Seen]] = set()
        self._call_off: Callable[[], object] = _nothing

    def looked_at(self, looked: Looked, subject: str, today: date) -> None:
        """Somebody looked at this just now; on another day it is noted again."""
        from models.commands.note_accesses import Seen

        seen = Seen(looked, subject)
        if (today, seen) not in self._known:
            self._known.add((today, seen))
            self._waits.add(seen)
            self._call_off()
            self._call_off = self._call_later(LATER, lambda: self._write(self.taken()))

    def taken(self) -> frozenset[Seen]:
        """What is not written yet; it is taken to be from now on."""
        self._call_off()
        waits, self._waits = frozenset(self._waits), set()
        return waits

    def write_now(self, write: Callable[[frozenset[Seen]], None]) -> None:
        """The program ends: write what waits in place."""
        if waits := self.taken():
            write(waits)


def _nothing() -> None:
    """Nothing waits to be written."""
