"""À relancer: what of an invoice is waited for too long, and from when on that is said.

Sources: a return comes some three working days after the lot, « attendre 10–15 jours avant de relancer » (an editor's
guide, aide.logicmax.com); the claim is lost two years after the quarter of the care (CSS, art. L. 332-1: 24 to 27
months). No source gives complementary payers a delay of their own: theirs is the same until one does.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

UNMEASURED_DAYS: Final = 15
"""Days of silence after which a payer is reminded, as long as the practice's returns do not tell its usual ones."""

FEWEST: Final = 5
"""Answers of a payer from which its usual days are told."""

DEFERRED_DAYS: Final = 30
"""Days that a reprocessing may last; no source gives one, it is ours."""

LAST_DAYS: Final = 90
"""Days before the claim is lost from which that comes first."""

TAKEN_BACK_DAYS: Final = 90
"""Days for which money that was taken back is listed, where nothing else tells that it was seen."""


class Waiting(StrEnum):
    """Why a payer is reminded; an invoice stands under one alone, the first that holds."""

    DEADLINE = "deadline"
    """The claim is about to be lost, or is."""
    TAKEN_BACK = "taken_back"
    PARTLY_PAID = "partly_paid_share"
    """A share was paid in part."""
    DEFERRED = "deferred_too_long"
    PAPERS = "papers"
    """Billed in degraded mode: the caisse waits for the sheets, and is not asked for a word before they went."""
    SILENT = "silent"


class Usual(NamedTuple):
    """In how many days a payer answers: the median and the ninetieth percentile of so many first answers."""

    median: int
    most: int
    answers: int


def usual(days: list[int]) -> Usual | None:
    """What these days from sending to the first answer say; None where they are too few."""
    if len(days) < FEWEST:
        return None
    ranked = sorted(days)
    most = ranked[-(-9 * len(ranked) // 10) - 1]
    return Usual(ranked[(len(ranked) - 1) // 2], most, len(ranked))
