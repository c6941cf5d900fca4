"""What the desk notes of an invoice that waits: where it was classified and why, and when its payer was reminded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from peewee import SQL, ForeignKeyField, Node, TextField

from models.domain.filing import FiledAs
from models.store.database import Table
from models.tables.fields import DayField, EnumField
from models.tables.invoice import Invoice, one_of

_EMPTY: Final[list[Node]] = [SQL("DEFAULT ''")]


class Filing(Table):
    """One time that an invoice was classified, or given up; never changed.

    The latest one of an invoice holds while its `filed_until` stands, or while it is given up (`until` is then empty).
    `note` is a person's own words; `made_at` a moment in UTC.
    """

    invoice = ForeignKeyField(Invoice, backref="filings", on_delete="RESTRICT")
    filed_as = EnumField(FiledAs, constraints=[one_of("filed_as", FiledAs)])
    note = TextField()
    until = DayField(null=True)
    made_at = TextField()
    made_by = TextField()

    if TYPE_CHECKING:
        invoice_id: int


class Reminder(Table):
    """« Relancée le … »: the payer was asked what becomes of an invoice. `withdrawn_at` is empty while it stands."""

    invoice = ForeignKeyField(Invoice, backref="reminders", on_delete="RESTRICT")
    reminded_on = DayField()
    note = TextField()
    made_at = TextField()
    made_by = TextField()
    withdrawn_at = TextField(default="", constraints=_EMPTY)
    withdrawn_by = TextField(default="", constraints=_EMPTY)

    if TYPE_CHECKING:
        invoice_id: int
