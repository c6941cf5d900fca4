"""Where a complementary share stands that is asked of its payer, until it is paid.

Order of the guide: the invoice first, the DRE after. A DRE is made only once the caisse has accepted the obligatory
share of its invoice, and what it was made on cannot be taken back since (`models.queries.built_on`).
"""

from __future__ import annotations

from enum import StrEnum


class DreStep(StrEnum):
    """What is to be done about it, or waited for; the most urgent first."""

    TO_CANCEL = "to_cancel"
    """Its invoice was redone, its payer has not answered the old request, nor paid the new one: both may be paid,
    where the two shares are sent apart."""
    REFUSED = "refused"
    AFTER_INVOICE = "after_invoice"
    """Refused, and its invoice too, or not accepted yet: the invoice first."""
    SHORT = "short"
    """Paid in part."""
    TO_SEND = "to_send"
    """Made again, and not sent yet."""
    DEFERRED = "deferred_share"
    WAITING = "waiting"
    """Sent, without an answer."""
