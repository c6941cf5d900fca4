"""What a caisse's answer does to its invoice: applied once, or kept aside for a person when it contradicts.

An answer is applied once, to the invoice it names; unknown, late, duplicate or contradictory answers are kept and
flagged; a rejection after payment does not undo the payment (`models/INVARIANTS.md`, P19).
"""

from __future__ import annotations

from dataclasses import dataclass

from models.commands.change import Change
from models.commands.patient_names import take_name
from models.commands.records import set_state
from models.domain.exchanges import AnswerOutcome
from models.domain.lifecycle import Share, state_of
from models.domain.matching import Match, Said, which_invoice
from models.domain.states import InvoiceState, ShareName, ShareState
from models.queries.candidates import candidates
from models.store.database import rows
from models.tables.invoice import Invoice
from models.tables.returns import Answer, Rejection


@dataclass(frozen=True, slots=True)
class ShareVerdict:
    """What one share's answer would do: the share as it would be, or why it is kept aside."""

    share: Share
    outcome: AnswerOutcome


def read_share(known: Share, said: ShareState, asked: int, paid: int) -> ShareVerdict:
    """Hold what is said of a share against what is known.

    A payment above what was asked, or money taken back, contradicts the invoice: a person decides.
    """
    if said == ShareState.NONE or (known.state == ShareState.NONE and asked == 0 and paid == 0):
        return ShareVerdict(known, AnswerOutcome.DUPLICATE)
    if said == ShareState.PAID and not 0 <= paid <= known.asked:
        return ShareVerdict(known, AnswerOutcome.CONTRADICTORY)
    told = Share(said, known.asked, paid if said == ShareState.PAID else 0)
    if known.state in {ShareState.PENDING, ShareState.DEFERRED}:
        return ShareVerdict(told, AnswerOutcome.DUPLICATE if said == known.state else AnswerOutcome.APPLIED)
    if known.state == ShareState.PAID and said == ShareState.REJECTED:
        return ShareVerdict(known, AnswerOutcome.AFTER_PAYMENT)
    if known.state == said and known.paid == told.paid:
        return ShareVerdict(known, AnswerOutcome.DUPLICATE)
    return ShareVerdict(known, AnswerOutcome.CONTRADICTORY)


def match_of(answer: Answer) -> Match:
    """The invoice that this answer is about, as far as the return tells it from others of its number."""
    said = Said(
        number=answer.number,
        document=answer.document,
        lot=answer.lot,
        lot_date=answer.lot_date,
        billed_on=answer.billed_on,
        nirs=_nirs(answer),
        amo_answered=answer.amo_state != ShareState.NONE,
        amo_asked=answer.amo_asked if answer.amo_state != ShareState.NONE else 0,
        amc_asked=answer.amc_asked if answer.amc_state != ShareState.NONE else 0,
    )
    known = candidates(answer.practitioner_number, answer.number, answer.document) if answer.number else []
    return which_invoice(said, known)


def judge(answer: Answer) -> tuple[Invoice | None, AnswerOutcome]:
    """The invoice that this answer is about, and what must become of it: applied, a duplicate, or why it is kept aside.

    The answer is given its invoice and its outcome; whoever asks saves it.
    """
    found = match_of(answer)
    invoice = Invoice.get_by_id(found.invoice) if found.invoice is not None else None
    outcome = found.reason or (outcome_for(invoice, answer) if invoice else AnswerOutcome.UNKNOWN)
    answer.invoice, answer.outcome = invoice, outcome
    return invoice, outcome


def take_answer(change: Change, answer: Answer) -> tuple[Invoice | None, AnswerOutcome]:
    """Judge a kept answer as things stand now, apply it where that is right, and save it; its invoice and outcome."""
    invoice, outcome = judge(answer)
    answer.save()
    if invoice is not None and not outcome.aside:
        named = take_name(invoice, answer)
        if outcome == AnswerOutcome.APPLIED:
            apply_answer(change, invoice, answer)
        elif named:
            change.save(invoice)
    return invoice, outcome


def outcome_for(invoice: Invoice, answer: Answer) -> AnswerOutcome:
    """What must become of an answer that is about this invoice."""
    if answer.nir and invoice.nir not in _nirs(answer):
        return AnswerOutcome.IDENTITY
    if invoice.state == InvoiceState.CANCELLED:
        return AnswerOutcome.LATE
    if invoice.state.unsent:
        return AnswerOutcome.NOT_SENT
    outcomes = {reading.outcome for reading in _readings(invoice, answer)}
    for serious in (AnswerOutcome.AFTER_PAYMENT, AnswerOutcome.CONTRADICTORY):
        if serious in outcomes:
            return serious
    return AnswerOutcome.APPLIED if AnswerOutcome.APPLIED in outcomes else AnswerOutcome.DUPLICATE


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
    invoice.amo_rejection = (
        _first_code(answer, ShareName.AMO, invoice.amo_rejection) if amo.state == ShareState.REJECTED else None
    )
    invoice.amc_rejection = (
        _first_code(answer, ShareName.AMC, invoice.amc_rejection) if amc.state == ShareState.REJECTED else None
    )
    set_state(invoice, state_of(amo, amc))
    change.save(invoice)


def _nirs(answer: Answer) -> frozenset[str]:
    """The numbers under which the return knows the insured; none where it gives none."""
    return frozenset({answer.nir, answer.individual_nir} - {""}) if answer.nir else frozenset()


def _readings(invoice: Invoice, answer: Answer) -> tuple[ShareVerdict, ShareVerdict]:
    amo = Share(invoice.amo_state, invoice.amo, invoice.amo_paid)
    amc = Share(invoice.amc_state, invoice.amc, invoice.amc_paid)
    return (
        read_share(amo, answer.amo_state, answer.amo_asked, answer.amo_paid),
        read_share(amc, answer.amc_state, answer.amc_asked, answer.amc_paid),
    )


def _told(share: Share, said: ShareState, paid: int) -> Share:
    return share if said == ShareState.NONE else Share(said, share.asked, paid if said == ShareState.PAID else 0)


def _first_code(answer: Answer, share: ShareName, known: str | None) -> str | None:
    codes = Rejection.select(Rejection.code).where(Rejection.answer == answer.id, Rejection.share == share)
    first = rows(codes.order_by(Rejection.id).limit(1))
    return first[0][0] if first else known
