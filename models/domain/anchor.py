"""How far a practice has come: its journal's last entry and the numbers that it gave, as its anchor keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

LOTS: Final = "lot "
"""How the series of the lots begin, each one practitioner's; they turn over, the others only grow."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a practice stands after a change.

    Args:
        entry: the journal's last entry; 0 before the first.
        seal: of that entry.
        at: when it was written (UTC, ISO).
        first: the seal of the journal's first entry: a practice's own, in all its copies.
        series: the last number given, by series: the highest of invoices and DRE, whatever their range was.
    """

    entry: int
    seal: str
    at: str
    first: str
    series: Mapping[str, int]

    def gave_all_of(self, other: Mark) -> bool:
        """Whether every number that `other` knows to be given is known here too; lots, at the same entry."""
        for name, number in other.series.items():
            here = self.series.get(name, 0)
            if here < number if not name.startswith(LOTS) else here != number and self.entry == other.entry:
                return False
        return True


UNUSED: Final = Mark(0, "", "", "", {})
"""A practice in which nothing was recorded yet."""


NOWHERE: Final = Mark(1, "0" * 64, "", "", {})
"""A mark that no base holds: what an anchor says of the base that is there, where nothing can be said."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What an anchor says: where the practice stood, and where the change leads that was about to be committed."""

    serial: int
    done: Mark
    coming: Mark | None
