"""What is paid of a share once several words about it came: transfers add up, what is told twice counts once.

A return tells what its own transfer brings (NOEMIE 198 and 199): a second payment is other money, beside the first;
money taken back (*indu*) is what is paid less. What a person noted stands only for what no file had said: a file's
payment takes its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from models.domain.states import ShareState


class ShareWord(NamedTuple):
    """What was said of a share and taken, in the order in which it counted. Signed cents."""

    state: ShareState
    paid: int
    noted: bool
    """By a person's note, and no file."""


def paid_in_all(words: Iterable[ShareWord]) -> int:
    """What is paid of a share of which all this was taken, in cents; below nought where more was taken back."""
    paid = by_files = 0
    state = ShareState.PENDING
    for word in words:
        if word.state == ShareState.NONE:
            continue
        repeated = state == word.state == ShareState.PAID and paid == word.paid and not word.noted
        if word.state != ShareState.PAID:
            paid = by_files = 0
        elif not repeated:
            if word.noted or word.paid < 0:
                paid += word.paid
            else:
                paid = by_files + word.paid
            by_files += 0 if word.noted else word.paid
        state = word.state
    return paid
