"""Noter: what a letter, a call or a statement says of an invoice has the weight of an answer, and says who noted it.

A note is a return of one answer, whose source is a person: what reads the answers reads it too.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass

from models.commands.answers import Heard, put_shares, read_share, shares_of
from models.commands.change import Change, answers_stale, open_change
from models.commands.outcomes import Stale
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.exchanges import AnsweredDocument, AnswerOutcome, Decision, RejectionLevel
from models.domain.lifecycle import ForbiddenMove, Share, why_not_note
from models.domain.notes import NotedWord
from models.domain.refusals import Refusal, Refused
from models.domain.states import InvoiceKind, InvoiceState, ShareName, ShareState
from models.tables.invoice import Invoice
from models.tables.returns import Answer, Rejection, Return, ReturnTransfer


@dataclass(frozen=True, slots=True)
class Noted:
    """Done and committed: the invoice is in `state`; `note_id` is what withdraws the note."""

    number: int
    kind: InvoiceKind
    state: InvoiceState
    note_id: int


@dataclass(frozen=True, slots=True)
class Against:
    """Nothing was changed: the note contradicts what is known of the share, and nobody said that it should."""

    number: int
    share: ShareName
    known: ShareState
    paid: int
    """Cents that are known to be paid."""
    asked: int


@answers_stale
def note_answer(
    invoice_id: int, version: int | None, word: NotedWord, author: Author, *, against: bool = False
) -> Noted | Against | Refused | Stale:
    """Note what was said of an invoice elsewhere than in a file.

    A payment adds to what was paid of its share, as long as something of it is owed.

    Args:
        invoice_id: the invoice.
        version: as it was read on the screen; None from the command line, where nothing was read.
        word: what was said.
        author: who notes it.
        against: the person knows that it contradicts what is known.

    Raises:
        PracticeFault: the database refused; nothing was changed.
    """
    try:
        with open_change(author, Action.NOTE) as change:
            invoice = change.invoice(invoice_id)
            refused = _why_not(invoice, word, author)
            if refused:
                return refused
            change.refuse_stale(invoice, version)
            share, outcome = _read(invoice, word)
            if outcome == AnswerOutcome.DUPLICATE:
                return Refused(Refusal.KNOWN_ALREADY)
            if outcome == AnswerOutcome.AFTER_PAYMENT:
                return Refused(Refusal.SHARE_PAID)
            if outcome == AnswerOutcome.CONTRADICTORY and not against:
                known = _share(invoice, word.share)
                return Against(invoice.number, word.share, known.state, known.paid, known.asked)
            note_id = _write(change, invoice, word, share, outcome, author)
            return Noted(invoice.number, invoice.kind, invoice.state, note_id)
    except ForbiddenMove:
        return Refused(Refusal.SHARE_PAID)


def _why_not(invoice: Invoice, word: NotedWord, author: Author) -> Refused | None:
    successor = Invoice.get_or_none(Invoice.replaces == invoice.id)
    refused = why_not_note(
        state=invoice.state,
        amo_state=invoice.amo_state,
        amc_state=invoice.amc_state,
        replaced_by=successor.number if successor else None,
    )
    if refused:
        return refused
    if _share(invoice, word.share).state == ShareState.NONE:
        return Refused(Refusal.SHARE_NOT_ASKED)
    if not word.said_in.strip():
        return Refused(Refusal.NO_SOURCE)
    if word.said_on > author.day:
        return Refused(Refusal.SAID_LATER)
    return Refused(Refusal.SAID_BEFORE_BILLED) if word.said_on < invoice.billed_on else None


def _share(invoice: Invoice, name: ShareName) -> Share:
    amo, amc = shares_of(invoice)
    return amo if name == ShareName.AMO else amc


def _read(invoice: Invoice, word: NotedWord) -> tuple[Share, AnswerOutcome]:
    """The share as the note makes it, and what the program would make of it by itself."""
    known = _share(invoice, word.share)
    told_again = known.paid >= known.asked and word.paid == known.paid
    if word.state == known.state == ShareState.PAID and not told_again:
        paid = known.paid + word.paid
        outcome = AnswerOutcome.APPLIED if paid <= known.asked else AnswerOutcome.CONTRADICTORY
        return Share(ShareState.PAID, known.asked, paid), outcome
    outcome = read_share(known, word.state, known.asked, word.paid).outcome
    if known.state == word.state == ShareState.REJECTED and word.code != _code(invoice, word.share):
        outcome = AnswerOutcome.CONTRADICTORY
    if known.state == ShareState.PAID and word.state == ShareState.DEFERRED:
        outcome = AnswerOutcome.AFTER_PAYMENT
    return Share(word.state, known.asked, word.paid), outcome


def _code(invoice: Invoice, name: ShareName) -> str | None:
    return invoice.amo_rejection if name == ShareName.AMO else invoice.amc_rejection


def _write(
    change: Change, invoice: Invoice, word: NotedWord, share: Share, outcome: AnswerOutcome, author: Author
) -> int:
    """Keep the note as a return of one answer, and let the invoice be what it says."""
    source = Return.create(
        content_hash=f"note {secrets.token_hex(16)}",
        file_name="",
        reference="",
        created_on=word.said_on,
        received_at=author.at.isoformat(),
        answers=1,
        paid=word.paid,
        noted_by=author.operator,
        said_in=word.said_in.strip(),
    )
    of_amo = word.share == ShareName.AMO
    amo, amc = shares_of(invoice)
    answer = Answer(
        source=source.id,
        invoice=invoice.id,
        practitioner_number=invoice.practitioner.number,
        number=invoice.number,
        lot=invoice.lot.number if invoice.lot else None,
        nir=invoice.nir,
        amo_asked=amo.asked if of_amo else 0,
        amo_state=word.state if of_amo else ShareState.NONE,
        amo_paid=word.paid if of_amo else 0,
        amc_asked=0 if of_amo else amc.asked,
        amc_state=ShareState.NONE if of_amo else word.state,
        amc_paid=0 if of_amo else word.paid,
        amc_number="" if of_amo else invoice.amc_number,
        remarks=json.dumps([]),
        outcome=outcome,
        settled=Decision.NONE if outcome == AnswerOutcome.APPLIED else Decision.TAKEN,
        document=AnsweredDocument.DRE if invoice.kind == InvoiceKind.DRE else AnsweredDocument.INVOICE,
        billed_on=invoice.billed_on,
    )
    codes = {word.share: word.code} if word.state == ShareState.REJECTED else {}
    amo, amc = (share, amc) if of_amo else (amo, share)
    put_shares(change, invoice, amo, amc, Heard(answer, codes))
    if word.transfer:
        answer.transfer = ReturnTransfer.create(
            source=source.id,
            practitioner_number=invoice.practitioner.number,
            sent_on=word.said_on,
            label=word.transfer,
            payer="",
        )
        answer.save()
    answer.save()
    if word.state == ShareState.REJECTED:
        Rejection.create(
            answer=answer.id,
            share=word.share,
            code=word.code,
            label=word.label,
            level=RejectionLevel.INVOICE,
            act_code="",
            care_date=None,
            line=None,
            info="",
        )
    change.save(invoice)
    change.record(
        f"return {source.id}", {"share": word.share, "said": word.state, "paid": word.paid, "code": word.code}
    )
    return int(source.id)
