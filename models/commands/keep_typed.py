"""Garder la saisie en cours: what stands in a form, kept until it is saved or given up.

Nothing of the practice changes by it, so it has no entry in the journal: one every few seconds would bury the changes.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Final

from models.domain.author import Author
from models.domain.states import InvoiceState
from models.domain.typed_form import TypedForm
from models.store.database import transaction
from models.store.faults import spoken
from models.tables.invoice import Invoice
from models.tables.unsaved import UnsavedForm

KEPT_DAYS: Final = 30
"""Days after which nobody comes back to a form; what it holds of a patient goes then."""


def keep_typed(form: str, invoice_id: int, version: int, typed: TypedForm, author: Author) -> bool:
    """Keep what stands in a form, in the place of what it held before; forms that nobody can save any more go.

    Args:
        form: its name, given once for as long as it is open.
        invoice_id: the invoice that it is about.
        version: as the form read it.
        typed: all that stands there.
        author: who types, and when: what was typed later is not written over.

    Returns:
        True: it is kept, or something later is.

    Raises:
        PracticeFault: the database refused; what was kept before stays.
    """
    at = author.at.astimezone(UTC)
    moment = at.isoformat(timespec="milliseconds")
    row = {"version": version, "typed": typed.kept(), "typed_at": moment}
    with spoken(), transaction():
        _drop_what_is_over((at - timedelta(days=KEPT_DAYS)).isoformat())
        known: UnsavedForm | None = UnsavedForm.get_or_none(UnsavedForm.form == form)
        if known is None:
            UnsavedForm.create(form=form, invoice=invoice_id, operator=author.operator, **row)
        elif known.typed_at <= moment:
            UnsavedForm.update(row).where(UnsavedForm.id == known.id).execute()
    return True


def drop_typed(form: str) -> None:
    """Forget what stood in a form: it was saved, or given up.

    Raises:
        PracticeFault: the database refused; it is still kept.
    """
    with spoken(), transaction():
        UnsavedForm.delete().where(UnsavedForm.form == form).execute()


def _drop_what_is_over(before: str) -> None:
    open_still = Invoice.select(Invoice.id).where(Invoice.state == InvoiceState.UNVALIDATED)
    over = UnsavedForm.invoice.not_in(open_still) | (UnsavedForm.typed_at < before)
    UnsavedForm.delete().where(over).execute()
