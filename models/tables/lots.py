"""What goes to the caisses: the lots, each some invoices in one B2 file."""

from __future__ import annotations

from peewee import Check, ForeignKeyField, IntegerField, TextField

from models.domain.exchanges import LotStatus
from models.domain.states import Origin, Signature
from models.store.database import Table
from models.tables.fields import DayField, EnumField
from models.tables.people import Practitioner


class Lot(Table):
    """A lot: invoices of one practitioner in one B2 file. `in_doubt` from before its file is written until sent.

    `content_hash` is the SHA-256 of the whole file: the same file is never taken twice.
    """

    practitioner = ForeignKeyField(Practitioner, on_delete="RESTRICT")
    number = IntegerField()
    origin = EnumField(Origin, constraints=[Check("origin IN ('imported', 'own')")])
    status = EnumField(LotStatus, constraints=[Check("status IN ('in_doubt', 'sent', 'void')")])
    created_on = DayField()
    destination = TextField()
    signature = EnumField(Signature)
    file_name = TextField()
    content_hash = TextField(index=True)
    invoices = IntegerField()
    total = IntegerField()
    amo = IntegerField()
    amc = IntegerField()

    class Meta:
        """Peewee's settings; table and columns keep the names under which practices already hold them."""

        table_name = "batch"
        indexes = ((("practitioner", "number", "created_on"), False),)
