"""The unvalidated invoices that came with the mistake that was corrected on one: same rejection, or same patient."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Final

from peewee import JOIN, Expression

from models.domain.alike import CARRIED, corrected_alike, corrections
from models.domain.content import InvoiceContent
from models.domain.draft import FIELDS
from models.domain.states import InvoiceState
from models.queries.histories import sheet_and_history
from models.queries.history import History
from models.queries.sheets import InvoiceSheet
from models.store.database import rows
from models.store.faults import spoken
from models.tables.content import content_of
from models.tables.invoice import Invoice

MOST: Final = 200
"""Invoices that are shown at the most, the oldest first: each is looked at before it is corrected."""


@dataclass(frozen=True, slots=True)
class AlikeInvoice:
    """An invoice that can be corrected alike: as it is, what it would become, and what the practice knows beside it."""

    sheet: InvoiceSheet
    history: History
    draft: InvoiceContent
    """Its content with the corrections; its rates are for the checks to put right."""
    fields: tuple[str, ...]
    """The fields of the form that they change."""
    same_patient: bool


@spoken()
def count_alike(invoice_id: int) -> int:
    """How many invoices can be corrected as this one was."""
    return len(_alike(Invoice.get_by_id(invoice_id)))


@spoken()
def alike_invoices(invoice_id: int) -> tuple[AlikeInvoice, ...]:
    """The invoices that can be corrected as this one was since it was rejected."""
    corrected = Invoice.get_by_id(invoice_id)
    found = _alike(corrected)
    if not found:
        return ()
    before, after = content_of(corrected.replaces), content_of(corrected)
    made = []
    for other, same_patient in found:
        sheet, history = sheet_and_history(other)
        draft, fields = corrected_alike(sheet.draft, before, after, same_patient=same_patient)
        if fields:
            made.append(AlikeInvoice(sheet, history, draft, fields, same_patient))
    return tuple(made)


def _alike(corrected: Invoice) -> list[tuple[int, bool]]:
    """Each by its id, and whether it is of the same patient."""
    origin = corrected.replaces
    if origin is None:
        return []
    before = content_of(origin)
    parent = Invoice.alias()
    rejections = [
        column == code
        for column, code in ((parent.amo_rejection, origin.amo_rejection), (parent.amc_rejection, origin.amc_rejection))
        if code
    ]
    patient = (Invoice.nir == before.nir) & (Invoice.birth == before.birth) & (Invoice.birth_rank == before.birth_rank)
    whose = {field: reduce(or_, [*rejections, patient]) for field in CARRIED}
    fields = corrections(before, content_of(corrected))
    alike = [_says(before, field) & whose.get(field, patient) for field in fields]
    if not alike:
        return []
    query = (
        Invoice.select(Invoice.id, patient)
        .join(parent, JOIN.LEFT_OUTER, on=(Invoice.replaces == parent.id))
        .where(
            Invoice.state == InvoiceState.UNVALIDATED,
            Invoice.kind == corrected.kind,
            Invoice.id != corrected.id,
            reduce(or_, alike),
        )
        .order_by(Invoice.billed_on, Invoice.id)
        .limit(MOST)
    )
    return [(identifier, bool(same)) for identifier, same in rows(query)]


def _says(content: InvoiceContent, field: str) -> Expression:
    """Whether an invoice says in this field what the content says."""
    said: Expression = reduce(and_, [getattr(Invoice, name) == getattr(content, name) for name in FIELDS[field]])
    return said
