"""Why a command is refused: closed reasons with the values that they name; what is said of them is for who shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.domain.faults import PracticeFault


class Refusal(StrEnum):
    """A reason; the first group is of « Annuler », the second of a DRE that would go again alone."""

    CANCELLED = "cancelled"
    """Already: `number` is the successor's."""
    NOT_SENT = "not sent"
    NO_THIRD_PARTY = "no third party"
    DRE_ALONE = "dre alone"
    PAID = "paid"
    REPROCESSING = "reprocessing"
    DRE_REJECTED_ALONE = "dre rejected alone"
    PARTLY_PAID = "partly paid"
    NOT_REJECTED = "not rejected"
    CONTRADICTED = "contradicted"
    """An answer kept aside contradicts the rejection."""

    DRE_NOT_REJECTED = "dre not rejected"
    DRE_FOLLOWS = "dre follows"
    """The invoice was cancelled: `number` is the one that its DRE follows."""
    DRE_AFTER_INVOICE = "dre after invoice"
    """`number` is the invoice to cancel first."""
    DRE_WHILE_REPROCESSING = "dre while reprocessing"
    DRE_BEFORE_ANSWER = "dre before answer"
    DRE_DONE = "dre done"
    """Made again already: `number` is its new one."""

    DAMAGED = "damaged"
    """A value of invoice `number` does not read: `typed` names the columns of its row, or of its lines."""

    FILED = "filed"
    """Classified: it is taken out of that first."""
    NOT_FILED = "not filed"
    NOTHING_WAITS = "nothing waits"
    """Of a classification: it is settled, or has not left."""
    FILED_UNTIL = "filed until"
    """The day to look again is not ahead, or too far."""
    FILED_WITHOUT_REASON = "filed without reason"

    REMINDED_LATER = "reminded later"
    """The day of a reminder is still to come."""
    NOT_REMINDED = "not reminded"
    SHEETS_LATER = "sheets later"
    """The day on which sheets were sent is still to come."""
    NO_SHEETS = "no sheets"
    """The lot is not degraded, or did not leave: `number` is the lot's."""
    SHEETS_BEFORE = "sheets before"
    """The day comes before the lot: `number` is the lot's, `typed` its day (ISO)."""
    SHEETS_SENT = "sheets sent"
    """Noted already: `number` is the lot's, `typed` the day (ISO)."""
    SHEETS_NOT_SENT = "sheets not sent"
    """`number` is the lot's."""
    NO_SHEETS_REASON = "no sheets reason"
    """Nobody says why « envoyé le » is taken back."""
    DOCUMENT_LATER = "document later"
    """The day of the step is still to come."""
    DOCUMENT_THERE = "document there"
    """It stands there already."""
    DOCUMENT_NOT_OWED = "document not owed"
    DOCUMENT_NOT_SCANNED = "document not scanned"
    DOCUMENT_SENT = "document sent"
    """It went already: owed again first."""
    NO_DOCUMENT_REASON = "no document reason"
    """Nobody says why a document is owed again, or not at all."""
    GIVEN_UP = "given up"
    """Already: it never left, and what it replaced waits again."""
    GIVE_UP_VALIDATED = "give up validated"
    GIVE_UP_SENT = "give up sent"

    NOT_BILLABLE = "not billable"
    NOT_DEGRADED = "not degraded"
    """Of an invoice that is not billed in degraded mode, or left already."""
    NOT_EDITABLE = "not editable"
    NOT_BILLED = "not billed"
    NOT_UNVALIDATED = "not unvalidated"
    NOT_TAKEN_BACK = "not taken back"
    ANSWER_DECIDED = "answer decided"
    ANSWER_NOT_TAKEABLE = "answer not takeable"
    ANSWER_OF_HELD_RETURN = "answer of held return"
    """Its whole return is decided on at once."""
    RETURN_NOT_HELD = "return not held"
    INVOICE_FINAL = "invoice final"

    NOTHING_ASKED = "nothing asked"
    """Of a note: no payer was asked for any share."""
    SHARE_NOT_ASKED = "share not asked"
    """Of a note: the payer was not asked for this one."""
    PAID_WHOLE = "paid whole"
    KNOWN_ALREADY = "known already"
    """The invoice says already what would be noted."""
    SHARE_PAID = "share paid"
    """A noted rejection or reprocessing does not undo a payment."""
    SAID_LATER = "said later"
    """The day that is noted has not come."""
    SAID_BEFORE_BILLED = "said before billed"
    """The day that is noted comes before the invoice."""
    NO_SOURCE = "no source"
    """Nobody says where it was said."""

    NO_ARL_REASON = "no arl reason"
    """Nobody says why the ARL is negative."""
    LOT_NOT_SENT = "lot not sent"
    """An ARL is of a lot that left and was not made anew: `number` is the lot's."""
    LOT_ANSWERED = "lot answered"
    """The caisse answered, so that it took it: `number` is the invoice's."""
    LOT_EMPTY = "lot empty"
    """Nothing of it is there any more: `number` is the lot's."""
    ARL_POSITIVE = "arl positive"
    """Its ARL was noted, and it is positive: `number` is the lot's."""
    CHANGED_SINCE = "changed since"
    """It was taken up to be corrected: `number` is the invoice's."""
    NO_NOTE = "no note"
    """What would be taken back is of the other kind, or nothing was noted."""
    NO_REASON = "no reason"
    """Nobody says why a note is withdrawn."""
    NOTE_WITHDRAWN = "note withdrawn"
    """The note was taken back already."""
    RETURN_UNDONE = "return undone"
    CANCELLED_SINCE = "cancelled since"
    """What would be taken back led to it: `number` is the invoice's, `typed` its successor's."""
    DRE_SINCE = "dre since"
    """`number` is the invoice's, `typed` the number under which its DRE was made again."""
    ANSWERED_SINCE = "answered since"
    """`number` is the invoice's, `typed` the file that said more of it, or who noted it."""
    TAKEN_BEFORE = "taken before"
    """A version that kept nothing of the state before read it: `number` is the invoice's."""

    RIGHT_WITHDRAWN = "right withdrawn"
    NO_RIGHT_REASON = "no right reason"
    """Nobody says why a right is withdrawn."""

    LOT_DECIDED = "lot decided"
    """`number` is the lot's."""
    LOT_WRITING = "lot writing"
    """Somebody is still at it: `number` is the lot's, `typed` who, and where."""
    LOT_OUT_OF_REACH = "lot out of reach"
    """The folder in which it was written is not there: `number` is the lot's, `typed` the folder."""
    UNKNOWN_EXEMPTION = "unknown exemption"
    """`typed` is the code."""
    RIGHT_ENDS_BEFORE = "right ends before"
    NUMBER_MET = "number met"
    """`number` is the billing software's, an invoice in the range that was asked for."""
    DRE_MET = "dre met"
    """The same of a DRE."""
    LOT_MET = "lot met"
    """The same of a lot."""

    NOT_LISTED = "not listed"
    """There is a list of operators, and `typed` is not on it, or left."""
    NOT_PROVEN = "not proven"
    """`typed` is on it with an account or a key, and this is neither."""
    MANAGERS_ALONE = "managers alone"
    """`typed` names them."""
    FIRST_IS_MANAGER = "first is manager"
    """The first one on the list must be able to add the others."""
    LAST_MANAGER = "last manager"
    """`typed` is the only one left who may."""
    CODE_TOO_SHORT = "code too short"
    """`number` is how many characters it must have."""
    KEPT_LONGER = "kept longer"
    """`typed` is the day (ISO) up to which a purge may go."""
    BINDING_TAKEN = "binding taken"
    """Another one, `typed`, has this account or key."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was changed, and why; `number` and `typed` where the reason names one."""

    reason: Refusal
    number: int | None = None
    typed: str = ""


class RefusedFault(PracticeFault):
    """What was under way cannot go on, because something in it was refused.

    Args:
        refused: why.
    """

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.reason.value)
        self.refused = refused
