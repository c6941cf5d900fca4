"""The invoice and its acts, as the caisse gets them. Money in integer cents, coefficients in hundredths.

What was transmitted is sealed: corrections go to the successor. Acts are never deleted either: the line that a
correction drops keeps its row, with the invoice's version that dropped it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from peewee import SQL, BooleanField, Check, ForeignKeyField, IntegerField, TextField

from models.domain.states import InvoiceKind, InvoiceState, Origin, ShareState, Signature
from models.store.database import Table
from models.tables.fields import DayField, EnumField, ZonesField
from models.tables.lots import Lot
from models.tables.people import Patient, Practitioner


def one_of(column: str, values: type[StrEnum]) -> Any:
    """The CHECK that holds a column to a closed list."""
    return Check(f"{column} IN ({', '.join(repr(member.value) for member in values)})")


class Invoice(Table):
    """A facture (FSE), or a DRE sent alone; one row for ever, whatever becomes of it."""

    number = IntegerField()
    origin = EnumField(Origin, constraints=[one_of("origin", Origin)])
    kind = EnumField(InvoiceKind, default=InvoiceKind.INVOICE, constraints=[one_of("kind", InvoiceKind)])
    practitioner = ForeignKeyField(Practitioner, on_delete="RESTRICT")
    patient = ForeignKeyField(Patient, on_delete="RESTRICT")
    replaces = ForeignKeyField("self", null=True, unique=True, on_delete="RESTRICT")
    dre_of = ForeignKeyField("self", null=True, unique=True, on_delete="RESTRICT")
    lot = ForeignKeyField(
        Lot, null=True, column_name="batch_id", object_id_name="lot_id", on_delete="RESTRICT", index=False
    )
    state = EnumField(InvoiceState, constraints=[one_of("state", InvoiceState)])
    desk_rank = IntegerField()
    version = IntegerField(default=1)
    signature = EnumField(Signature, default=Signature.UNBILLED, constraints=[one_of("signature", Signature)])

    total = IntegerField(constraints=[Check("total >= 0")])
    amo = IntegerField(constraints=[Check("amo >= 0")])
    amc = IntegerField(constraints=[Check("amc >= 0")])
    amo_state = EnumField(ShareState, default=ShareState.NONE, constraints=[one_of("amo_state", ShareState)])
    amc_state = EnumField(ShareState, default=ShareState.NONE, constraints=[one_of("amc_state", ShareState)])
    amo_paid = IntegerField(default=0)
    amc_paid = IntegerField(default=0)
    amo_rejection = TextField(null=True)
    amc_rejection = TextField(null=True)

    billed_on = DayField()
    split = TextField(default="")
    sesam = BooleanField(default=True)
    regime = TextField()
    caisse = TextField()
    centre = TextField()
    prescriber = TextField()
    prescribed_on = DayField(null=True)
    nature = TextField()
    exemption = TextField()
    nir = TextField()
    nir_key = TextField()
    birth = TextField()
    birth_rank = TextField()
    quality = TextField(default="")
    last_name = TextField()
    first_name = TextField()
    settlement = TextField()
    contract = TextField(default="")
    amc_number = TextField(default="")
    other = ZonesField(default=())
    suites = ZonesField(default=())
    search = TextField(default="")
    filed_until = DayField(null=True)
    """While it is classified: the day at which it comes back to the desk."""

    if TYPE_CHECKING:
        practitioner_id: int
        patient_id: int
        replaces_id: int | None
        dre_of_id: int | None
        lot_id: int | None

    class Meta:
        """Peewee's settings; the indexes are those of the lists' sort keys, with what filters ask (0028, 0031)."""

        constraints = (Check("amo + amc <= total"), Check("(kind = 'dre') = (dre_of_id IS NOT NULL)"))
        indexes = (
            SQL("CREATE UNIQUE INDEX invoice_own_number ON invoice (kind, number) WHERE origin = 'own'"),
            (("lot", "number"), True),
            SQL(
                "CREATE INDEX invoice_by_urgency ON invoice (desk_rank, billed_on, id, search, number, total,"
                " signature, regime, caisse, batch_id, practitioner_id)"
            ),
            SQL("CREATE INDEX invoice_by_day ON invoice (billed_on, id, desk_rank, search, number, total)"),
            SQL(
                "CREATE INDEX invoice_by_name ON invoice (last_name, first_name, id, search, desk_rank, billed_on,"
                " number, total, signature, regime, caisse, batch_id, practitioner_id)"
            ),
            SQL("CREATE INDEX invoice_by_number ON invoice (number, id, desk_rank, billed_on, search)"),
            SQL("CREATE INDEX invoice_by_total ON invoice (total, id, desk_rank, billed_on, search, number)"),
            (("prescriber", "amo_paid"), False),
            (("nir",), False),
            (("signature",), False),
            (("regime", "caisse"), False),
            (("amo_state",), False),
            SQL("CREATE INDEX invoice_rejection ON invoice (coalesce(amo_rejection, amc_rejection, ''))"),
            (("amc_state", "desk_rank", "billed_on", "id"), False),
            SQL("CREATE INDEX invoice_filed_until ON invoice (filed_until) WHERE filed_until IS NOT NULL"),
        )


class Act(Table):
    """A line of an invoice. `removed_in` is 0 while it stands, else the invoice's version that dropped it."""

    invoice = ForeignKeyField(Invoice, backref="acts", on_delete="RESTRICT", index=False)
    position = IntegerField()
    removed_in = IntegerField(default=0)
    done_on = DayField()
    code = TextField()
    quantity = IntegerField()
    coefficient = IntegerField()
    unit_price = IntegerField()
    base = IntegerField()
    rate = IntegerField()
    amo = IntegerField()
    fee = IntegerField()
    amc = IntegerField()
    at_home = BooleanField()
    executant = TextField(default="")
    exemption = TextField(default="")
    other = ZonesField(default=())
    suites = ZonesField(default=())

    class Meta:
        """Peewee's settings."""

        indexes = (
            (("invoice", "removed_in", "position"), True),
            SQL("CREATE INDEX act_first_day ON act (invoice_id, removed_in, done_on)"),
        )


class LotMention(Table):
    """An invoice that a lot holds too, though it stands in another one: the lot was made anew, or names it again."""

    lot = ForeignKeyField(Lot, column_name="batch_id", object_id_name="lot_id", on_delete="RESTRICT", index=False)
    invoice = ForeignKeyField(Invoice, on_delete="RESTRICT")

    if TYPE_CHECKING:
        lot_id: int
        invoice_id: int

    class Meta:
        """Peewee's settings."""

        table_name = "lot_mention"
        indexes = ((("lot", "invoice"), True),)
