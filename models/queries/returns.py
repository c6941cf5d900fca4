"""The returns that were read, and the answers that wait for a person's decision."""

from __future__ import annotations

from dataclasses import dataclass

from peewee import JOIN, Case, fn

from models.answers import Answer, Rejection, Return
from models.database import rows
from models.faults import spoken
from models.invoice import Invoice

ASIDE = Answer.outcome.not_in(("applied", "duplicate")) & (Answer.settled == "")
"""The answers kept aside and not yet decided."""


@dataclass(frozen=True, slots=True)
class AsideAnswer:
    """An answer kept aside: why (`outcome`), what it says, and what the invoice is. Cents."""

    id: int
    number: int
    practitioner: str
    lot: int | None
    outcome: str
    amo_state: str
    amo_paid: int
    amc_state: str
    amc_paid: int
    codes: tuple[str, ...]
    file_name: str
    invoice_state: str | None


@dataclass(frozen=True, slots=True)
class ReadReturn:
    """A return that was read. `paid` in cents; `received_at` UTC, ISO."""

    file_name: str
    created_on: str
    received_at: str
    answers: int
    paid: int
    aside: int


@spoken()
def aside_answers() -> list[AsideAnswer]:
    """The answers that wait for a decision, oldest first."""
    waiting = (
        Answer.select(
            Answer.id,
            Answer.number,
            Answer.practitioner_number,
            Answer.lot,
            Answer.outcome,
            Answer.amo_state,
            Answer.amo_paid,
            Answer.amc_state,
            Answer.amc_paid,
            Return.file_name,
            Invoice.state,
        )
        .join(Return)
        .switch(Answer)
        .join(Invoice, JOIN.LEFT_OUTER, on=(Answer.invoice == Invoice.id))
        .where(ASIDE)
        .order_by(Answer.id)
    )
    codes: dict[int, list[str]] = {}
    reasons = Rejection.select(Rejection.answer, Rejection.code).join(Answer).where(ASIDE).order_by(Rejection.id)
    for answer_id, code in rows(reasons):
        codes.setdefault(answer_id, []).append(code)
    whole = ((*row[:9], tuple(codes.get(row[0], ())), *row[9:]) for row in rows(waiting))
    return [AsideAnswer(*values) for values in whole]


@spoken()
def read_returns(limit: int = 50) -> list[ReadReturn]:
    """The last returns read, newest first."""
    last = Return.select(Return.id).order_by(Return.id.desc()).limit(limit)
    shown = (Return.id, Return.file_name, Return.created_on, Return.received_at, Return.answers, Return.paid)
    query = (
        Return.select(*shown, fn.SUM(Case(None, ((ASIDE, 1),), 0)))
        .join(Answer, JOIN.LEFT_OUTER, on=(Answer.source == Return.id))
        .where(Return.id.in_([row[0] for row in rows(last)]))
        .group_by(*shown)
        .order_by(Return.id.desc())
    )
    return [ReadReturn(*row[1:]) for row in rows(query)]


@spoken()
def is_received(content_hash: str) -> bool:
    """Whether a return with these bytes (SHA-256) was read already."""
    return bool(Return.select().where(Return.content_hash == content_hash).exists())
