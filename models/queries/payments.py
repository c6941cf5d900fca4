"""What was said of both shares of invoices and taken, in the order in which it counted: what is paid follows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from models.domain.damage import stored_member
from models.domain.payments import ShareWord
from models.domain.states import ShareState
from models.store.database import rows_among
from models.tables.aside import TAKEN


class TakenWord(NamedTuple):
    """What one answer says of both shares."""

    amo: ShareWord
    amc: ShareWord


_WORDS: Final = (
    "SELECT a.invoice_id, a.amo_state, a.amo_paid, a.amc_state, a.amc_paid, r.noted_by"  # noqa: S608
    f' FROM answer a JOIN "return" r ON r.id = a.return_id WHERE {TAKEN} AND a.invoice_id IN ({{set}})'
    " ORDER BY coalesce(a.made, 0), a.id"
)


def words_of(invoices: Iterable[int]) -> dict[int, list[TakenWord]]:
    """The words of each of these invoices; nothing of one of which nothing was said."""
    found: dict[int, list[TakenWord]] = {}
    for invoice, amo, amo_paid, amc, amc_paid, noted_by in rows_among(_WORDS, invoices):
        word = TakenWord(
            ShareWord(stored_member(ShareState, amo), amo_paid, noted=bool(noted_by)),
            ShareWord(stored_member(ShareState, amc), amc_paid, noted=bool(noted_by)),
        )
        found.setdefault(invoice, []).append(word)
    return found
