"""What was typed in a form and not saved, so that a line that is cut or a power cut loses none of it."""

from __future__ import annotations

from peewee import ForeignKeyField, IntegerField, TextField

from models.store.database import Table
from models.tables.invoice import Invoice


class UnsavedForm(Table):
    """One form that somebody has open, or had when the program ended. Rows of this table, and of no other, go.

    `form` names the form, whoever opens it again goes on with its row; `version` is the invoice's as the form read it;
    `typed` is a `TypedForm` as JSON, `typed_at` a moment in UTC.
    """

    form = TextField(unique=True)
    invoice = ForeignKeyField(Invoice, backref="unsaved_forms", on_delete="RESTRICT")
    operator = TextField()
    version = IntegerField()
    typed = TextField()
    typed_at = TextField()
