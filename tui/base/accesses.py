"""What is looked at on the screens, noted while nobody types: never on the way of a key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final

from models.domain.accesses import Looked
from models.domain.faults import PracticeFault, Unreachable

if TYPE_CHECKING:
    from models.commands.note_accesses import Seen
    from models.domain.author import Author
    from models.practice import OpenPractice

LATER: Final = 2.0
"""Seconds after the last thing that was opened: who goes through a list is left alone."""


class Accesses:
    """Gathers what was looked at, and has it written in a pause; each thing once a day.

    Args:
        practice: the one that is open.
        author: who looks, now.
        call_later: calls something once so many seconds have gone by, unless it is called off.
        in_thread: does something in a worker of its own.
    """

    def __init__(
        self,
        practice: OpenPractice,
        author: Callable[[], Author],
        call_later: Callable[[float, Callable[[], None]], Callable[[], object]],
        in_thread: Callable[[Callable[[], None]], object],
    ) -> None:
        self._practice, self._author = practice, author
        self._call_later, self._in_thread = call_later, in_thread
        self._waits: set[Seen] = set()
        self._unwritten: list[frozenset[Seen]] = []
        """What a thread could not write, the practice being out of reach: to be written with what comes next."""
        self._known: set[tuple[date, Seen]] = set()
        self._call_off: Callable[[], object] = _nothing

    def looked_at(self, looked: Looked, subject: str) -> None:
        """Somebody looked at this just now; on another day it is noted again."""
        from models.commands.note_accesses import Seen

        seen, today = Seen(looked, subject), self._author().day
        if (today, seen) not in self._known:
            self._known.add((today, seen))
            self._waits.add(seen)
            self._call_off()
            self._call_off = self._call_later(LATER, self._write)

    def write_now(self) -> None:
        """The program ends: write what waits in place."""
        if waits := self._taken():
            self._note(waits)

    def _write(self) -> None:
        waits = self._taken()
        self._in_thread(lambda: self._note(waits, apart=True))

    def _taken(self) -> frozenset[Seen]:
        """What is not written yet; it is taken to be from now on."""
        self._call_off()
        waits, self._waits = frozenset(self._waits), set()
        while self._unwritten:
            waits |= self._unwritten.pop()
        return waits

    def _note(self, seen: frozenset[Seen], *, apart: bool = False) -> None:
        from models.commands.note_accesses import note_accesses

        try:
            if apart:
                self._practice.in_own_connection(lambda: note_accesses(seen, self._author()))
            else:
                note_accesses(seen, self._author())
        except Unreachable:
            self._unwritten.append(seen)
        except PracticeFault:
            pass  # a copy that nobody may write to is looked at all the same


def _nothing() -> None:
    """Nothing waits to be written."""
