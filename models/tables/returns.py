"""What comes back from the caisses: the retours NOEMIE, their answers, and the reasons of their rejections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from peewee import SQL, Check, ForeignKeyField, IntegerField, Node, TextField

from models.domain.exchanges import AnsweredDocument, AnswerOutcome, Arl, Decision, RejectionLevel
from models.domain.states import ShareName, ShareState
from models.store.database import Table
from models.tables.aside import ASIDE
from models.tables.fields import DayField, EnumField
from models.tables.invoice import Invoice, one_of
from models.tables.lots import Lot

IS_ASIDE: Final = SQL(ASIDE)
"""The answers that wait for a decision; with values bound instead, it could not be answered from its index."""


_EMPTY: Final[list[Node]] = [SQL("DEFAULT ''")]
"""What came with a later version: the answers of an older one do not say it."""


class Return(Table):
    """What came back at once: a retour NOEMIE that was read, or what a person noted of a letter, a call, a statement.

    `content_hash` is the SHA-256 of a file's bytes. Of a note, `noted_by` says who noted it (empty: it is a file),
    `said_in` where it was said, `created_on` the day on which it was; an ARL names its lot and, negative, its reason.
    `undone_at` is empty as long as it stands: what is undone is not deleted, and its file may be read again.
    """

    content_hash = TextField(unique=True)
    file_name = TextField()
    reference = TextField()
    created_on = DayField()
    received_at = TextField()
    answers = IntegerField()
    paid = IntegerField()
    sender_type = TextField(default="", constraints=[SQL("DEFAULT ''")])
    """Who answers: CP, RM… a caisse, OC, CS a complementary payer; empty in returns read before it was kept."""
    noted_by = TextField(default="", constraints=_EMPTY)
    said_in = TextField(default="", constraints=_EMPTY)
    arl = EnumField(Arl, default=Arl.NONE, constraints=[*_EMPTY, one_of("arl", Arl)])
    lot = ForeignKeyField(Lot, null=True, column_name="batch_id", object_id_name="lot_id", on_delete="RESTRICT")
    reason = TextField(default="", constraints=_EMPTY)
    undone_by = TextField(default="", constraints=_EMPTY)
    undone_at = TextField(default="", constraints=_EMPTY)
    undone_why = TextField(default="", constraints=_EMPTY)

    if TYPE_CHECKING:
        lot_id: int | None


class ReturnTransfer(Table):
    """A bank transfer that a return announces (071)."""

    source = ForeignKeyField(Return, column_name="return_id", on_delete="RESTRICT")
    practitioner_number = TextField()
    sent_on = DayField(null=True)
    label = TextField()
    payer = TextField()

    if TYPE_CHECKING:
        return_id: int

    class Meta:
        """Peewee's settings."""

        table_name = "return_transfer"


class Answer(Table):
    """What a return says of one invoice, kept as received; `outcome` tells what was made of it.

    `settled` is empty until a person decides on an answer that was kept aside. `made` is the version of the invoice
    that it made, and `before` what both shares were until then, as JSON; None and empty where it changed nothing, and
    in answers of before these were kept.
    """

    source = ForeignKeyField(Return, column_name="return_id", on_delete="RESTRICT")
    invoice = ForeignKeyField(Invoice, null=True, on_delete="RESTRICT")
    practitioner_number = TextField()
    number = IntegerField(index=True)
    lot = IntegerField(null=True)
    nir = TextField()
    amo_asked = IntegerField()
    amo_state = EnumField(ShareState)
    amo_paid = IntegerField()
    amc_asked = IntegerField()
    amc_state = EnumField(ShareState)
    amc_paid = IntegerField()
    amc_number = TextField()
    remarks = TextField()
    outcome = EnumField(AnswerOutcome, index=True)
    settled = EnumField(Decision, default=Decision.NONE)
    document = EnumField(AnsweredDocument, default=AnsweredDocument.UNSAID, constraints=_EMPTY)
    lot_date = DayField(null=True)
    billed_on = DayField(null=True)
    individual_nir = TextField(default="", constraints=_EMPTY)
    last_name = TextField(default="", constraints=_EMPTY)
    first_name = TextField(default="", constraints=_EMPTY)
    birth = TextField(default="", constraints=_EMPTY)
    birth_rank = TextField(default="", constraints=_EMPTY)
    made = IntegerField(null=True)
    before = TextField(default="", constraints=_EMPTY)
    transfer = ForeignKeyField(ReturnTransfer, null=True, index=False, on_delete="RESTRICT")
    """The one that pays it; None where its return announces none, and in those read before this was kept."""

    if TYPE_CHECKING:
        return_id: int
        invoice_id: int | None
        transfer_id: int | None

    class Meta:
        """Peewee's settings."""

        indexes = (
            SQL(f"CREATE INDEX answer_aside ON answer (invoice_id) WHERE {ASIDE}"),
            SQL("CREATE INDEX answer_taken_back ON answer (return_id) WHERE amo_paid < 0 OR amc_paid < 0"),
        )


IS_TAKEN: Final = (Answer.settled == Decision.TAKEN) | (
    (Answer.outcome == AnswerOutcome.APPLIED) & (Answer.settled != Decision.WITHDRAWN)
)
"""The answers that stand: applied as they came, or taken by a person; others repeat, wait, or were set aside."""


class Rejection(Table):
    """One reason of a rejection: the share it stops, its code (« 0450 054 »), the label as received."""

    answer = ForeignKeyField(Answer, backref="rejections", on_delete="RESTRICT")
    share = EnumField(ShareName, constraints=[Check("share IN ('amo', 'amc')")])
    code = TextField(index=True)
    label = TextField()
    level = EnumField(RejectionLevel)
    act_code = TextField()
    care_date = DayField(null=True)
    line = IntegerField(null=True)
    info = TextField()
