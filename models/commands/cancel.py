"""Annuler: the sent invoice that the caisse rejected becomes a new, unvalidated one, under a new number."""

from __future__ import annotations

from dataclasses import dataclass

from models.commands.change import answers_stale, open_change
from models.commands.outcomes import Stale
from models.commands.records import copy_as_successor, set_state
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.lifecycle import why_not_cancel
from models.domain.refusals import Refused
from models.domain.states import InvoiceKind, InvoiceState
from models.tables.invoice import Invoice
from models.tables.numbering import next_number
from models.tables.returns import IS_ASIDE, Answer


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Done and committed: the invoice `old_number` has become `new_number`, to be corrected."""

    old_number: int
    new_number: int
    new_id: int


@answers_stale
def cancel_invoice(invoice_id: int, version: int | None, author: Author) -> Cancelled | Refused | Stale:
    """Cancel one sent invoice and make its successor (guide, steps 1.3 to 1.7).

    Args:
        invoice_id: the invoice.
        version: as it was read on the screen; None from the command line, where nothing was read.
        author: who confirms.

    Raises:
        PracticeFault: the database refused; nothing was changed.
    """
    with open_change(author, Action.CANCEL) as change:
        old = change.invoice(invoice_id)
        successor = Invoice.get_or_none(Invoice.replaces == old.id)
        aside = Answer.select().where(Answer.invoice == old.id, IS_ASIDE).exists()
        refused = why_not_cancel(
            state=old.state,
            amo_state=old.amo_state,
            amc_state=old.amc_state,
            settlement=old.settlement,
            kind=old.kind,
            replaced_by=successor.number if successor else None,
            aside=aside,
        )
        if refused:
            return refused
        change.refuse_stale(old, version)
        number = next_number(InvoiceKind.INVOICE)
        new = copy_as_successor(change, old, number=number, replaces=old.id)
        set_state(old, InvoiceState.CANCELLED)
        change.save(old)
        change.record(f"invoice {old.id}", {"old": old.number, "new": number, "rejection": old.amo_rejection})
        return Cancelled(old.number, number, new.id)
