"""The invoices that an answer could be about: those of its practitioner that bear its number."""

from __future__ import annotations

from datetime import date

from peewee import JOIN, Value, fn

from models.domain.exchanges import AnsweredDocument
from models.domain.matching import Candidate
from models.domain.states import InvoiceKind, Settlement, ShareState
from models.store.database import rows
from models.store.faults import spoken
from models.tables.invoice import Invoice, LotMention
from models.tables.lots import Lot
from models.tables.people import Practitioner


@spoken()
def candidates(practitioner: str, number: int, document: AnsweredDocument) -> list[Candidate]:
    """All that bear this number, oldest first, whatever became of them.

    Args:
        practitioner: nine digits.
        number: as the return gives it.
        document: what the answer is about; the twins are counted for a DRE's only.
    """
    other = Invoice.alias()
    twins = other.select(fn.COUNT(other.id)).where(
        other.lot == Invoice.lot,
        other.id != Invoice.id,
        other.nir == Invoice.nir,
        other.amc == Invoice.amc,
        other.amc_state != ShareState.NONE,
    )
    query = (
        Invoice.select(
            Invoice.id,
            Invoice.kind,
            Invoice.settlement,
            Lot.number,
            Lot.created_on,
            Invoice.billed_on,
            Invoice.nir,
            Invoice.amo,
            Invoice.amc,
            twins if document == AnsweredDocument.DRE else Value(0),
        )
        .join(Practitioner)
        .switch(Invoice)
        .join(Lot, JOIN.LEFT_OUTER)
        .where(Practitioner.number == practitioner, Invoice.number == number)
        .order_by(Invoice.id)
    )
    found = rows(query)
    lots: dict[int, list[tuple[int, date]]] = {
        row[0]: [(row[3], row[4])] if row[3] is not None else [] for row in found
    }
    before = LotMention.select(LotMention.invoice, Lot.number, Lot.created_on).join(Lot)
    for invoice_id, lot, day in rows(before.where(LotMention.invoice.in_(list(lots)))) if lots else ():
        lots[invoice_id].append((lot, day))
    return [
        Candidate(
            invoice_id,
            kind == InvoiceKind.DRE or settlement == Settlement.DRE_ALONE,
            tuple(lots[invoice_id]),
            *what_it_says,
        )
        for invoice_id, kind, settlement, _, _, *what_it_says in found
    ]
