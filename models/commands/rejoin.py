"""The answers that came before their invoice did: held again against what a lot brings, and applied where right."""

from __future__ import annotations

from typing import Final

from models.commands.answers import match_of, take_answer
from models.commands.change import Change
from models.domain.exchanges import AnswerOutcome
from models.tables.returns import IS_ASIDE, Answer

_RETRIED: Final = frozenset(
    {
        *(AnswerOutcome.UNKNOWN, AnswerOutcome.AMBIGUOUS, AnswerOutcome.OTHER_AMOUNT, AnswerOutcome.OTHER_DOCUMENT),
        *(AnswerOutcome.IDENTITY, AnswerOutcome.LATE, AnswerOutcome.NOT_SENT),
        *(AnswerOutcome.CONTRADICTORY, AnswerOutcome.AFTER_PAYMENT),
    }
)
"""Kept aside for what was known of the invoices, which a lot can change."""


def rejoin(change: Change, practitioner: str, numbers: list[int]) -> int:
    """Apply the answers that were waiting for these invoices, oldest first; how many were.

    To be called once all invoices of the file are there: whether an answer means one is told by the others too. An
    answer that was held against an invoice is held against another only.

    Args:
        change: the import.
        practitioner: nine digits.
        numbers: of the invoices that came.
    """
    waiting: list[Answer] = []
    for start in range(0, len(numbers), 500):
        some = Answer.number.in_(numbers[start : start + 500])
        waiting.extend(Answer.select().where(IS_ASIDE, some, Answer.practitioner_number == practitioner))
    applied = 0
    for answer in sorted(waiting, key=lambda each: each.id):
        known = answer.invoice_id
        if answer.outcome not in _RETRIED or (known is not None and match_of(answer).invoice in {None, known}):
            continue
        _, outcome = take_answer(change, answer)
        applied += outcome == AnswerOutcome.APPLIED
    return applied
