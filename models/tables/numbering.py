"""The next number, taken in the transaction that uses it: contiguous, never reused, nine digits at most."""

from __future__ import annotations

from peewee import Check, IntegerField, TextField

from models.domain.faults import PracticeFault
from models.store.database import Table

INVOICES = "invoice"
"""The series of the practice's own invoices."""

LAST_INVOICE = 999_999_999
"""A B2 invoice number has nine digits (record 2, positions 27-35)."""

LAST_LOT = 999
"""A lot number has three digits (record 1, positions 20-22); after 999 comes 1 again."""


class Counter(Table):
    """A run of numbers given out without a gap: `first` to `last`, both included; empty while last < first.

    A jump (an imported file brought a higher number) opens a new row, so that `verifier` can tell it from a hole.
    """

    name = TextField(index=True)
    first = IntegerField()
    last = IntegerField(constraints=[Check("last >= first - 1")])


def next_invoice_number() -> int:
    """Take the practice's next invoice number; inside a transaction only.

    Raises:
        PracticeFault: the nine digits are used up.
    """
    series = _current(INVOICES)
    if series is None:
        series = Counter.create(name=INVOICES, first=1, last=0)
    if series.last >= LAST_INVOICE:
        raise PracticeFault(
            "Les numéros de facture à neuf chiffres sont épuisés : voyez l’éditeur avant toute autre facture."
        )
    series.last += 1
    Counter.update(last=Counter.last + 1).where(Counter.id == series.id).execute()
    return series.last


def keep_above(number: int) -> None:
    """Make the next own invoice number higher than `number`, met in a file; inside a transaction only."""
    series = _current(INVOICES)
    if series is None:
        Counter.create(name=INVOICES, first=number + 1, last=number)
    elif series.last < number:
        if series.last < series.first:
            Counter.update(first=number + 1, last=number).where(Counter.id == series.id).execute()
        else:
            Counter.create(name=INVOICES, first=number + 1, last=number)


def next_lot_number(practitioner_number: str, highest_known: int) -> int:
    """Take the practitioner's next lot number; inside a transaction only.

    Args:
        practitioner_number: nine digits; each practitioner has a series.
        highest_known: the last lot met in this practitioner's files, 0 if none.
    """
    name = f"lot {practitioner_number}"
    series = _current(name)
    if series is None:
        first = highest_known % LAST_LOT + 1
        Counter.create(name=name, first=first, last=first)
        return first
    number = series.last % LAST_LOT + 1
    if number == 1:
        Counter.create(name=name, first=1, last=1)
    else:
        Counter.update(last=number).where(Counter.id == series.id).execute()
    return number


def _current(name: str) -> Counter | None:
    found: Counter | None = Counter.select().where(Counter.name == name).order_by(Counter.id.desc()).first()
    return found
