"""The next number, taken in the transaction that uses it: contiguous in our range, never reused, of nine digits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from peewee import Check, IntegerField, TextField

from models.domain.anchor import LOTS
from models.domain.faults import PracticeFault
from models.domain.numbering import LAST_NUMBER, Numbering, near_the_end
from models.domain.states import InvoiceKind
from models.store.database import Table, execute, settings_file
from models.store.numbering_file import read_numbering
from models.tables.invoice import Invoice
from models.tables.sets import update_rows

SERIES: Final = {InvoiceKind.INVOICE: "invoice", InvoiceKind.DRE: "dre"}
"""The names of the series of the practice's own invoices and DRE."""

_FREE_ABOVE: Final = (
    "SELECT coalesce(min(CASE WHEN number > before + 1 THEN before END), max(number)) + 1 FROM"
    " (SELECT number, lag(number) OVER (ORDER BY number) AS before FROM invoice WHERE kind = ? AND number >= ?) AS met"
)
"""The first free number above one that is taken. Each is held against the one before, in one reading: held against all
by NOT EXISTS, a server without fresh statistics, as after an import, may read the table once for each."""


class Counter(Table):
    """A run of numbers given out without a gap: `first` to `last`, both included; empty while last < first.

    A jump (an imported file brought a higher number) opens a new row, so that `verifier` can tell it from a hole.
    `lowest` and `highest` are the range that was reserved when the run began; None for those of before there was one.
    """

    name = TextField(index=True)
    first = IntegerField()
    last = IntegerField(constraints=[Check("last >= first - 1")])
    lowest = IntegerField(null=True)
    highest = IntegerField(null=True)

    def goes_on(self, number: int, lowest: int, highest: int) -> bool:
        """Whether this number, of this range, follows in the run; else it begins a new one."""
        same = self.lowest is None or (self.lowest, self.highest) == (lowest, highest)
        return same and self.first >= lowest and number == self.last + 1


def numbering() -> Numbering:
    """The range of the open practice, as its configuration says it now.

    Raises:
        PracticeFault: the configuration cannot be read.
    """
    return read_numbering(settings_file())


def next_number(kind: InvoiceKind) -> int:
    """Take the practice's next number of an invoice or of a DRE; inside a transaction only.

    A number that an imported file bears already is passed over.

    Raises:
        PracticeFault: the nine digits are used up, or the configuration cannot be read.
    """
    ours = numbering()
    run, following = _following(kind, ours)
    number = _first_free(kind, following)
    if number > LAST_NUMBER:
        raise PracticeFault(
            "Les numéros de facture à neuf chiffres sont épuisés : réservez une plage qui commence plus bas."
        )
    if run is not None and run.goes_on(number, ours.first(kind), LAST_NUMBER):
        update_rows(Counter, [(run.id, {"last": number})])
    else:
        Counter.create(name=SERIES[kind], first=number, last=number, lowest=ours.first(kind), highest=LAST_NUMBER)
    return number


def coming_number(kind: InvoiceKind) -> int:
    """The number that the next invoice or DRE of ours would get, for who wants to know it."""
    return _first_free(kind, _following(kind, numbering())[1])


def keep_above(numbers: Iterable[int]) -> int | None:
    """Go on above these numbers of invoices, met in a file, where they lie in our range; inside a transaction only.

    Those near the end are left alone: nothing could follow them.

    Returns:
        The number that our next invoice gets; None where nothing had to move.
    """
    return _go_on_above(InvoiceKind.INVOICE, numbers)


def jump_above(kind: InvoiceKind, number: int) -> bool:
    """Never give this number nor one below it; whether anything had to move. Inside a transaction only."""
    return _go_on_above(kind, [number]) is not None


def jump_lots(practitioner_number: str, number: int) -> bool:
    """Go on after this lot, whoever gave it; whether anything had to move. Inside a transaction only."""
    name, ours = f"{LOTS}{practitioner_number}", numbering()
    run = _last_run(name)
    if run is not None and run.last == number:
        return False
    Counter.create(name=name, first=number + 1, last=number, lowest=ours.first_lot, highest=ours.last_lot)
    return True


def _go_on_above(kind: InvoiceKind, numbers: Iterable[int]) -> int | None:
    ours = numbering()
    lowest = ours.first(kind)
    met = max((n for n in numbers if n >= lowest and not near_the_end(n)), default=0)
    run, number = _following(kind, ours)
    if met < number:
        return None
    if run is not None and run.last < run.first:
        update_rows(Counter, [(run.id, {"first": met + 1, "last": met})])
    else:
        Counter.create(name=SERIES[kind], first=met + 1, last=met, lowest=lowest, highest=LAST_NUMBER)
    return met + 1


def coming_lots(practitioner_number: str, highest_known: int) -> Iterator[int]:
    """The practitioner's lot numbers in the order in which they come, each once; after the last the first again.

    Args:
        practitioner_number: nine digits; each practitioner has a series.
        highest_known: the last lot met in this practitioner's files, 0 if none: followed where nothing is reserved.
    """
    ours = numbering()
    count = ours.last_lot - ours.first_lot + 1
    run = _last_run(f"lot {practitioner_number}")
    last = run.last if run else highest_known if ours.first_lot == 1 else 0
    start = last + 1 - ours.first_lot if ours.first_lot <= last <= ours.last_lot else 0
    return (ours.first_lot + (start + step) % count for step in range(count))


def take_lot_number(practitioner_number: str, number: int) -> None:
    """Note that a lot number is given; inside a transaction only."""
    name, ours = f"lot {practitioner_number}", numbering()
    run = _last_run(name)
    if run is not None and run.goes_on(number, ours.first_lot, ours.last_lot):
        update_rows(Counter, [(run.id, {"last": number})])
    else:
        Counter.create(name=name, first=number, last=number, lowest=ours.first_lot, highest=ours.last_lot)


def _following(kind: InvoiceKind, ours: Numbering) -> tuple[Counter | None, int]:
    """The run in our range that goes on, if there is one, and the number that follows."""
    first = ours.first(kind)
    inside = Counter.first.between(first, LAST_NUMBER)
    run: Counter | None = (
        Counter.select().where(Counter.name == SERIES[kind], inside).order_by(Counter.last.desc(), Counter.id.desc())
    ).first()
    return run, first if run is None else run.last + 1


def _first_free(kind: InvoiceKind, number: int) -> int:
    """This number, or the first above it that no invoice of this kind bears, however many are taken in between.

    One beyond the nine digits stays what it is: no invoice bears it, and a damaged counter's may not even be asked for.
    """
    if number > LAST_NUMBER or not Invoice.select().where(Invoice.number == number, Invoice.kind == kind).exists():
        return number
    free: int = execute(_FREE_ABOVE, (kind.value, number)).fetchone()[0]
    return free


def _last_run(name: str) -> Counter | None:
    found: Counter | None = Counter.select().where(Counter.name == name).order_by(Counter.id.desc()).first()
    return found
