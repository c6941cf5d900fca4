"""The closed lists of an invoice, each value stored as it is spelt here: states, signature, kind, origin, shares."""

from __future__ import annotations

from enum import StrEnum


class InvoiceState(StrEnum):
    """Where an invoice stands between the desk and the caisse."""

    UNVALIDATED = "unvalidated"
    VALIDATED = "validated"
    TRANSMITTED = "transmitted"
    REPROCESSING = "reprocessing"
    REJECTED = "rejected"
    PAID = "paid"
    PARTLY_PAID = "partly_paid"
    CANCELLED = "cancelled"
    GIVEN_UP = "given_up"
    """Before it left: what it replaces stands again, and its number stays its own."""

    @property
    def unsent(self) -> bool:
        """Whether the invoice has not left the practice, yet or for good."""
        return self in {InvoiceState.UNVALIDATED, InvoiceState.VALIDATED, InvoiceState.GIVEN_UP}


class ShareName(StrEnum):
    """The two shares of an invoice: obligatory (the caisse) and complementary (the mutuelle)."""

    AMO = "amo"
    AMC = "amc"


class ShareState(StrEnum):
    """What became of one share; `NONE`: its payer is not asked, or says nothing of it."""

    NONE = "none"
    PENDING = "pending"
    PAID = "paid"
    REJECTED = "rejected"
    DEFERRED = "deferred"


class Signature(StrEnum):
    """How an invoice is billed; `UNBILLED` until « Facturer »."""

    UNBILLED = ""
    CARD = "card"
    NO_CARD = "no_card"
    DEGRADED = "degraded"
    UNSECURED = "unsecured"


class InvoiceKind(StrEnum):
    """A facture (FSE), or a DRE sent alone."""

    INVOICE = "invoice"
    DRE = "dre"


class Origin(StrEnum):
    """Who made an invoice or a lot: another program, whose file was imported, or this practice."""

    IMPORTED = "imported"
    OWN = "own"


class Settlement(StrEnum):
    """The destinataires de règlement that change what is done (B2 record 2, positions 115-116).

    A file may bring any other code: it is kept as received, and none of these rules applies to it.
    """

    PATIENT = "00"
    AMO_ALONE = "05"
    SPECIAL_REGIME = "06"
    WORK_ACCIDENT = "10"
    BOTH_SHARES = "15"
    DRE_ALONE = "25"


class RightSource(StrEnum):
    """The document that shows a right; the caisse's own answers are read where they are kept."""

    CARD = "card"
    ATTESTATION = "attestation"
