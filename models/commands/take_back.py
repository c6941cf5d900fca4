"""Défaire: a return that was taken by mistake, or a note, is taken back whole; its invoices are what they were before.

Nothing is deleted: what was said stays, withdrawn. What waited because of it is judged again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from models.commands.answers import Hearing, heard_of, put_back, save_judged
from models.commands.change import Change, open_change
from models.commands.note_arl import put_back_in_lot
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.exchanges import AnswerOutcome, Decision, LotStatus
from models.domain.patience import Step
from models.domain.refusals import Refusal, Refused
from models.queries.built_on import built_on, effects_of
from models.store.database import A_SET, rows, rows_among
from models.store.in_bulk import in_bulk
from models.tables.aside import ASIDE
from models.tables.invoice import Invoice
from models.tables.lots import Lot
from models.tables.returns import Answer, Return
from models.tables.sets import rows_with, update_rows


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Done and committed: `invoices` are what they were before; `judged` answers that waited were applied instead."""

    file_name: str
    """Empty of a note."""
    invoices: int
    answers: int
    judged: int


@dataclass(frozen=True, slots=True)
class BuiltOn:
    """Nothing was changed: what was done since on the ground of it, invoice by invoice."""

    reasons: tuple[Refused, ...]


def undo_return(return_id: int, author: Author, progress: Step | None = None) -> TakenBack | BuiltOn | Refused:
    """Take a return back that was read by mistake: its file can be read again.

    Args:
        return_id: the return.
        author: who undoes it.
        progress: called with (invoices put back, in all).

    Raises:
        PracticeFault: the database refused; nothing was changed.
        GivenUp: raised by `progress`; nothing was changed.
    """
    with in_bulk(), open_change(author, Action.UNDO_RETURN) as change:
        source = Return.get_by_id(return_id)
        if source.noted_by:
            return Refused(Refusal.NO_NOTE)
        return _take_back(change, source, "", author, progress)


def withdraw_note(note_id: int, why: str, author: Author) -> TakenBack | BuiltOn | Refused:
    """Take a note back.

    Args:
        note_id: the note's return.
        why: the reason, in a few words.
        author: who withdraws it.

    Raises:
        PracticeFault: the database refused; nothing was changed.
    """
    with open_change(author, Action.WITHDRAW_NOTE) as change:
        source = Return.get_by_id(note_id)
        if not source.noted_by:
            return Refused(Refusal.NO_NOTE)
        return Refused(Refusal.NO_REASON) if not why.strip() else _take_back(change, source, why.strip(), author)


def _take_back(
    change: Change, source: Return, why: str, author: Author, progress: Step | None = None
) -> TakenBack | BuiltOn | Refused:
    if source.undone_at:
        return Refused(Refusal.NOTE_WITHDRAWN if source.noted_by else Refusal.RETURN_UNDONE)
    if reasons := built_on(source.id):
        return BuiltOn(reasons)
    effects = [effect for effect in effects_of(source.id).values() if effect is not None]
    answers = [row_id for (row_id,) in rows(Answer.select(Answer.id).where(Answer.source == source.id))]
    update_rows(Answer, ((row_id, {"settled": Decision.WITHDRAWN}) for row_id in answers))
    for start in range(0, len(effects), A_SET):
        if progress:
            progress(start, len(effects))
        some = effects[start : start + A_SET]
        invoices = rows_with(Invoice, (effect.invoice for effect in some))
        for effect in some:
            if source.arl:
                put_back_in_lot(source, invoices[effect.invoice], effect.before)
            else:
                put_back(invoices[effect.invoice], effect.before)
        change.save(*invoices.values())
    if source.arl and effects:
        Lot.update(status=LotStatus.SENT).where(Lot.id == source.lot_id, Lot.status == LotStatus.REDONE).execute()
    since = {effect.invoice: effect.answer if source.arl else 0 for effect in effects}
    judged = _judge_again(change, since, _UNTAKEN if source.arl else _CONTRADICT)
    source.undone_by, source.undone_at, source.undone_why = author.operator, author.at.isoformat(), why
    source.content_hash = f"{source.content_hash} undone {source.id}"
    source.save()
    change.record(f"return {source.id}", {"answers": len(answers), "applied": judged})
    return TakenBack(source.file_name, len(effects), len(answers), judged)


def _judge_again(change: Change, since: dict[int, int], why: frozenset[AnswerOutcome]) -> int:
    """Hold against these invoices what waited for such a reason; how many answers could be applied.

    Args:
        change: in which they are judged.
        since: each invoice, and the answer after which what waits is judged.
        why: the outcomes under which they wait.
    """
    waits = rows_among(_WAITING, since)
    ids = [row_id for row_id, invoice, outcome in waits if outcome in why and row_id > since[invoice]]
    waiting = [answer for _, answer in sorted(rows_with(Answer, ids).items())]
    hearing = Hearing(change, heard_of(waiting))
    judged = hearing.judge()
    save_judged(waiting)
    hearing.save()
    return sum(outcome == AnswerOutcome.APPLIED for _, outcome in judged)


_CONTRADICT: Final = frozenset({AnswerOutcome.CONTRADICTORY, AnswerOutcome.AFTER_PAYMENT})
_UNTAKEN: Final = _CONTRADICT | {AnswerOutcome.NOT_SENT}
"""Of what an ARL sent back: what came of it meanwhile. What came before it left waits as it did before the ARL."""
_WAITING: Final = f"SELECT id, invoice_id, outcome FROM answer WHERE {ASIDE} AND invoice_id IN ({{set}}) ORDER BY id"  # noqa: S608
