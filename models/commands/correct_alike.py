"""Corriger pareil: one more invoice billed, corrected and validated as the one before it, by the same three commands.

Each has its own transactions and entries, as if a person had gone through its form: what stops one stops no other,
and what was done of it before it stopped stays done and is told.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.checks.finding import Finding
from models.commands.bill import Billed, bill_invoice
from models.commands.correct import Saved, save_correction
from models.commands.outcomes import Stale
from models.commands.validate import Advised, Faulty, Validated, validate_invoice
from models.domain.author import Author
from models.domain.content import InvoiceContent
from models.domain.refusals import Refused
from models.domain.states import Signature
from models.reference.rejections import RejectionBook


@dataclass(frozen=True, slots=True)
class CorrectedAlike:
    """The correction is saved; `why` says what kept the invoice from being validated, None where it is validated."""

    number: int
    version: int
    why: tuple[Finding, ...] | Refused | Stale | None
    advised: bool = False
    """Whether a reason alone would validate it."""


def correct_alike(
    invoice_id: int,
    version: int,
    draft: InvoiceContent,
    signature: Signature,
    author: Author,
    *,
    book: RejectionBook,
) -> CorrectedAlike | Refused | Stale:
    """Bill, save and validate one invoice.

    Args:
        invoice_id: the invoice.
        version: as it was read.
        draft: its content, corrected.
        signature: how it is billed where it is not billed yet: in degraded mode, or UNBILLED to leave that to a person.
        author: who corrects.
        book: what the practice knows of rejections.

    Raises:
        PracticeFault: the database refused; what was told before stays done.
    """
    if signature != Signature.UNBILLED:
        billed = bill_invoice(invoice_id, version, signature, author)
        if not isinstance(billed, Billed):
            return billed
        version = billed.version
    saved = save_correction(invoice_id, version, draft, author)
    if not isinstance(saved, Saved):
        return saved
    outcome = validate_invoice(invoice_id, saved.version, author, book=book, reason=None)
    match outcome:
        case Validated():
            return CorrectedAlike(outcome.number, outcome.version, None)
        case Faulty() | Advised():
            return CorrectedAlike(saved.number, saved.version, outcome.findings, isinstance(outcome, Advised))
        case Refused() | Stale():
            return CorrectedAlike(saved.number, saved.version, outcome)
