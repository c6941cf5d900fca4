"""What a return holds, before it is taken: for whom, from whom, how many answers, which sum, how many are ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.formats.noemie.read import read_noemie
from models.queries.candidates import candidates_of
from models.queries.returns import is_received
from models.store.faults import spoken
from models.tables.people import Practitioner


@dataclass(frozen=True, slots=True)
class ReturnPreview:
    """A return that was not taken. Cents."""

    practitioners: tuple[tuple[str, str | None], ...]
    """Each number that it names, and the name under which the practice knows it; None: nobody here."""
    payers: tuple[str, ...]
    """Who pays, by the transfers that it announces; else who sends it."""
    created_on: date
    answers: int
    ours: int
    """The answers whose number an invoice of that practitioner bears here."""
    paid: int
    wrong_totals: tuple[str, ...]
    received: bool
    """Whether this very file was taken already."""


@spoken()
def preview_return(data: bytes, content_hash: str) -> ReturnPreview:
    """What these bytes hold; nothing is changed.

    Args:
        data: the file's bytes.
        content_hash: their SHA-256.

    Raises:
        FormatError: they are no sound return.
        PracticeFault: the database cannot be read.
    """
    file = read_noemie(data)
    bearers = [(one.practitioner, one.number) for one in file.answers]
    known = candidates_of(dict.fromkeys((bearer for bearer in bearers if bearer[1]), False))
    numbers = sorted({one.practitioner for one in file.answers} | {one.practitioner for one in file.movements})
    names = {row.number: row.name for row in Practitioner.select().where(Practitioner.number.in_(numbers))}
    payers = dict.fromkeys(one.payer or file.sender for one in file.transfers) or {file.sender: None}
    return ReturnPreview(
        practitioners=tuple((number, names.get(number)) for number in numbers),
        payers=tuple(payers),
        created_on=file.created_on,
        answers=len(file.answers),
        ours=sum(bool(known.get(bearer)) for bearer in bearers),
        paid=file.total_paid,
        wrong_totals=file.wrong_totals,
        received=is_received(content_hash),
    )
