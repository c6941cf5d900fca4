"""What a NOEMIE return says, as plain values. Amounts are signed cents; absent text is ''."""

from dataclasses import dataclass, field
from datetime import date

from models.domain.exchanges import RejectionLevel
from models.domain.states import ShareName, ShareState


@dataclass(frozen=True, slots=True)
class ShareAnswer:
    """What became of one share of an invoice (entities 198 and 199)."""

    asked: int
    state: ShareState
    """`DEFERRED`: the caisse is reprocessing; `NONE`: it did not treat this share."""
    paid: int
    """Negative when money is taken back."""


@dataclass(frozen=True, slots=True)
class RejectionLine:
    """One reason of a rejected share (entities 290 and 294)."""

    share: ShareName
    code: str
    """« 0450 054 »: main and refined code; « 0450 », « 1001 », « F909 » alone when nothing refines it."""
    label: str
    """The refined label, or the main one when that is blank."""
    level: RejectionLevel
    """The whole invoice, or one line of it."""
    act_code: str
    care_date: date | None
    line: int | None
    info: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """A bank transfer that the return announces (entity 071)."""

    practitioner: str
    sent_on: date | None
    """None where the return leaves it out."""
    label: str
    """Both lines of the label, one space between."""
    payer: str


@dataclass(frozen=True, slots=True)
class InvoiceAnswer:
    """What a return says of one invoice (entity 102 or 100 and what follows)."""

    practitioner: str
    """9 digits."""
    number: int
    """0 where the return gives none that can be read: a paper invoice."""
    lot: int | None
    lot_date: date | None
    kind: str
    """Type de facture: F FSE, D DRE, B B2 or SESAM dégradé, A flux AMC…; '' for an entity 100."""
    billed_on: date | None
    nature: str
    """Nature d'assurance: AS, AT, AM."""
    nir: str
    nir_key: str
    individual_nir: str
    last_name: str
    """Of the beneficiary when given, else of the insured."""
    first_name: str
    birth: str
    """AAMMJJ as received: lunar dates exist."""
    birth_rank: str
    amo: ShareAnswer | None
    amc: ShareAnswer | None
    amc_number: str
    """Of the complementary that answers; '' without an AMC share."""
    rejections: tuple[RejectionLine, ...] = ()
    remarks: tuple[str, ...] = ()
    """Comments, and reasons that come with a share that is not rejected (signalements)."""
    patient_named: bool = field(default=False, kw_only=True)
    """Whether the name is given as the beneficiary's; never written. Else it may be the insured's, for a child."""
    transfer: Transfer | None = field(default=None, kw_only=True, compare=False)
    """The one of its group that pays it, where one is announced; of what a writer is given, only where the
    transfers of the file hold it: they are written in their order, each before the first answer that it pays."""


@dataclass(frozen=True, slots=True)
class Movement:
    """Money that moves outside the invoices (entities 250 and 261): what explains a transfer."""

    practitioner: str
    return_kind: str
    """Type de retour of the 081: 03 lump payments, 04 recalls, 05 withholdings; '' without a 081."""
    withheld: bool
    """A withholding (250); else a lump payment (261)."""
    amount: int
    """As signed by the return: negative when money is taken."""
    reference: str
    """The debt (250) or the payment code (261)."""
    labels: tuple[str, ...]
    """What the details (262) call it."""
    transfer: Transfer | None
    """The one of its group that it belongs to, where one is announced."""


@dataclass(frozen=True, slots=True)
class NoemieFile:
    """A whole NOEMIE return."""

    sender: str
    """14 digits, as received."""
    recipient: str
    created_on: date
    reference: str
    """Identification du fichier, 6 characters."""
    answers: tuple[InvoiceAnswer, ...]
    transfers: tuple[Transfer, ...]
    total_paid: int
    """The sum that the return itself announces; `wrong_totals` tells where it is not that of its answers."""
    movements: tuple[Movement, ...] = field(default=(), kw_only=True)
    """Lump payments and withholdings; never written."""
    sender_type: str = field(default="CP", kw_only=True)
    """Who answers: a caisse (CP, RM…), a complementary payer (OC, CS)."""
    warnings: tuple[str, ...] = field(default=(), kw_only=True)
    """French sentences on what was mended or left aside while reading; never written."""
    wrong_totals: tuple[str, ...] = field(default=(), kw_only=True)
    """French sentences on the sums that do not agree: a person decides on such a return; never written."""
