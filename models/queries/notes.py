"""What was noted of an invoice by a person, and still says what it is: no file or later note has said it since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from models.domain.damage import stored_day, stored_member
from models.domain.exchanges import Arl
from models.domain.notes import NoteMark, SentBack
from models.domain.states import ShareName, ShareState
from models.store.database import rows_among
from models.store.faults import spoken
from models.tables.aside import TAKEN
from models.tables.returns import Return
from models.tables.standing_notes import STANDING


@dataclass(frozen=True, slots=True)
class StandingNote:
    """A note in force. Cents; the codes of its rejection."""

    id: int
    """What withdraws it: its return's."""
    mark: NoteMark
    share: ShareName
    state: ShareState
    paid: int
    codes: tuple[str, ...]


_NOTES: Final = (
    "SELECT a.invoice_id, r.id, r.noted_by, r.received_at, r.said_in, r.created_on, a.amo_state, a.amo_paid,"  # noqa: S608
    " a.amc_state, a.amc_paid, (SELECT string_agg(j.code, '|') FROM rejection j WHERE j.answer_id = a.id)"
    f' FROM answer a JOIN "return" r ON r.id = a.return_id WHERE a.invoice_id IN ({{set}}) AND {STANDING}'
    " ORDER BY a.made, a.id"
)


@spoken()
def notes_of(ids: Iterable[int]) -> dict[int, tuple[StandingNote, ...]]:
    """The notes in force on each of these invoices, oldest first; an invoice without any is left out."""
    found: dict[int, list[StandingNote]] = {}
    for invoice_id, note_id, by, at, said_in, said_on, amo, amo_paid, amc, amc_paid, codes in rows_among(_NOTES, ids):
        of_amo = amo != ShareState.NONE
        note = StandingNote(
            note_id,
            NoteMark(by, at, said_in, stored_day(said_on)),
            ShareName.AMO if of_amo else ShareName.AMC,
            stored_member(ShareState, amo if of_amo else amc),
            amo_paid if of_amo else amc_paid,
            tuple(codes.split("|")) if codes else (),
        )
        found.setdefault(invoice_id, []).append(note)
    return {invoice_id: tuple(notes) for invoice_id, notes in found.items()}


_SENT_BACK: Final = (
    "SELECT a.invoice_id, r.noted_by, r.received_at, r.said_in, r.created_on, r.reason FROM answer a"  # noqa: S608
    f" JOIN \"return\" r ON r.id = a.return_id WHERE a.invoice_id IN ({{set}}) AND r.arl = '{Arl.NEGATIVE}' AND {TAKEN}"
    " ORDER BY a.id"
)


@spoken()
def sent_back_of(ids: Iterable[int]) -> dict[int, SentBack]:
    """The latest negative ARL by which each of these unsent invoices came back; those that did not are left out."""
    return {
        invoice_id: SentBack(reason, NoteMark(by, at, said_in, stored_day(said_on)))
        for invoice_id, by, at, said_in, said_on, reason in rows_among(_SENT_BACK, ids)
    }


@spoken()
def arl_notes(lot_id: int) -> list[tuple[int, Arl, NoteMark, str]]:
    """What was noted of the ARL of a lot and stands, oldest first: its note's id, what it said, by whom, the reason."""
    kept = (
        Return.select().where(Return.lot == lot_id, Return.arl != Arl.NONE, Return.undone_at == "").order_by(Return.id)
    )
    return [
        (one.id, one.arl, NoteMark(one.noted_by, one.received_at, one.said_in, one.created_on), one.reason)
        for one in kept
    ]
