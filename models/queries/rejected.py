"""The rejected invoices of a list, whole: what is handed to the practitioners."""

from __future__ import annotations

from itertools import islice
from typing import Final

from models.domain.states import InvoiceState, ShareState
from models.queries.invoice_row import ListView
from models.queries.sheets import InvoiceSheet, sheets_of
from models.queries.windows import every_row

MOST: Final = 500
"""Rejected invoices at the most: nobody looks at more on paper."""


def rejected_sheets(view: ListView) -> list[InvoiceSheet]:
    """Those of a list that are rejected, for the caisse or the complementary payer, in its order; `MOST` at the most.

    Raises:
        PracticeFault: the database refused.
    """
    waiting = (
        row.id
        for row in every_row(view)
        if row.state == InvoiceState.REJECTED
        or (row.amc_state == ShareState.REJECTED and row.state != InvoiceState.CANCELLED)
    )
    ids = list(islice(waiting, MOST))
    sheets = sheets_of(ids)
    return [sheets[one] for one in ids]
