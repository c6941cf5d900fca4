"""The answers that wait for a person's decision, and whether a return was read already."""

from __future__ import annotations

from dataclasses import dataclass

from models.domain.exchanges import AnswerOutcome
from models.domain.states import ShareState
from models.store.database import dicts, rows
from models.store.faults import spoken
from models.tables.returns import IS_ASIDE, Answer, Rejection, Return


@dataclass(frozen=True, slots=True)
class AsideAnswer:
    """An answer kept aside: why (`outcome`) and what it says. Cents."""

    id: int
    number: int
    practitioner: str
    lot: int | None
    outcome: AnswerOutcome
    amo_state: ShareState
    amo_paid: int
    amc_state: ShareState
    amc_paid: int
    codes: tuple[str, ...]
    file_name: str


@spoken()
def aside_answers() -> list[AsideAnswer]:
    """The answers that wait for a decision, oldest first."""
    waiting = (
        Answer.select(
            Answer.id,
            Answer.number,
            Answer.practitioner_number.alias("practitioner"),
            Answer.lot,
            Answer.outcome,
            Answer.amo_state,
            Answer.amo_paid,
            Answer.amc_state,
            Answer.amc_paid,
            Return.file_name,
        )
        .join(Return)
        .where(IS_ASIDE)
        .order_by(Answer.id)
    )
    codes: dict[int, list[str]] = {}
    reasons = Rejection.select(Rejection.answer, Rejection.code).join(Answer).where(IS_ASIDE).order_by(Rejection.id)
    for answer_id, code in rows(reasons):
        codes.setdefault(answer_id, []).append(code)
    return [AsideAnswer(**answer, codes=tuple(codes.get(answer["id"], ()))) for answer in dicts(waiting)]


@spoken()
def is_received(content_hash: str) -> bool:
    """Whether a return with these bytes (SHA-256) was read already."""
    return bool(Return.select().where(Return.content_hash == content_hash).exists())
