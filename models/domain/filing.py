"""Classer: why an invoice leaves « À traiter » without being cancelled, until which day; why one is given up."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

LONGEST_NOTE: Final = 200
"""Characters of what a person adds in their own words."""

LATER: Final = timedelta(days=30)
"""After how long an invoice is looked at again, unless another day is given."""

FARTHEST: Final = 1100
"""Days until which an invoice may be classified: past the longest delay to claim (27 months), nothing is left to do."""


class FiledAs(StrEnum):
    """What an entry of `filing` says; the first three of an invoice that waits, the last two of one given up."""

    SETTLED = "settled"
    """Paid after all, by another way than a return."""
    CLAIMED = "claimed"
    """A claim was deposited with the payer."""
    ABANDONED = "abandoned"
    PAID_AFTER_ALL = "paid_after_all"
    """The successor is given up because the caisse pays the invoice that it replaces."""
    RENOUNCED = "renounced"
    """The successor is given up because the practice renounces."""


CLASSES: Final[tuple[FiledAs, ...]] = (FiledAs.CLAIMED, FiledAs.SETTLED, FiledAs.ABANDONED)
"""What « Classer » offers, the commonest first."""

CAUSES: Final[tuple[FiledAs, ...]] = (FiledAs.PAID_AFTER_ALL, FiledAs.RENOUNCED)
"""Why an invoice that has not left is given up."""


class FilingNote(NamedTuple):
    """Why an invoice was classified or given up the last time, by whom, on which day there."""

    filed_as: FiledAs
    note: str
    by: str
    on: date
