"""What a caisse's answer does to its invoice: applied once, or kept aside for a person when it contradicts.

Invariant P19: an answer is applied once, to the invoice it names; unknown, late, duplicate or contradictory
answers are kept and flagged; a rejection after payment does not undo the payment.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.commands.change import Change
from models.commands.records import set_state
from models.domain.lifecycle import Share, state_of
from models.store.database import rows
from models.tables.invoice import Invoice
from models.tables.returns import Answer, Rejection


@dataclass(frozen=True, slots=True)
class Reading:
    """What one share's answer would do: the share as it would be, or why it is kept aside."""

    share: Share
    outcome: str


def read_share(known: Share, said: str, asked: int, paid: int) -> Reading:
    """Hold what is said of a share (« paid », « rejected », « deferred », « none ») against what is known.

    A payment above what was asked, or money taken back, contradicts the invoice: a person decides.
    """
    if said == "none" or (known.state == "none" and asked == 0 and paid == 0):
        return Reading(known, "duplicate")
    if said == "paid" and not 0 <= paid <= known.asked:
        return Reading(known, "contradictory")
    told = Share(said, known.asked, paid if said == "paid" else 0)
    if known.state in {"pending", "deferred"}:
        return Reading(told, "duplicate" if said == known.state else "applied")
    if known.state == "paid" and said == "rejected":
        return Reading(known, "after_payment")
    if known.state == said and known.paid == told.paid:
        return Reading(known, "duplicate")
    return Reading(known, "contradictory")


def outcome_for(invoice: Invoice | None, answer: Answer, individual_nir: str = "") -> str:
    """What must become of this answer: « applied », « duplicate », or why it is kept aside."""
    if invoice is None:
        return "unknown"
    if answer.nir and invoice.nir not in {answer.nir, individual_nir}:
        return "identity"
    if invoice.state == "cancelled":
        return "late"
    if invoice.state in {"unvalidated", "validated"}:
        return "not_sent"
    outcomes = {reading.outcome for reading in _readings(invoice, answer)}
    for serious in ("after_payment", "contradictory"):
        if serious in outcomes:
            return serious
    return "applied" if "applied" in outcomes else "duplicate"


def apply_answer(change: Change, invoice: Invoice, answer: Answer, *, forced: bool = False) -> None:
    """Write the answer's word into the invoice's shares.

    Args:
        change: what it is part of.
        invoice: as `outcome_for` judged it.
        answer: with its rejections saved.
        forced: a person decided: what is said replaces what was known.
    """
    amo, amc = (reading.share for reading in _readings(invoice, answer))
    if forced:
        amo = _told(amo, answer.amo_state, answer.amo_paid)
        amc = _told(amc, answer.amc_state, answer.amc_paid)
    invoice.amo_state, invoice.amo_paid = amo.state, amo.paid
    invoice.amc_state, invoice.amc_paid = amc.state, amc.paid
    invoice.amo_rejection = _first_code(answer, "amo", invoice.amo_rejection) if amo.state == "rejected" else None
    invoice.amc_rejection = _first_code(answer, "amc", invoice.amc_rejection) if amc.state == "rejected" else None
    set_state(invoice, state_of(amo, amc))
    change.save(invoice)


def _readings(invoice: Invoice, answer: Answer) -> tuple[Reading, Reading]:
    amo = Share(invoice.amo_state, invoice.amo, invoice.amo_paid)
    amc = Share(invoice.amc_state, invoice.amc, invoice.amc_paid)
    return (
        read_share(amo, answer.amo_state, answer.amo_asked, answer.amo_paid),
        read_share(amc, answer.amc_state, answer.amc_asked, answer.amc_paid),
    )


def _told(share: Share, said: str, paid: int) -> Share:
    return share if said == "none" else Share(said, share.asked, paid if said == "paid" else 0)


def _first_code(answer: Answer, share: str, known: str | None) -> str | None:
    codes = Rejection.select(Rejection.code).where(Rejection.answer == answer.id, Rejection.share == share)
    first = rows(codes.order_by(Rejection.id).limit(1))
    return first[0][0] if first else known
