"""What is known of a patient's rights: the attestation that was seen, when, by whom; and what a check was told.

Rights come from the carte Vitale, from an attestation entered with its date, or from earlier answers of the caisse;
the last kind is not stored here: it is read in the answers themselves (`models.queries.history`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from peewee import Check, ForeignKeyField, TextField

from models.domain.findings import CheckName
from models.domain.states import RightSource
from models.store.database import Table
from models.tables.fields import DayField, EnumField
from models.tables.invoice import Invoice
from models.tables.people import Patient


class Right(Table):
    """An exemption that a document shows, for a period. No end: still open when it was seen."""

    patient = ForeignKeyField(Patient, backref="rights", on_delete="RESTRICT")
    exemption = TextField(constraints=[Check("length(exemption) = 1")])
    since = DayField()
    until = DayField(null=True)
    source = EnumField(RightSource, constraints=[Check("source IN ('card', 'attestation')")])
    seen_on = DayField()
    seen_by = TextField()

    if TYPE_CHECKING:
        patient_id: int


class RightWithdrawal(Table):
    """That a right was noted by mistake, by whom that was found, and why: it counts no more."""

    right = ForeignKeyField(Right, unique=True, on_delete="RESTRICT")
    reason = TextField()
    withdrawn_on = DayField()
    withdrawn_by = TextField()

    class Meta:
        """Peewee's settings."""

        table_name = "right_withdrawal"


STANDS: Final = "r.id NOT IN (SELECT w.right_id FROM right_withdrawal w WHERE w.right_id = r.id)"
"""Of a right « r »: nobody withdrew it."""


class Override(Table):
    """A piece of advice that a person set aside on validating, and why."""

    invoice = ForeignKeyField(Invoice, backref="overrides", on_delete="RESTRICT")
    check_name = EnumField(CheckName)
    message = TextField()
    reason = TextField()
    decided_at = TextField()
    decided_by = TextField()
