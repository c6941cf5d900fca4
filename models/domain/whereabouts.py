"""Where the money of what was sent is: each cent that was asked of a payer is in one place, whatever became of it.

A share that was sent again under another number is in the place of what took it over, as long as that has not left;
once it has, the cents are asked by the new invoice, and the old ones are said to be sent again.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from models.domain.filing import FiledAs
from models.domain.states import InvoiceState, ShareState


class Place(StrEnum):
    """Where cents are that were sent; in the order in which they are shown."""

    PAID = "paid"
    TAKEN_BACK = "taken_back"
    """Paid, then taken back (indu) by an answer that nobody could apply: the invoice is paid for ever."""
    SILENT = "silent"
    """Nobody has answered yet."""
    REPROCESSING = "reprocessing"
    MISSING = "missing"
    """The rest of a share that was paid in part."""
    REJECTED = "rejected"
    TO_CORRECT = "to_correct"
    """In an invoice, or a DRE, that is not validated: made anew, or refused by the ARL of its lot."""
    TO_SEND = "to_send"
    CLAIMED = "claimed"
    SETTLED = "settled"
    ABANDONED = "abandoned"
    SENT_AGAIN = "sent_again"
    """Asked anew by an invoice, or a DRE, that has left."""


class Standing(NamedTuple):
    """All of an invoice on which the place of its cents depends: few that differ, however many invoices there are."""

    state: InvoiceState
    amo: ShareState
    amc: ShareState
    successor: InvoiceState | None
    """The state of what replaces it, unless that was given up."""
    dre: InvoiceState | None
    """The state of its DRE made again, unless that was given up."""
    filed_as: FiledAs | None
    """Why it is classified, while it is."""


_FILED: Final = {
    FiledAs.CLAIMED: Place.CLAIMED,
    FiledAs.SETTLED: Place.SETTLED,
    FiledAs.ABANDONED: Place.ABANDONED,
}
_HEARD: Final = {
    ShareState.PENDING: Place.SILENT,
    ShareState.DEFERRED: Place.REPROCESSING,
    ShareState.PAID: Place.MISSING,
    ShareState.REJECTED: Place.REJECTED,
}


def unpaid_places(standing: Standing) -> tuple[Place | None, Place | None]:
    """Where the unpaid cents of both shares are; None of a share that nobody was asked for.

    Raises:
        ValueError: no invoice can stand like this.
    """
    amo, amc = _places(standing)
    return amo, amc


def _places(standing: Standing) -> Iterator[Place | None]:
    for share in (standing.amo, standing.amc):
        if share == ShareState.NONE:
            yield None
        elif standing.state == InvoiceState.CANCELLED:
            yield _taken_over(standing.successor)
        elif standing.state.unsent:
            yield _taken_over(standing.state)
        elif standing.filed_as is not None:
            yield _FILED[standing.filed_as]
        elif share == standing.amc == ShareState.REJECTED and standing.dre is not None:
            yield _taken_over(standing.dre)
        else:
            yield _HEARD[share]


def _taken_over(by: InvoiceState | None) -> Place:
    if by == InvoiceState.UNVALIDATED:
        return Place.TO_CORRECT
    if by == InvoiceState.VALIDATED:
        return Place.TO_SEND
    if by is None or by == InvoiceState.GIVEN_UP:
        raise ValueError(by)
    return Place.SENT_AGAIN
