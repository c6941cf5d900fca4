"""What was typed about an invoice and not saved: by whom, when, and whether it still fits the invoice as it is."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from models.domain.actions import Action
from models.domain.damage import stored_moment
from models.domain.typed_form import TypedForm, typed_form
from models.store.faults import spoken
from models.tables import journal
from models.tables.unsaved import UnsavedForm


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A form that was left without saving, or that is open at another desk."""

    form: str
    operator: str
    typed_at: datetime
    typed: TypedForm
    changed_by: str | None
    """Who changed the invoice after the form read it; None where nobody did: billing it anew changes no field."""


@spoken()
def unsaved_forms(invoice_id: int) -> list[Unsaved]:
    """The forms of this invoice, the latest first; one that this version cannot read is left out.

    Raises:
        PracticeFault: the database cannot be read.
    """
    found = []
    query = UnsavedForm.select().where(UnsavedForm.invoice == invoice_id).order_by(UnsavedForm.typed_at.desc())
    for row in query:
        with suppress(ValueError):
            typed, at = typed_form(row.typed), stored_moment(row.typed_at)
            found.append(Unsaved(row.form, row.operator, at, typed, _changed_by(invoice_id, row.version)))
    return found


def _changed_by(invoice_id: int, version: int) -> str | None:
    changes = [by for by, _, action in journal.who_changed(invoice_id, version) if action != Action.BILL]
    return changes[-1] if changes else None
