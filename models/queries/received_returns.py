"""The returns that were read, each with what it said beside its answers: transfers, other money, what was odd."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar

from peewee import DoesNotExist

from models.domain.exchanges import AnswerOutcome
from models.formats.noemie.values import Movement, Transfer
from models.store.database import dicts, rows
from models.store.faults import spoken
from models.tables.beside_answers import ReturnMovement, ReturnRemark
from models.tables.fields import stored_texts
from models.tables.returns import IS_ASIDE, Answer, Return, ReturnTransfer

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Paying:
    """A transfer with the money outside the invoices that it holds."""

    transfer: Transfer
    movements: tuple[Movement, ...]


@dataclass(frozen=True, slots=True)
class ReceivedReturn:
    """A return as it was read. Cents."""

    id: int
    file_name: str
    reference: str
    created_on: date
    received_at: str
    """ISO, UTC."""
    sender_type: str
    answers: int
    paid: int
    undone_by: str
    undone_at: str
    """ISO, UTC; empty as long as it stands."""
    held: bool
    """It waits whole for a decision."""
    transfers: tuple[Paying, ...]
    movements: tuple[Movement, ...]
    """Those that belong to no transfer."""
    wrong_totals: tuple[str, ...]
    remarks: tuple[str, ...]


@spoken()
def received_returns() -> list[ReceivedReturn]:
    """All of them, in the order in which they were read; older ones without what was not kept yet."""
    return _read(Return.select(*_HEAD).where(_IS_FILE).order_by(Return.id))


@spoken()
def returns_page(
    after: int | None, limit: int, *, backwards: bool = False, inclusive: bool = False
) -> list[ReceivedReturn]:
    """At most `limit` returns that follow (or, backwards, precede) one of them, the latest first: a keyset page.

    Args:
        after: the id of a return; None for the list's beginning (backwards: its end).
        limit: how many.
        backwards: those before it, still given the latest first.
        inclusive: the return itself comes first.
    """
    query = Return.select(*_HEAD).where(_IS_FILE).order_by(Return.id if backwards else Return.id.desc()).limit(limit)
    if after is not None:
        beyond = Return.id > after if backwards else Return.id < after
        query = query.where(beyond | (Return.id == after) if inclusive else beyond)
    found = _read(query, list_ids=True)
    return found[::-1] if backwards else found


@spoken()
def received_return(return_id: int) -> ReceivedReturn:
    """This one, noted by hand or read.

    Raises:
        PracticeFault: there is no such return.
    """
    found = _read(Return.select(*_HEAD).where(Return.id == return_id), list_ids=True)
    if not found:
        raise DoesNotExist
    return found[0]


_IS_FILE: Final = Return.noted_by == ""
"""What a person noted is a return of one answer, and no file."""

_HEAD: Final = (
    Return.id,
    Return.file_name,
    Return.reference,
    Return.created_on,
    Return.received_at,
    Return.sender_type,
    Return.answers,
    Return.paid,
    Return.undone_by,
    Return.undone_at,
)


def _read(query: Any, *, list_ids: bool = False) -> list[ReceivedReturn]:
    """These returns with all that is kept beside them; `list_ids`: they are few, and only theirs is read."""
    heads = dicts(query)
    ids = [head["id"] for head in heads] if list_ids else None
    waiting = Answer.select(Answer.source).where(IS_ASIDE, Answer.outcome == AnswerOutcome.WRONG_TOTAL).distinct()
    held = {return_id for (return_id,) in rows(waiting)}
    remarks = rows(
        _of(ReturnRemark, ids, ReturnRemark.source, ReturnRemark.grave, ReturnRemark.message).order_by(ReturnRemark.id)
    )
    graves = _by_return([(source, message) for source, grave, message in remarks if grave])
    details = _by_return([(source, message) for source, grave, message in remarks if not grave])
    paying, alone = _money(ids)
    return [
        ReceivedReturn(
            **head,
            held=head["id"] in held,
            transfers=paying.get(head["id"], ()),
            movements=alone.get(head["id"], ()),
            wrong_totals=graves.get(head["id"], ()),
            remarks=details.get(head["id"], ()),
        )
        for head in heads
    ]


def _of(table: type[ReturnRemark | ReturnTransfer | ReturnMovement], ids: list[int] | None, *columns: Any) -> Any:
    """What is kept beside these returns; beside all of them where none are named."""
    query = table.select(*columns)
    return query if ids is None else query.where(table.source.in_(ids))


def _money(ids: list[int] | None) -> tuple[dict[int, tuple[Paying, ...]], dict[int, tuple[Movement, ...]]]:
    """By return: its transfers with what each holds, and the movements of none."""
    transfers = {
        row.id: (row.return_id, Transfer(row.practitioner_number, row.sent_on, row.label, row.payer))
        for row in _of(ReturnTransfer, ids).order_by(ReturnTransfer.id)
    }
    of_transfer: list[tuple[int, Movement]] = []
    alone: list[tuple[int, Movement]] = []
    for row in _of(ReturnMovement, ids).order_by(ReturnMovement.id):
        transfer = transfers[row.transfer_id][1] if row.transfer_id else None
        movement = Movement(
            practitioner=row.practitioner_number,
            return_kind=row.return_kind,
            withheld=row.withheld,
            amount=row.amount,
            reference=row.reference,
            labels=stored_texts(row.labels),
            transfer=transfer,
        )
        if row.transfer_id:
            of_transfer.append((row.transfer_id, movement))
        else:
            alone.append((row.return_id, movement))
    moved = _by_return(of_transfer)
    paying = [(source, Paying(value, moved.get(key, ()))) for key, (source, value) in transfers.items()]
    return _by_return(paying), _by_return(alone)


def _by_return(pairs: list[tuple[int, Kept]]) -> dict[int, tuple[Kept, ...]]:
    """What belongs to each, in the order in which it came."""
    found: dict[int, list[Kept]] = {}
    for key, kept in pairs:
        found.setdefault(key, []).append(kept)
    return {key: tuple(kept) for key, kept in found.items()}
