"""Facturer: with the carte Vitale or in degraded mode; what the invoice will be signed as."""

from __future__ import annotations

from dataclasses import dataclass

from models.commands.outcomes import Refused, Stale, stale
from models.commands.records import save_changed
from models.store.database import transaction
from models.store.faults import spoken
from models.tables import journal
from models.tables.invoice import Invoice
from models.tables.journal import Author


@dataclass(frozen=True, slots=True)
class Billed:
    """Done and committed: how the invoice is billed now."""

    number: int
    version: int
    signature: str


def bill_invoice(invoice_id: int, version: int, signature: str, author: Author) -> Billed | Refused | Stale:
    """Set how an unvalidated invoice is billed (guide, step 2.5).

    « card » says that the carte Vitale was read, not that a certified module has signed: that is done after
    « Transmettre », by the module that takes the lot.

    Args:
        invoice_id: the invoice.
        version: as it was read.
        signature: « card » or « degraded ».
        author: who bills.

    Raises:
        PracticeFault: the database refused; nothing was changed.
    """
    with spoken(), transaction():
        invoice = Invoice.get_by_id(invoice_id)
        if late := stale(invoice, version):
            return late
        if invoice.state != "unvalidated":
            return Refused("Facture déjà validée ou transmise : elle ne se facture plus ici.")
        if (invoice.signature, invoice.billed_on) == (signature, author.day.isoformat()):
            return Billed(invoice.number, invoice.version, signature)
        invoice.signature = signature
        invoice.billed_on = author.day.isoformat()
        save_changed(invoice)
        journal.append(author, "bill", f"invoice {invoice.id}", {"signature": signature}, touched=(invoice.id,))
        return Billed(invoice.number, invoice.version, signature)
