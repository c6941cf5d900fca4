"""Modifier: what the form changed, saved if nobody else changed the invoice meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

from models.commands.change import answers_stale, open_change
from models.commands.outcomes import Stale
from models.commands.records import Person, patients_for, recorded_as, remember_addresses
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.content import InvoiceContent
from models.domain.draft import changed_fields, corrected
from models.domain.refusals import Refusal, Refused
from models.domain.states import InvoiceKind, InvoiceState
from models.tables.content import columns_of, content_of, damage_of, drop_lines, write_lines
from models.tables.invoice import Invoice
from models.tables.unsaved import UnsavedForm


@dataclass(frozen=True, slots=True)
class Saved:
    """Done and committed. `fields` are those of the form that changed; empty where nothing did."""

    number: int
    version: int
    fields: tuple[str, ...]


@answers_stale
def save_correction(invoice_id: int, version: int, draft: InvoiceContent, author: Author) -> Saved | Refused | Stale:
    """Save the form of an unvalidated invoice.

    Args:
        invoice_id: the invoice.
        version: at which the form read it.
        draft: the form's content; its amounts are computed by `InvoiceContent`. What no field holds stays as it is.
        author: who saves.

    Raises:
        PracticeFault: the database refused; nothing was changed.
    """
    with open_change(author, Action.CORRECT) as change:
        invoice = change.invoice(invoice_id, version, mending=True)
        if invoice.state != InvoiceState.UNVALIDATED:
            return Refused(Refusal.NOT_EDITABLE)
        before = content_of(invoice)
        after = corrected(before, draft)
        if invoice.kind == InvoiceKind.DRE:
            after = after.of_the_complementary()
        if damaged := damage_of(invoice.number, (), after):
            return damaged
        if before == after:
            return Saved(invoice.number, version, ())
        _write(invoice, before, after)
        change.save(invoice)
        fields = changed_fields(before, after)
        change.record(f"invoice {invoice.id}", {"fields": list(fields)})
        UnsavedForm.delete().where(UnsavedForm.invoice == invoice.id, UnsavedForm.operator == author.operator).execute()
        return Saved(invoice.number, invoice.version, fields)


def _write(invoice: Invoice, before: InvoiceContent, after: InvoiceContent) -> None:
    for name, value in columns_of(after).items():
        setattr(invoice, name, value)
    patients: dict[Person, int] = {}
    patients_for([after], patients)
    invoice.patient_id = patients[recorded_as(after)]
    remember_addresses([after], set())
    if after.acts != before.acts:
        drop_lines(invoice)
        write_lines({invoice.id: after.acts})
