"""« Relancée le … »: the payer was asked what becomes of an invoice; noted by one entry, withdrawn by another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models.commands.change import open_change
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.filing import LONGEST_NOTE
from models.domain.lifecycle import FILEABLE
from models.domain.refusals import Refusal, Refused
from models.tables.filing import Reminder
from models.tables.sets import insert_rows


@dataclass(frozen=True, slots=True)
class NotReminded:
    """One of several that nothing was noted of, and why."""

    number: int
    why: Refused


@dataclass(frozen=True, slots=True)
class Reminded:
    """Done and committed: it is noted of these numbers; of those in `left` it is not."""

    numbers: tuple[int, ...]
    on: date
    left: tuple[NotReminded, ...]


@dataclass(frozen=True, slots=True)
class ReminderWithdrawn:
    """Done and committed: the reminder of that day no longer stands."""

    number: int
    on: date


def remind(invoice_ids: Iterable[int], on: date, note: str, author: Author) -> Reminded | Refused:
    """Note that the payers of these invoices were reminded, in one transaction, under one entry.

    Args:
        invoice_ids: each once.
        on: the day on which it was done, today at the latest.
        note: how, and what was said, in the person's own words, or nothing.
        author: who notes it.

    Raises:
        PracticeFault: the database refused; nothing was changed.
    """
    if on > author.day:
        return Refused(Refusal.REMINDED_LATER)
    left: list[NotReminded] = []
    with open_change(author, Action.REMIND) as change:
        invoices = []
        for invoice in map(change.invoice, invoice_ids):
            if invoice.state in FILEABLE:
                invoices.append(invoice)
            else:
                left.append(NotReminded(invoice.number, Refused(Refusal.NOTHING_WAITS)))
        if invoices:
            said = {
                "reminded_on": on,
                "note": " ".join(note.split())[:LONGEST_NOTE],
                "made_at": author.at.isoformat(),
                "made_by": author.operator,
            }
            insert_rows(Reminder, [{"invoice": invoice.id, **said} for invoice in invoices])
            what = f"invoice {invoices[0].id}" if len(invoices) == 1 else f"invoices {len(invoices)}"
            numbers = [invoice.number for invoice in invoices]
            change.record(what, {"on": on.isoformat(), "numbers": numbers})
    return Reminded(tuple(invoice.number for invoice in invoices), on, tuple(left))


def withdraw_reminder(invoice_id: int, author: Author) -> ReminderWithdrawn | Refused:
    """Take back the latest reminder of an invoice that still stands.

    Args:
        invoice_id: the invoice.
        author: who takes it back.

    Raises:
        PracticeFault: the database refused; nothing was changed.
    """
    with open_change(author, Action.WITHDRAW_REMINDER) as change:
        invoice = change.invoice(invoice_id)
        stands = (Reminder.invoice == invoice.id) & (Reminder.withdrawn_at == "")
        last = Reminder.select().where(stands).order_by(Reminder.reminded_on.desc(), Reminder.id.desc()).first()
        if last is None:
            return Refused(Refusal.NOT_REMINDED)
        last.withdrawn_at, last.withdrawn_by = author.at.isoformat(), author.operator
        last.save()
        change.record(f"invoice {invoice.id}", {"on": last.reminded_on.isoformat(), "numbers": [invoice.number]})
        return ReminderWithdrawn(invoice.number, last.reminded_on)
