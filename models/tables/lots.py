"""What goes to the caisses: the lots, each some invoices in one B2 file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peewee import SQL, Check, ForeignKeyField, IntegerField, TextField

from models.domain.exchanges import LotStatus, RemarkWeight
from models.domain.states import InvoiceKind, Origin, Signature
from models.store.database import Table
from models.tables.fields import DayField, EnumField
from models.tables.people import Practitioner


class Lot(Table):
    """A lot: invoices of one practitioner in one B2 file. `in_doubt` from before its file is written until sent.

    `content_hash` is the SHA-256 of the whole file: the same file is never taken twice. `kind` is what a lot of ours
    holds, invoices or DRE and never both; None of those made before it was told, and of imported ones.

    Of a lot of ours: `folder`, where its file was written, and `size`, its bytes (None before they were kept); `token`,
    what its owner's lease and the folder of its drafts are known by (`models.store.lease`, `models.store.outbox`); who
    the owner is, on which machine, since when (UTC).
    """

    practitioner = ForeignKeyField(Practitioner, on_delete="RESTRICT")
    number = IntegerField()
    origin = EnumField(Origin, constraints=[Check("origin IN ('imported', 'own')")])
    created_on = DayField()
    destination = TextField()
    signature = EnumField(Signature)
    file_name = TextField()
    content_hash = TextField(index=True)
    invoices = IntegerField()
    total = IntegerField()
    amo = IntegerField()
    amc = IntegerField()
    status = EnumField(
        LotStatus, constraints=[SQL("DEFAULT 'sent'"), Check("status IN ('in_doubt', 'sent', 'void', 'redone')")]
    )
    kind = EnumField(InvoiceKind, null=True, constraints=[Check("kind IN ('invoice', 'dre')")])
    folder = TextField(null=True)
    size = IntegerField(null=True)
    token = TextField(constraints=[SQL("DEFAULT ''")], default="")
    writer = TextField(constraints=[SQL("DEFAULT ''")], default="")
    writer_host = TextField(constraints=[SQL("DEFAULT ''")], default="")
    writing_since = TextField(constraints=[SQL("DEFAULT ''")], default="")

    if TYPE_CHECKING:
        practitioner_id: int

    class Meta:
        """Peewee's settings; table and columns keep the names under which practices already hold them."""

        table_name = "batch"
        indexes = ((("practitioner", "number", "created_on"), False),)


class LotRemark(Table):
    """What was odd in the file of a lot that came in: a French sentence, which the lists show again."""

    lot = ForeignKeyField(Lot, column_name="batch_id", object_id_name="lot_id", on_delete="RESTRICT")
    weight = EnumField(RemarkWeight, constraints=[Check("weight IN ('detail', 'amount')")])
    text = TextField()

    class Meta:
        """Peewee's settings."""

        table_name = "lot_remark"
