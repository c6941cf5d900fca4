"""The closed lists of the exchange with the caisses, each value stored as it is spelt here."""

from __future__ import annotations

from enum import StrEnum


class LotStatus(StrEnum):
    """Whether a lot left: in doubt from before its file is written until it is marked sent."""

    IN_DOUBT = "in_doubt"
    SENT = "sent"
    VOID = "void"


class AnswerOutcome(StrEnum):
    """What was made of a caisse's answer; all but the first two wait for a person's decision."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    UNKNOWN = "unknown"
    LATE = "late"
    NOT_SENT = "not_sent"
    IDENTITY = "identity"
    CONTRADICTORY = "contradictory"
    AFTER_PAYMENT = "after_payment"

    @property
    def aside(self) -> bool:
        """Whether the answer is kept aside until a person decides."""
        return self not in {AnswerOutcome.APPLIED, AnswerOutcome.DUPLICATE}


class Decision(StrEnum):
    """What a person decided on an answer that was kept aside."""

    NONE = ""
    TAKEN = "taken"
    DISMISSED = "dismissed"


class RejectionLevel(StrEnum):
    """What a rejection is about: the whole invoice, or one line of it (NOEMIE 294)."""

    INVOICE = "F"
    LINE = "L"
