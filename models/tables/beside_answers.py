"""What a return says beside its answers: its transfers, the money outside the invoices, and what is odd in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from models.store.database import Table
from models.tables.returns import Return, ReturnTransfer


class ReturnRemark(Table):
    """A French sentence on what is odd in a return; a `grave` one is a sum that does not agree."""

    source = ForeignKeyField(Return, column_name="return_id", on_delete="RESTRICT")
    grave = BooleanField()
    message = TextField()

    class Meta:
        """Peewee's settings."""

        table_name = "return_remark"


class ReturnMovement(Table):
    """Money outside the invoices (250, 261): what explains a transfer. Signed cents; `labels` is a JSON list."""

    source = ForeignKeyField(Return, column_name="return_id", on_delete="RESTRICT")
    transfer = ForeignKeyField(ReturnTransfer, null=True, on_delete="RESTRICT")
    practitioner_number = TextField()
    return_kind = TextField()
    withheld = BooleanField()
    amount = IntegerField()
    reference = TextField()
    labels = TextField()

    if TYPE_CHECKING:
        return_id: int
        transfer_id: int | None

    class Meta:
        """Peewee's settings."""

        table_name = "return_movement"
