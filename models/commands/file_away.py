"""Classer: invoices leave « À traiter » for a reason, until a day; they come back at that day, or when one says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.commands.change import Change, TooLate, answers_stale, open_change
from models.commands.outcomes import Stale
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.filing import FARTHEST, LONGEST_NOTE, FiledAs
from models.domain.lifecycle import rank_of, why_not_file
from models.domain.patience import Step
from models.domain.refusals import Refusal, Refused
from models.store.faults import spoken
from models.tables.content import row_damage
from models.tables.filing import Filing
from models.tables.invoice import Invoice
from models.tables.sets import insert_rows


@dataclass(frozen=True, slots=True)
class NotFiled:
    """One of several that stays where it is, and why."""

    number: int
    why: Refused | Stale


@dataclass(frozen=True, slots=True)
class Filed:
    """Done and committed: these numbers are classified until that day; what stays where it was is in `left`."""

    numbers: tuple[int, ...]
    until: date
    left: tuple[NotFiled, ...]


@dataclass(frozen=True, slots=True)
class TakenOut:
    """Done and committed: the invoice is at the desk again."""

    number: int


def file_invoices(
    wanted: Sequence[tuple[int, int | None]],
    filed_as: FiledAs,
    note: str,
    until: date,
    author: Author,
    progress: Step | None = None,
) -> Filed | Refused:
    """Classify invoices in one transaction, under one entry; one that is refused does not stop the others.

    What an answer then says of one of them brings it back at once: its state is then another.

    Args:
        wanted: each invoice, and its version as it was read (None where nothing was read); each once.
        filed_as: why, one of `CLASSES`.
        note: in the person's own words; an abandoned one needs some.
        until: the day at which they come back, tomorrow at the soonest.
        author: who classifies.
        progress: called before each with (invoices decided on, invoices in all).

    Raises:
        PracticeFault: the database refused; nothing was changed.
        GivenUp: raised by `progress`; nothing was changed.
    """
    note = " ".join(note.split())[:LONGEST_NOTE]
    if filed_as == FiledAs.ABANDONED and not note:
        return Refused(Refusal.FILED_WITHOUT_REASON)
    if not author.day < until <= author.day + timedelta(days=FARTHEST):
        return Refused(Refusal.FILED_UNTIL)
    filed: list[Invoice] = []
    left: list[NotFiled] = []
    with open_change(author, Action.FILE) as change:
        for done, (invoice_id, version) in enumerate(wanted):
            if progress:
                progress(done, len(wanted))
            invoice = change.invoice(invoice_id, mending=True)
            if (why := _why_not(change, invoice, version)) is not None:
                left.append(NotFiled(invoice.number, why))
                continue
            _stand(invoice, until)
            filed.append(invoice)
        if filed:
            made = _noted(filed, filed_as, note, until, author)
            change.save(*filed)
            what = f"invoice {filed[0].id}" if len(filed) == 1 else f"invoices {len(filed)}"
            change.record(what, {"filed_as": filed_as, "until": until.isoformat(), "filings": made})
    return Filed(tuple(invoice.number for invoice in filed), until, tuple(left))


@answers_stale
def take_out(invoice_id: int, version: int | None, author: Author) -> TakenOut | Refused | Stale:
    """Bring a classified invoice back to the desk before its day.

    Args:
        invoice_id: the invoice.
        version: as it was read; None from the command line.
        author: who takes it out.

    Raises:
        PracticeFault: the database refused; nothing was changed.
    """
    with open_change(author, Action.UNFILE) as change:
        invoice = change.invoice(invoice_id)
        if invoice.filed_until is None:
            return Refused(Refusal.NOT_FILED)
        change.refuse_stale(invoice, version)
        _stand(invoice, None)
        change.save(invoice)
        change.record(f"invoice {invoice.id}")
        return TakenOut(invoice.number)


@spoken()
def bring_back_due(author: Author) -> int:
    """Bring back the classified invoices whose day has come; how many. Where there is none, nothing is written.

    Whoever opens the desk first on that day does it, so that no list ever asks what day it is.

    Args:
        author: under whose name it is noted.

    Raises:
        PracticeFault: the database refused; nothing was changed.
    """
    due = Invoice.filed_until <= author.day.isoformat()
    if not Invoice.select(Invoice.id).where(due).exists():
        return 0
    with open_change(author, Action.FILED_DUE) as change:
        back = [one for one in Invoice.select().where(due).order_by(Invoice.id) if not row_damage(one)]
        for invoice in back:
            _stand(invoice, None)
        if back:
            change.save(*back)
            change.record(f"invoices {len(back)}", {"due": author.day.isoformat()})
        return len(back)


def _why_not(change: Change, invoice: Invoice, version: int | None) -> Refused | Stale | None:
    if damaged := row_damage(invoice):
        return damaged
    successor = Invoice.get_or_none(Invoice.replaces == invoice.id)
    filed = invoice.filed_until is not None
    if refused := why_not_file(invoice.state, successor.number if successor else None, filed=filed):
        return refused
    try:
        change.refuse_stale(invoice, version)
    except TooLate as late:
        return late.outcome
    return None


def _stand(invoice: Invoice, until: date | None) -> None:
    """Put it behind what the desk has to do, or back where its state belongs."""
    invoice.filed_until = until
    invoice.desk_rank = rank_of(invoice.state, filed=until is not None)


def _noted(filed: list[Invoice], filed_as: FiledAs, note: str, until: date, author: Author) -> list[int]:
    """Why they were classified, kept for ever; the ids of the rows."""
    said = {
        "filed_as": filed_as,
        "note": note,
        "until": until,
        "made_at": author.at.isoformat(),
        "made_by": author.operator,
    }
    return insert_rows(Filing, [{"invoice": invoice.id, **said} for invoice in filed])
