"""Which invoices an answer names: a number comes back from year to year, its lot then tells which."""

from __future__ import annotations

from models.tables.invoice import Invoice, LotMention
from models.tables.lots import Lot
from models.tables.people import Practitioner


def named_invoices(practitioner: str, number: int, lot: int | None) -> list[Invoice]:
    """The invoices that an answer may mean: one where it is certain, none where it is not here.

    Several are left to a person: nothing is applied to a likely one (`models/INVARIANTS.md`, P1 and P19).

    Args:
        practitioner: their nine digits.
        number: of the invoice; 0 where the answer gives none.
        lot: as the answer gives it; an invoice is of the lot in which it stands, and of those made anew before.
    """
    if not number:
        return []
    bearing = Invoice.select().join(Practitioner)
    found = list(bearing.where(Practitioner.number == practitioner, Invoice.number == number).order_by(Invoice.id))
    if len(found) > 1 and lot:
        return [invoice for invoice in found if _is_of(invoice, lot)]
    return found


def _is_of(invoice: Invoice, lot: int) -> bool:
    if invoice.lot is not None and invoice.lot.number == lot:
        return True
    mentioned = LotMention.select().join(Lot).where(LotMention.invoice == invoice.id, Lot.number == lot)
    return bool(mentioned.exists())
