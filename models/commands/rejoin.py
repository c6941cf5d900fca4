"""The answers that came before their invoice did: held again against what a lot brings, and applied where right."""

from __future__ import annotations

from typing import Final

from models.commands.answers import Hearing, heard_of, matches_of, save_judged
from models.commands.change import Change
from models.domain.exchanges import AnswerOutcome
from models.domain.matching import Match
from models.store.database import A_SET, rows_among
from models.tables.aside import ASIDE
from models.tables.returns import Answer
from models.tables.sets import rows_with

_RETRIED: Final = frozenset(
    {
        *(AnswerOutcome.UNKNOWN, AnswerOutcome.AMBIGUOUS, AnswerOutcome.OTHER_AMOUNT, AnswerOutcome.OTHER_DOCUMENT),
        *(AnswerOutcome.IDENTITY, AnswerOutcome.LATE, AnswerOutcome.NOT_SENT, AnswerOutcome.DAMAGED),
        *(AnswerOutcome.CONTRADICTORY, AnswerOutcome.AFTER_PAYMENT),
    }
)
"""Kept aside for what was known of the invoices, which a lot can change."""


def rejoin(change: Change, practitioner: str, numbers: list[int]) -> int:
    """Apply the answers that were waiting for these invoices, oldest first; how many were.

    To be called once all invoices of the file are there: whether an answer means one is told by the others too. An
    answer that was held against an invoice is held against another only, or where that invoice had not left.

    Args:
        change: the import.
        practitioner: nine digits.
        numbers: of the invoices that came.
    """
    ids = [row_id for (row_id,) in rows_among(_WAITING, numbers, before=[practitioner])]
    applied = 0
    for start in range(0, len(ids), A_SET):
        some = rows_with(Answer, sorted(ids)[start : start + A_SET])
        waiting = [answer for _, answer in sorted(some.items()) if answer.outcome in _RETRIED]
        matches = zip(waiting, matches_of(waiting), strict=True)
        held = [answer for answer, match in matches if _is_news(match, answer)]
        hearing = Hearing(change, heard_of(held))
        applied += sum(outcome == AnswerOutcome.APPLIED for _, outcome in hearing.judge())
        save_judged(held)
        hearing.save()
    return applied


def _is_news(match: Match, answer: Answer) -> bool:
    """Whether the answer is about another invoice than the one it was held against, or that one may have left now."""
    unsent = answer.outcome == AnswerOutcome.NOT_SENT
    return answer.invoice_id is None or unsent or match.invoice not in {None, answer.invoice_id}


_WAITING: Final = f"SELECT id FROM answer WHERE {ASIDE} AND practitioner_number = ? AND number IN ({{set}})"  # noqa: S608
