"""What other desks do, followed: one cheap query every two seconds says whether anything changed.

Asked in a thread of its own, with a connection that stays open there: a server or a disk that does not answer holds no
key up, and a desk that nobody touches costs the server no new connection.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from models.domain.faults import PracticeFault, Unreachable
from models.queries.changes import last_change

if TYPE_CHECKING:
    from models.practice import OpenPractice

EVERY: Final = 2.0
"""Seconds between two looks; where nothing changed nothing is read and nothing goes down the line."""


class Look(Enum):
    """What a look came to."""

    SAME = auto()
    CHANGED = auto()
    REACHED = auto()
    """It had been out of reach, and is back: it may have changed."""


class Following:
    """Follows one practice.

    Args:
        practice: the one that is open.
    """

    def __init__(self, practice: OpenPractice) -> None:
        self._practice = practice
        self._thread = ThreadPoolExecutor(1, "following")
        self._last: int | None = None
        self._lost: Unreachable | None = None

    async def look(self) -> Look:
        """Whether anybody, this desk too, changed the practice since the last look.

        Raises:
            Unreachable: the practice is out of reach.
        """
        ask = self._practice.in_kept_connection
        try:
            last = await asyncio.get_running_loop().run_in_executor(self._thread, ask, last_change)
        except Unreachable as fault:
            self._lost = fault
            raise
        except PracticeFault:
            return Look.SAME  # whoever needs it is told why it cannot be read
        before, lost, self._last, self._lost = self._last, self._lost, last, None
        if lost is not None:
            return Look.REACHED
        return Look.SAME if before == last else Look.CHANGED  # the first look comes after the first reading

    def end(self) -> None:
        """No more looks; the connection goes with its thread."""
        if self._last is not None:
            self._last = None
            self._thread.submit(self._practice.database.close)
        self._thread.shutdown(wait=False)
