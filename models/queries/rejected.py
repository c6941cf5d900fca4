"""The rejected invoices of a list, whole: what is handed to the practitioners."""

from __future__ import annotations

from itertools import islice
from typing import Final

from models.domain.states import InvoiceState, ShareState
from models.queries.invoice_row import ListView
from models.queries.sheets import InvoiceSheet, sheets_of
from models.queries.windows import every_row

_AT_ONCE: Final = 500
"""Sheets that are read together."""


def rejected_sheets(view: ListView, most: int, practitioner: str | None = None) -> list[InvoiceSheet]:
    """Those of a list that are rejected, for the caisse or the complementary payer, in its order.

    Args:
        view: the list.
        most: where to stop: one more than a caller takes tells that there are more.
        practitioner: whose invoices alone; None: everybody's.

    Raises:
        PracticeFault: the database refused.
    """
    waiting = (
        row.id
        for row in every_row(view)
        if row.state == InvoiceState.REJECTED
        or (row.amc_state == ShareState.REJECTED and row.state != InvoiceState.CANCELLED)
    )
    found: list[InvoiceSheet] = []
    while len(found) < most and (ids := list(islice(waiting, _AT_ONCE))):
        sheets = sheets_of(ids)
        found += [sheets[one] for one in ids if practitioner in {None, sheets[one].practitioner}]
    return found[:most]
