"""What waits for a person's decision, answers and whole returns, and whether a return was read already."""

from __future__ import annotations

from dataclasses import dataclass

from models.domain.exchanges import AnsweredDocument, AnswerOutcome
from models.domain.notes import NoteMark
from models.domain.states import ShareState
from models.queries.notes import notes_of
from models.store.database import dicts, rows
from models.store.faults import spoken
from models.tables.beside_answers import ReturnRemark
from models.tables.returns import IS_ASIDE, Answer, Rejection, Return


@dataclass(frozen=True, slots=True)
class AsideAnswer:
    """An answer kept aside: why (`outcome`) and what it says. Cents."""

    id: int
    source: int
    """Its return."""
    invoice: int | None
    """The one that it was held against; None where none or several could be meant."""
    number: int
    practitioner: str
    lot: int | None
    document: AnsweredDocument
    outcome: AnswerOutcome
    amo_state: ShareState
    amo_paid: int
    amc_state: ShareState
    amc_paid: int
    codes: tuple[str, ...]
    file_name: str
    noted: NoteMark | None = None
    """What a person noted of its invoice, which it may contradict."""


@spoken()
def aside_answers() -> list[AsideAnswer]:
    """The answers that wait for a decision, oldest first."""
    waiting = (
        Answer.select(
            Answer.id,
            Answer.source.alias("source"),
            Answer.invoice.alias("invoice"),
            Answer.number,
            Answer.practitioner_number.alias("practitioner"),
            Answer.lot,
            Answer.document,
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
    found = dicts(waiting)
    notes = notes_of(sorted({answer["invoice"] for answer in found if answer["invoice"] is not None}))
    return [
        AsideAnswer(
            **answer,
            codes=tuple(codes.get(answer["id"], ())),
            noted=notes[answer["invoice"]][-1].mark if answer["invoice"] in notes else None,
        )
        for answer in found
    ]


@dataclass(frozen=True, slots=True)
class HeldReturn:
    """A return whose sums do not agree, with all its answers aside. Cents."""

    id: int
    file_name: str
    answers: int
    paid: int
    wrong_totals: tuple[str, ...]


@spoken()
def held_returns() -> list[HeldReturn]:
    """The returns that wait for one decision each, oldest first."""
    waiting = Answer.select(Answer.source).where(IS_ASIDE, Answer.outcome == AnswerOutcome.WRONG_TOTAL)
    found = rows(
        Return.select(Return.id, Return.file_name, Return.answers, Return.paid)
        .where(Return.id.in_(waiting))
        .order_by(Return.id)
    )
    graves: dict[int, list[str]] = {}
    remarks = ReturnRemark.select(ReturnRemark.source, ReturnRemark.message).where(
        ReturnRemark.grave, ReturnRemark.source.in_([row[0] for row in found])
    )
    for return_id, message in rows(remarks.order_by(ReturnRemark.id)):
        graves.setdefault(return_id, []).append(message)
    return [
        HeldReturn(number, name, answers, paid, tuple(graves.get(number, ()))) for number, name, answers, paid in found
    ]


@spoken()
def is_received(content_hash: str) -> bool:
    """Whether a return with these bytes (SHA-256) was read already."""
    return bool(Return.select().where(Return.content_hash == content_hash).exists())
