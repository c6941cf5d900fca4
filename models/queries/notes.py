"""What was noted of an invoice by a person, and still says what it is: no file or later note has said it since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from models.domain.notes import NoteMark
from models.domain.states import ShareName, ShareState
from models.store.database import rows_among
from models.store.faults import spoken
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
            NoteMark(by, at, said_in, date.fromisoformat(str(said_on))),
            ShareName.AMO if of_amo else ShareName.AMC,
            ShareState(amo if of_amo else amc),
            amo_paid if of_amo else amc_paid,
            tuple(codes.split("|")) if codes else (),
        )
        found.setdefault(invoice_id, []).append(note)
    return {invoice_id: tuple(notes) for invoice_id, notes in found.items()}
