"""A document that backs invoices up: owed, scanned, sent, or not owed after all; one entry for what is done at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models.commands.change import open_change
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.filing import LONGEST_NOTE
from models.domain.papers import DocumentKind, DocumentStep, needs_reason, why_not_step
from models.domain.refusals import Refusal, Refused
from models.domain.states import Signature
from models.tables.invoice import Invoice
from models.tables.papers import DocumentNote
from models.tables.sets import insert_rows


@dataclass(frozen=True, slots=True)
class NotNoted:
    """One of several of which nothing was noted, and why."""

    number: int
    why: Refused


@dataclass(frozen=True, slots=True)
class DocumentNoted:
    """Done and committed: where the document of these invoices stands now; of those in `left` nothing was noted."""

    kind: DocumentKind
    step: DocumentStep
    numbers: tuple[int, ...]
    left: tuple[NotNoted, ...]


def note_document(
    invoice_ids: Iterable[int], kind: DocumentKind, step: DocumentStep, on: date, note: str, author: Author
) -> DocumentNoted | Refused:
    """Note one step of a document of these invoices, in one transaction, under one entry.

    Args:
        invoice_ids: each once.
        kind: which document.
        step: where it stands from now on.
        on: since which day, today at the latest.
        note: a person's own words; why, where the step goes back or says that nothing is owed.
        author: who notes it.

    Raises:
        PracticeFault: the database refused, or an invoice is not there; nothing was changed.
    """
    if on > author.day:
        return Refused(Refusal.DOCUMENT_LATER)
    words = " ".join(note.split())[:LONGEST_NOTE]
    left: list[NotNoted] = []
    with open_change(author, Action.NOTE_DOCUMENT) as change:
        invoices: list[Invoice] = []
        for invoice in map(change.invoice, invoice_ids):
            now = _now(invoice, kind)
            why = why_not_step(now, step)
            if why is None and needs_reason(now, step) and not words:
                why = Refusal.NO_DOCUMENT_REASON
            if why is None:
                invoices.append(invoice)
            else:
                left.append(NotNoted(invoice.number, Refused(why)))
        if invoices:
            said = {
                **{"document": kind, "step": step, "done_on": on, "note": words},
                **{"made_at": author.at.isoformat(), "made_by": author.operator},
            }
            insert_rows(DocumentNote, [{"invoice": invoice.id, **said} for invoice in invoices])
            what = f"invoice {invoices[0].id}" if len(invoices) == 1 else f"invoices {len(invoices)}"
            numbers = [invoice.number for invoice in invoices]
            change.record(what, {"kind": kind, "step": step, "on": on.isoformat(), "numbers": numbers})
    return DocumentNoted(kind, step, tuple(invoice.number for invoice in invoices), tuple(left))


def _now(invoice: Invoice, kind: DocumentKind) -> DocumentStep | None:
    """Where it stands; the prescription of a degraded invoice is owed though nobody said so."""
    noted = DocumentNote.select().where(DocumentNote.invoice == invoice.id, DocumentNote.document == kind)
    last: DocumentNote | None = noted.order_by(DocumentNote.id.desc()).first()
    if last is not None:
        return last.step
    if kind == DocumentKind.PRESCRIPTION and invoice.signature == Signature.DEGRADED and invoice.prescribed_on:
        return DocumentStep.OWED
    return None
