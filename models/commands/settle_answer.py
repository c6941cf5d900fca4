"""Trancher: a person takes or sets aside an answer that the program would not apply by itself."""

from __future__ import annotations

from dataclasses import dataclass

from models.commands.answers import heard_of, put_shares, taken_shares
from models.commands.change import open_change
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.exchanges import AnsweredDocument, AnswerOutcome, Decision
from models.domain.lifecycle import ForbiddenMove
from models.domain.refusals import Refusal, Refused
from models.tables.returns import Answer

TAKEABLE = frozenset({AnswerOutcome.CONTRADICTORY, AnswerOutcome.IDENTITY, AnswerOutcome.OTHER_AMOUNT})
"""The outcomes that a person may turn into an applied answer; the others can only be set aside."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Done and committed: the answer is taken or dismissed."""

    number: int
    document: AnsweredDocument
    decision: Decision


def settle_answer(answer_id: int, take: bool, author: Author) -> Settled | Refused:
    """Decide on an answer that was kept aside.

    Args:
        answer_id: the answer.
        take: apply it; else set it aside for good, the invoice staying as it is.
        author: who decides.

    Raises:
        PracticeFault: the database refused; nothing was changed.
    """
    try:
        with open_change(author, Action.SETTLE) as change:
            answer = Answer.get_by_id(answer_id)
            if answer.settled or not answer.outcome.aside:
                return Refused(Refusal.ANSWER_DECIDED)
            if answer.outcome == AnswerOutcome.WRONG_TOTAL:
                return Refused(Refusal.ANSWER_OF_HELD_RETURN)
            invoice = change.invoice(answer.invoice_id) if take and answer.invoice_id is not None else None
            shares = taken_shares(invoice, answer) if invoice is not None else None
            if take and (answer.outcome not in TAKEABLE or shares is None):
                return Refused(Refusal.ANSWER_NOT_TAKEABLE)
            answer.settled = Decision.TAKEN if take else Decision.DISMISSED
            if invoice is not None and shares is not None:
                put_shares(change, invoice, *shares, *heard_of([answer]))
                change.save(invoice)
            answer.save()
            change.record(f"answer {answer.id}", {"decision": answer.settled})
            return Settled(answer.number, answer.document, answer.settled)
    except ForbiddenMove:
        return Refused(Refusal.INVOICE_FINAL)
