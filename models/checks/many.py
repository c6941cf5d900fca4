"""The checks on many invoices: what they look at is read by sets, a patient's history once for all their invoices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from models.checks import run_checks
from models.checks.finding import Finding
from models.domain.patience import Step
from models.queries.histories import KnownPrescribers, histories_of
from models.queries.sheets import InvoiceSheet, sheets_of
from models.reference.rejections import RejectionBook

AT_ONCE: Final = 500
"""Invoices that are held in memory with their histories."""


def check_many(
    ids: Sequence[int], today: date, book: RejectionBook, progress: Step | None = None
) -> Iterator[tuple[InvoiceSheet, tuple[Finding, ...]]]:
    """Each invoice with what all checks find on it, in the order of `ids`; one that is not there is left out.

    Args:
        ids: those of a patient together, so that their history is read once.
        today: the day of the check.
        book: what is known of rejections.
        progress: called with (invoices done, invoices in all).

    Raises:
        PracticeFault: the database cannot be read.
    """
    prescribers = KnownPrescribers()
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        sheets = sheets_of(some)
        histories = histories_of(list(sheets), prescribers)
        for invoice_id in some:
            if invoice_id in sheets:
                sheet = sheets[invoice_id]
                yield sheet, run_checks(sheet, today, histories.get(invoice_id), book=book)
        if progress:
            progress(start + len(some), len(ids))
