"""Our numbers: the range that is reserved, what of it is used and left, and which numbers of the files lie in one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from peewee import fn

from models.domain.numbering import LAST_LOT, LAST_NUMBER, LOT_REST, ROOM, Numbering
from models.domain.refusals import Refusal, Refused
from models.domain.states import InvoiceKind, Origin
from models.store.database import rows
from models.store.faults import spoken
from models.tables.invoice import Invoice
from models.tables.lots import Lot
from models.tables.numbering import SERIES, Counter, coming_number, numbering
from models.tables.people import Practitioner

_LOTS: Final = ((700, LAST_LOT), (400, 699), (100, 399))
"""The ranges of lots that are proposed, the first in which no number was met."""

_STEP: Final = 10_000_000
"""How far above a number that was met our range is proposed: years of the billing software's work."""


@dataclass(frozen=True, slots=True)
class SeriesUse:
    """A series of numbers in the range that is reserved now."""

    first: int
    given: int
    coming: int
    """The number of the next one."""

    @property
    def left(self) -> int:
        """How many can still be given."""
        return max(LAST_NUMBER - self.coming + 1, 0)


@dataclass(frozen=True, slots=True)
class LotsUse:
    """The lots of one practitioner in the range that is reserved now."""

    practitioner: str
    practitioner_name: str
    given: int
    last: int | None
    """The last one given; None before the first."""
    left: int
    """Numbers of the range that no lot of the past year bears."""


@dataclass(frozen=True, slots=True)
class NumbersUse:
    """The range, and what is used of it and left."""

    numbering: Numbering
    invoices: SeriesUse
    dre: SeriesUse
    lots: tuple[LotsUse, ...]


@spoken()
def numbers_in_use(today: date) -> NumbersUse:
    """What is used and left of the range that is reserved now.

    Raises:
        PracticeFault: the configuration cannot be read.
    """
    ours = numbering()
    people = rows(
        Practitioner.select(Practitioner.id, Practitioner.number, Practitioner.name).order_by(Practitioner.id)
    )
    return NumbersUse(
        ours,
        _series(ours, InvoiceKind.INVOICE),
        _series(ours, InvoiceKind.DRE),
        tuple(_lots(ours, person, today) for person in people),
    )


def _series(ours: Numbering, kind: InvoiceKind) -> SeriesUse:
    first = ours.first(kind)
    runs = Counter.select(fn.SUM(Counter.last - Counter.first + 1)).where(
        Counter.name == SERIES[kind], Counter.first >= first, Counter.last <= LAST_NUMBER
    )
    return SeriesUse(first, runs.scalar() or 0, coming_number(kind))


def _lots(ours: Numbering, person: Sequence[Any], today: date) -> LotsUse:
    practitioner, number, name = person
    inside = Lot.number.between(ours.first_lot, ours.last_lot)
    known = Lot.select().where(Lot.practitioner == practitioner, inside)
    own = known.where(Lot.origin == Origin.OWN)
    last = own.order_by(Lot.id.desc()).first()
    resting = known.where(Lot.created_on >= today - LOT_REST).select(Lot.number).distinct().count()
    left = ours.last_lot - ours.first_lot + 1 - resting
    return LotsUse(number, name, own.count(), last.number if last else None, left)


@spoken()
def met_in(wanted: Numbering, today: date) -> Refused | None:
    """Which number of the billing software's files lies in this range; None where none does.

    What begins at 1 reserves nothing, and numbers near the end of the nine digits hinder nobody: ours stay below.
    """
    for kind, reason in ((InvoiceKind.INVOICE, Refusal.NUMBER_MET), (InvoiceKind.DRE, Refusal.DRE_MET)):
        met = highest_met(kind)
        if met >= wanted.first(kind) > 1:
            return Refused(reason, met)
    if wanted.first_lot > 1:
        met = _lots_met(wanted.first_lot, wanted.last_lot, today)
        if met:
            return Refused(Refusal.LOT_MET, met)
    return None


@spoken()
def proposed_numbering(today: date) -> Numbering:
    """The range to propose: the usual one, or one above it where the files' numbers have come that far."""
    usual = Numbering()
    first = {kind: _above(highest_met(kind), usual.first(kind)) for kind in InvoiceKind}
    lots = next((lots for lots in _LOTS if not _lots_met(*lots, today)), _LOTS[0])
    return replace(
        usual,
        first_invoice=first[InvoiceKind.INVOICE],
        first_dre=first[InvoiceKind.DRE],
        first_lot=lots[0],
        last_lot=lots[1],
    )


def _above(met: int, usual: int) -> int:
    """The usual first number, or the next round one that leaves room above what was met; never too near the end."""
    if met < usual:
        return usual
    return min((met // _STEP + 2) * _STEP + 1, LAST_NUMBER - ROOM)


@spoken()
def highest_met(kind: InvoiceKind) -> int:
    """The highest number of this kind in the files, those near the end left out; 0 if none."""
    theirs = Invoice.origin == Origin.IMPORTED, Invoice.kind == kind, Invoice.number <= LAST_NUMBER - ROOM
    return Invoice.select(fn.MAX(Invoice.number)).where(*theirs).scalar() or 0


def _lots_met(first: int, last: int, today: date) -> int:
    """The highest lot of the past year's files in this range; 0 if none."""
    theirs = Lot.origin == Origin.IMPORTED, Lot.created_on >= today - LOT_REST
    return Lot.select(fn.MAX(Lot.number)).where(*theirs, Lot.number.between(first, last)).scalar() or 0
