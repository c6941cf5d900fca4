"""Annuler: the sent invoices that the caisse rejected become new, unvalidated ones, each under a new number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.commands.change import Change, TooLate, answers_stale, open_change
from models.commands.give_up import taken_up_again
from models.commands.outcomes import Stale
from models.commands.records import copy_as_successor, set_state
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.lifecycle import why_not_cancel
from models.domain.patience import Step
from models.domain.refusals import Refused, RefusedFault
from models.domain.states import InvoiceKind, InvoiceState
from models.tables.content import content_of, damage_of, row_damage
from models.tables.invoice import Invoice
from models.tables.numbering import next_number
from models.tables.returns import IS_ASIDE, Answer


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Done and committed: the invoice `old_number` has become `new_number`, to be corrected.

    It is a new one, unless one was given up in its place before: that one is then taken up again.
    """

    old_number: int
    new_number: int
    new_id: int


@dataclass(frozen=True, slots=True)
class NotCancelled:
    """One of several that stays as it is, and why."""

    number: int
    why: Refused | Stale


@dataclass(frozen=True, slots=True)
class CancelledTogether:
    """Done and committed, all of `cancelled` or nothing; what stays as it was is in `left`."""

    cancelled: tuple[Cancelled, ...]
    left: tuple[NotCancelled, ...]


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
        outcome = _cancel(change, old, version)
        if isinstance(outcome, Cancelled):
            change.record(f"invoice {old.id}", _kept(old, outcome))
        return outcome


def cancel_invoices(
    wanted: Sequence[tuple[int, int | None]], author: Author, progress: Step | None = None
) -> CancelledTogether:
    """Cancel several sent invoices in one transaction, under one entry that names them all.

    One that is refused does not stop the others: each is decided on as if it came alone. A fault undoes all of it, so
    that nobody is left with a part of the table of new numbers.

    Args:
        wanted: each invoice, and its version as it was read (None where nothing was read); each once.
        author: who confirms.
        progress: called before each with (invoices decided on, invoices in all); where it raises `GivenUp`, all of it
            is undone.

    Raises:
        PracticeFault: the database refused; nothing was changed.
        GivenUp: raised by `progress`; nothing was changed.
    """
    cancelled: list[Cancelled] = []
    left: list[NotCancelled] = []
    kept: list[dict[str, object]] = []
    with open_change(author, Action.CANCEL) as change:
        for done, (invoice_id, version) in enumerate(wanted):
            if progress:
                progress(done, len(wanted))
            old = change.invoice(invoice_id, mending=True)
            try:
                outcome = row_damage(old) or _cancel(change, old, version)
            except TooLate as late:
                outcome = late.outcome
            except RefusedFault as damaged:
                outcome = damaged.refused
            if isinstance(outcome, Cancelled):
                cancelled.append(outcome)
                kept.append(_kept(old, outcome))
            else:
                left.append(NotCancelled(old.number, outcome))
        if cancelled:
            change.record(f"invoices {len(cancelled)}", {"cancelled": kept})
    return CancelledTogether(tuple(cancelled), tuple(left))


def _cancel(change: Change, old: Invoice, version: int | None) -> Cancelled | Refused | Stale:
    """Nothing is written where it is refused.

    Raises:
        TooLate: it has moved on since it was read.
    """
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
        filed=old.filed_until is not None,
    )
    if refused:
        return refused
    content = content_of(old)
    if damaged := damage_of(old.number, (), content):
        return damaged
    change.refuse_stale(old, version)
    if (new := taken_up_again(successor)) is not None:
        change.save(new)
    else:
        number = next_number(InvoiceKind.INVOICE)
        new = copy_as_successor(change, old, content, number=number, replaces=old.id)
    set_state(old, InvoiceState.CANCELLED)
    change.save(old)
    return Cancelled(old.number, new.number, new.id)


def _kept(old: Invoice, outcome: Cancelled) -> dict[str, object]:
    return {"old": old.number, "new": outcome.new_number, "rejection": old.amo_rejection}
