"""The life of an invoice, along the whole chain of what it replaced and became: what happened, in the order of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Final

from models.domain.actions import Action
from models.domain.damage import stored_day, stored_member, stored_moment
from models.domain.exchanges import AnswerOutcome, Decision, LotStatus
from models.domain.states import InvoiceKind, Origin, ShareName, ShareState
from models.formats.noemie.values import Transfer
from models.queries.chains import chain_of
from models.queries.journal import JournalView, Numbered, Recorded, every_entry
from models.queries.people import SeenRight, rights_of
from models.store.database import rows_among
from models.store.faults import spoken
from models.tables.fields import stored_texts


@dataclass(frozen=True, slots=True)
class Left:
    """An invoice left in a lot."""

    invoice: Numbered
    lot: int
    created_on: date
    file_name: str
    status: LotStatus
    own: bool
    """Whether Accueil wrote the lot: after all that led to it; the billing software's left before it was read."""
    again: bool
    """The lot names it too, but it stands in another one."""


@dataclass(frozen=True, slots=True)
class SaidShare:
    """What an answer says of a share. Cents."""

    share: ShareName
    state: ShareState
    paid: int
    reasons: tuple[tuple[str, str], ...]
    """Codes and labels."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A caisse answered, by a file or as a person noted it."""

    invoice: Numbered
    return_id: int
    file_name: str
    created_on: date
    read_at: datetime
    read_by: str
    """Who read the file, or noted it; empty where that is not known."""
    said_in: str
    """Of a note, where it was said; empty of a file."""
    outcome: AnswerOutcome
    decision: Decision
    shares: tuple[SaidShare, ...]
    remarks: tuple[str, ...]
    transfer: Transfer | None


Happened = Recorded | Left | Heard | SeenRight
"""What may happen to an invoice: what a person did, a lot, an answer, a right that was seen of its patient."""


@dataclass(frozen=True, slots=True)
class Life:
    """All of it; `chain` are the invoices and DRE in the order in which they came."""

    chain: tuple[Numbered, ...]
    happened: tuple[Happened, ...]

    @property
    def last_return(self) -> int | None:
        """The last return that paid something, None where none did."""
        heard = [one for one in self.happened if isinstance(one, Heard)]
        paid = [one.return_id for one in heard if any(share.paid for share in one.shares)]
        return paid[-1] if paid else None


@spoken()
def life_of(invoice_id: int) -> Life:
    """What happened to this invoice and to all that it came from or became."""
    chain = chain_of([invoice_id])
    named = {
        one: Numbered(one, number, stored_member(InvoiceKind, kind)) for one, number, kind in rows_among(_NAMED, chain)
    }
    entries = list(every_entry(JournalView(invoices=chain)))
    readers = {
        entry.subject.id: entry.operator
        for entry in entries
        if entry.action == Action.RECEIVE and entry.subject.kind == "return"
    }
    heard = _heard(chain, named, readers)
    told = {one.return_id for one in heard}
    patients = [patient for (patient,) in rows_among(_PATIENTS, chain)]
    happened: list[Happened] = [
        entry for entry in entries if not (entry.action in _TELLING and entry.subject.id in told)
    ]
    happened += [*_left(chain, named), *heard, *rights_of(patients)]
    return Life(tuple(named[one] for one in chain if one in named), tuple(sorted(happened, key=moment_of)))


def moment_of(one: Happened) -> datetime:
    """When it happened, UTC; of what has a day only, its beginning where the practice is, its end for a lot of ours."""
    match one:
        case Recorded():
            return one.at
        case Left():
            return _of_day(one.created_on, time.max if one.own else time.min)
        case Heard():
            return one.read_at
        case SeenRight():
            return _of_day(one.right.seen_on, time.min)


def _of_day(day: date, at: time) -> datetime:
    return datetime.combine(day, at).astimezone(UTC)


_TELLING: Final = frozenset({Action.RECEIVE, Action.NOTE})
"""The actions of which the answers tell more than their entries."""
_NAMED: Final = "SELECT id, number, kind FROM invoice WHERE id IN ({set})"
_PATIENTS: Final = (
    "SELECT DISTINCT q.id FROM invoice i JOIN patient p ON p.id = i.patient_id JOIN patient q ON q.nir = p.nir"
    " AND q.birth = p.birth AND q.birth_rank = p.birth_rank WHERE i.id IN ({set})"
)
_LOT: Final = "b.number, b.created_on, b.file_name, b.status, b.origin"
_LOTS: Final = f"SELECT i.id, {_LOT}, 0 FROM invoice i JOIN batch b ON b.id = i.batch_id WHERE i.id IN ({{set}})"  # noqa: S608
_MENTIONS: Final = (
    f"SELECT m.invoice_id, {_LOT}, 1 FROM lot_mention m JOIN batch b ON b.id = m.batch_id"  # noqa: S608
    " WHERE m.invoice_id IN ({set})"
)
_ANSWERS: Final = (
    "SELECT a.id, a.invoice_id, r.id, r.file_name, r.created_on, r.received_at, a.outcome, a.settled, a.amo_state,"
    " a.amo_paid, a.amc_state, a.amc_paid, a.remarks, r.noted_by, r.said_in,"
    " t.practitioner_number, t.sent_on, t.label, t.payer"
    ' FROM answer a JOIN "return" r ON r.id = a.return_id LEFT JOIN return_transfer t ON t.id = a.transfer_id'
    " WHERE a.invoice_id IN ({set}) ORDER BY a.id"
)
_REASONS: Final = "SELECT answer_id, share, code, label FROM rejection WHERE answer_id IN ({set}) ORDER BY id"


def _left(chain: Sequence[int], named: dict[int, Numbered]) -> list[Left]:
    rows = (*rows_among(_LOTS, chain), *rows_among(_MENTIONS, chain))
    return [
        Left(
            named[one],
            lot,
            stored_day(day),
            file_name,
            stored_member(LotStatus, status),
            origin == Origin.OWN,
            bool(again),
        )
        for one, lot, day, file_name, status, origin, again in rows
        if status in {LotStatus.SENT, LotStatus.REDONE}
    ]


def _heard(chain: Sequence[int], named: dict[int, Numbered], readers: dict[int, str]) -> list[Heard]:
    rows = list(rows_among(_ANSWERS, chain))
    reasons: dict[tuple[int, ShareName], list[tuple[str, str]]] = {}
    for answer, share, code, label in rows_among(_REASONS, [row[0] for row in rows]):
        reasons.setdefault((answer, stored_member(ShareName, share)), []).append((code, label))
    return [_one_heard(row, named[row[1]], reasons, readers.get(row[2], "")) for row in rows]


def _one_heard(
    row: tuple[Any, ...],
    invoice: Numbered,
    reasons: dict[tuple[int, ShareName], list[tuple[str, str]]],
    read_by: str,
) -> Heard:
    answer, _, source, file_name, created_on, received_at, outcome, settled, *shares = row
    amo_state, amo_paid, amc_state, amc_paid, remarks, noted_by, said_in, practitioner, sent_on, label, payer = shares
    said = tuple(
        SaidShare(share, stored_member(ShareState, state), paid, tuple(reasons.get((answer, share), ())))
        for share, state, paid in ((ShareName.AMO, amo_state, amo_paid), (ShareName.AMC, amc_state, amc_paid))
        if state != ShareState.NONE
    )
    paying = None
    if practitioner is not None:
        paying = Transfer(practitioner, stored_day(sent_on) if sent_on else None, label, payer)
    return Heard(
        invoice,
        source,
        file_name,
        stored_day(created_on),
        stored_moment(received_at),
        noted_by or read_by,
        said_in,
        stored_member(AnswerOutcome, outcome),
        stored_member(Decision, settled),
        said,
        stored_texts(remarks),
        paying,
    )
