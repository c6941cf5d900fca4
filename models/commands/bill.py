"""Facturer: with the carte Vitale or in degraded mode; what the invoice will be signed as; and the way back out."""

from __future__ import annotations

from dataclasses import dataclass

from models.commands.change import answers_stale, open_change
from models.commands.outcomes import Stale
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.refusals import Refusal, Refused
from models.domain.states import InvoiceState, Signature


@dataclass(frozen=True, slots=True)
class Billed:
    """Done and committed: how the invoice is billed now."""

    number: int
    version: int
    signature: Signature


@answers_stale
def bill_invoice(invoice_id: int, version: int, signature: Signature, author: Author) -> Billed | Refused | Stale:
    """Set how an unvalidated invoice is billed (guide, step 2.5).

    `Signature.CARD` says that the carte Vitale was read, not that a certified module has signed: that is done after
    « Transmettre », by the module that takes the lot.

    Args:
        invoice_id: the invoice.
        version: as it was read.
        signature: with the carte Vitale, or in degraded mode.
        author: who bills.

    Raises:
        PracticeFault: the database refused; nothing was changed.
    """
    with open_change(author, Action.BILL) as change:
        invoice = change.invoice(invoice_id, version)
        if invoice.state != InvoiceState.UNVALIDATED:
            return Refused(Refusal.NOT_BILLABLE)
        if (invoice.signature, invoice.billed_on) == (signature, author.day):
            return Billed(invoice.number, invoice.version, signature)
        invoice.signature = signature
        invoice.billed_on = author.day
        change.save(invoice)
        change.record(f"invoice {invoice.id}", {"signature": signature})
        return Billed(invoice.number, invoice.version, signature)


@answers_stale
def leave_degraded(invoice_id: int, version: int, author: Author) -> Billed | Refused | Stale:
    """Take an unvalidated invoice out of degraded mode: it is to be billed again, and owes no sheet of paper.

    Args:
        invoice_id: the invoice.
        version: as it was read.
        author: who takes it out.

    Raises:
        PracticeFault: the database refused; nothing was changed.
    """
    with open_change(author, Action.LEAVE_DEGRADED) as change:
        invoice = change.invoice(invoice_id, version)
        if invoice.state != InvoiceState.UNVALIDATED or invoice.signature != Signature.DEGRADED:
            return Refused(Refusal.NOT_DEGRADED)
        invoice.signature = Signature.UNBILLED
        change.save(invoice)
        change.record(f"invoice {invoice.id}")
        return Billed(invoice.number, invoice.version, invoice.signature)
