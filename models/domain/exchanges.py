"""The closed lists of the exchange with the caisses, each value stored as it is spelt here."""

from __future__ import annotations

from enum import StrEnum


class LotStatus(StrEnum):
    """Whether a lot left: in doubt from before its file is written until it is marked sent.

    `REDONE`: all of its invoices stand in a later lot, which the billing software made after a negative ARL.
    """

    IN_DOUBT = "in_doubt"
    SENT = "sent"
    VOID = "void"
    REDONE = "redone"


class LotFile(StrEnum):
    """What is found of the file of a lot of ours, in the folder where it was written."""

    WHOLE = "whole"
    OTHER = "other"
    """Something bears its name that is not what was written."""
    ASIDE = "aside"
    """It was put out of the way, under a name that nobody sends."""
    MISSING = "missing"


class LotEntry(StrEnum):
    """What an invoice of a lot that comes in is to the practice."""

    NEW = "new"
    NUMBER_AGAIN = "number again"
    """Another invoice under a number that was met before: numbers come back from year to year."""
    NUMBER_OF_OURS = "number of ours"
    """Another invoice under a number that one of ours bears, which has not left yet."""
    OTHER_CONTENT = "other content"
    """The same patient and care as one that is here under this number, in other words or amounts."""
    REDONE = "redone"
    """The very invoice, in a lot that was made anew: it stands there from now on."""
    SAME_LOT = "same lot"
    """The very invoice in the very lot: the file comes again in another wrapping."""
    ANSWERED = "answered"
    """The very invoice, which a caisse has answered: it stays in its lot."""
    OURS = "ours"
    OUTDATED = "outdated"
    """The very invoice; this lot is the one that was made anew since."""

    @property
    def is_another(self) -> bool:
        """Whether it is an invoice of its own, whatever bears its number."""
        return self in {LotEntry.NEW, LotEntry.NUMBER_AGAIN, LotEntry.NUMBER_OF_OURS, LotEntry.OTHER_CONTENT}


class RemarkWeight(StrEnum):
    """How grave a remark on a file is: a detail, or money that does not add up."""

    DETAIL = "detail"
    AMOUNT = "amount"


class AnswerOutcome(StrEnum):
    """What was made of a caisse's answer; all but the first two wait for a person's decision."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    """It could be about several invoices: neither lot, dates, insured nor amounts tell which."""
    LATE = "late"
    NOT_SENT = "not_sent"
    IDENTITY = "identity"
    CONTRADICTORY = "contradictory"
    AFTER_PAYMENT = "after_payment"
    WRONG_TOTAL = "wrong_total"
    """A sum of its return does not agree: a person decides on the whole return."""
    NO_NUMBER = "no_number"
    """A paper invoice, whose number the return leaves blank."""
    OTHER_AMOUNT = "other_amount"
    """The amount asked that it names is not the invoice's."""
    OTHER_DOCUMENT = "other_document"
    """A DRE's answer, and the number is a facture's; or the reverse."""
    DAMAGED = "damaged"
    """A value of the invoice does not read in the base."""

    @property
    def aside(self) -> bool:
        """Whether the answer is kept aside until a person decides."""
        return self not in {AnswerOutcome.APPLIED, AnswerOutcome.DUPLICATE}


class AnsweredDocument(StrEnum):
    """What an answer is about: a facture, a DRE (the complementary share alone), or not said."""

    UNSAID = ""
    INVOICE = "invoice"
    DRE = "dre"


class Decision(StrEnum):
    """What a person decided on an answer that was kept aside; `WITHDRAWN`: on any, with the whole that it came in."""

    NONE = ""
    TAKEN = "taken"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"


class Arl(StrEnum):
    """What the acknowledgement of a lot said (ARL, *accusé de réception logique*); empty: it is no ARL."""

    NONE = ""
    POSITIVE = "positive"
    NEGATIVE = "negative"


class RejectionLevel(StrEnum):
    """What a rejection is about: the whole invoice, or one line of it (NOEMIE 294)."""

    INVOICE = "F"
    LINE = "L"
