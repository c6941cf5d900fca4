"""What the first form would wait for, done beforehand on any invoice: tables read, rules compiled."""

from __future__ import annotations

from datetime import date

from models.domain.lists import ListName
from models.queries.histories import sheet_and_history
from models.queries.invoice_row import ListView
from models.queries.windows import page
from models.reference.rejections import RejectionBook
from tui.flows.form_fields import FORM
from tui.flows.form_state import FormState


def try_a_form(today: date, book: RejectionBook) -> None:
    """Read an invoice, check it, note what stands beside its fields; nothing of it is shown or kept.

    Raises:
        PracticeFault: the practice cannot be read.
    """
    for row in page(ListView(ListName.ALL), None, 1):
        sheet, history = sheet_and_history(row.id)
        form = FormState(sheet, sheet.draft, history)
        form.read(today, book)
        for field in FORM:
            form.note(field.name)
