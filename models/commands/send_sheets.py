"""« Envoyé le »: the sheets of a degraded lot went to the caisse; noted by one entry, taken back by another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models.commands.change import open_change
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.exchanges import LotStatus
from models.domain.filing import LONGEST_NOTE
from models.domain.refusals import Refusal, Refused
from models.domain.states import Signature
from models.tables.lots import Lot
from models.tables.papers import SheetSending
from models.tables.sets import insert_rows


@dataclass(frozen=True, slots=True)
class SheetsSent:
    """Done and committed: the sheets of these lots were sent on that day."""

    lots: tuple[int, ...]
    """Their numbers."""
    on: date


@dataclass(frozen=True, slots=True)
class SheetsTakenBack:
    """Done and committed: the sheets of this lot are owed again."""

    lot: int
    on: date
    """The day that was noted."""


def send_sheets(lot_ids: Iterable[int], on: date, note: str, author: Author) -> SheetsSent | Refused:
    """Note that the sheets of these lots were sent, all in one envelope or none.

    Args:
        lot_ids: each once.
        on: the day on which they were sent, today at the latest.
        note: how, in the person's own words, or nothing.
        author: who notes it.

    Raises:
        PracticeFault: the database refused, or a lot is not there; nothing was changed.
    """
    if on > author.day:
        return Refused(Refusal.SHEETS_LATER)
    with open_change(author, Action.SEND_SHEETS) as change:
        lots = [Lot.get_by_id(lot_id) for lot_id in lot_ids]
        for lot in lots:
            if lot.signature != Signature.DEGRADED or lot.status != LotStatus.SENT:
                return Refused(Refusal.NO_SHEETS, lot.number)
            if on < lot.created_on:
                return Refused(Refusal.SHEETS_BEFORE, lot.number, lot.created_on.isoformat())
            sending = _latest(lot)
            if sending is not None and sending.sent_on is not None:
                return Refused(Refusal.SHEETS_SENT, lot.number, sending.sent_on.isoformat())
        if lots:
            said = {"sent_on": on, "note": _words(note), "made_at": author.at.isoformat(), "made_by": author.operator}
            insert_rows(SheetSending, [{"lot": lot.id, **said} for lot in lots])
            what = f"batch {lots[0].id}" if len(lots) == 1 else f"batches {len(lots)}"
            change.record(what, {"on": on.isoformat(), "lots": [lot.number for lot in lots]})
    return SheetsSent(tuple(lot.number for lot in lots), on)


def take_back_sheets(lot_id: int, reason: str, author: Author) -> SheetsTakenBack | Refused:
    """Take back that the sheets of a lot were sent: it was noted by mistake, or the envelope came back.

    Args:
        lot_id: the lot.
        reason: why, in the person's own words.
        author: who takes it back.

    Raises:
        PracticeFault: the database refused, or there is no such lot; nothing was changed.
    """
    if not reason.strip():
        return Refused(Refusal.NO_SHEETS_REASON)
    with open_change(author, Action.TAKE_BACK_SHEETS) as change:
        lot = Lot.get_by_id(lot_id)
        sending = _latest(lot)
        if sending is None or sending.sent_on is None:
            return Refused(Refusal.SHEETS_NOT_SENT, lot.number)
        said = {"sent_on": None, "note": _words(reason), "made_at": author.at.isoformat(), "made_by": author.operator}
        insert_rows(SheetSending, [{"lot": lot.id, **said}])
        change.record(f"batch {lot.id}", {"on": sending.sent_on.isoformat(), "lots": [lot.number]})
        return SheetsTakenBack(lot.number, sending.sent_on)


def _latest(lot: Lot) -> SheetSending | None:
    found: SheetSending | None = (
        SheetSending.select().where(SheetSending.lot == lot.id).order_by(SheetSending.id.desc()).first()
    )
    return found


def _words(typed: str) -> str:
    return " ".join(typed.split())[:LONGEST_NOTE]
