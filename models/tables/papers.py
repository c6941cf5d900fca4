"""The papers that follow what is sent, step by step: the sheets of a lot, the documents of an invoice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peewee import ForeignKeyField, TextField

from models.domain.papers import DocumentKind, DocumentStep
from models.store.database import Table
from models.tables.fields import DayField, EnumField
from models.tables.invoice import Invoice, one_of
from models.tables.lots import Lot


class SheetSending(Table):
    """That the sheets of a lot were sent on a day, or, without a day, that this was said by mistake; the latest holds.

    `note` is a person's own words: how they were sent, or why it is taken back; `made_at` a moment in UTC.
    """

    lot = ForeignKeyField(Lot, column_name="batch_id", object_id_name="lot_id", on_delete="RESTRICT")
    sent_on = DayField(null=True)
    note = TextField()
    made_at = TextField()
    made_by = TextField()

    if TYPE_CHECKING:
        lot_id: int

    class Meta:
        """Peewee's settings."""

        table_name = "sheet_sending"


class DocumentNote(Table):
    """One step of a document that backs an invoice up: owed, scanned, sent, or not owed after all; the latest holds."""

    invoice = ForeignKeyField(Invoice, backref="documents", on_delete="RESTRICT")
    document = EnumField(DocumentKind, constraints=[one_of("document", DocumentKind)])
    step = EnumField(DocumentStep, constraints=[one_of("step", DocumentStep)])
    done_on = DayField()
    note = TextField()
    made_at = TextField()
    made_by = TextField()

    if TYPE_CHECKING:
        invoice_id: int

    class Meta:
        """Peewee's settings."""

        table_name = "document_note"
