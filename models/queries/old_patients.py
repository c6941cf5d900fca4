"""Who need not be named any more: patients of whose care and invoices nothing is left to be done or to be proven."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from models.domain.exchanges import LotStatus
from models.domain.pseudonyms import Named
from models.domain.retention import years_before
from models.domain.states import InvoiceState
from models.store.database import execute
from models.store.faults import spoken
from models.tables.aside import ASIDE

UNPAID: Final = 3
"""Years for which an invoice that was not paid in full holds its patient back: the claim lapses after 24 to 27 months
(L.160-11 CSS, FIELD.md §2), what was paid unduly is asked back for three years."""

_ENDED: Final = (InvoiceState.PAID, InvoiceState.CANCELLED, InvoiceState.GIVEN_UP)
_HERE: Final = (InvoiceState.UNVALIDATED, InvoiceState.VALIDATED)

_INVOICES: Final = (
    "SELECT i.id, i.patient_id, i.state, coalesce(i.replaces_id, i.dre_of_id), coalesce(b.status, ''),"  # noqa: S608
    " i.billed_on, (SELECT max(a.done_on) FROM act a WHERE a.invoice_id = i.id),"
    f" EXISTS (SELECT 1 FROM answer WHERE invoice_id = i.id AND {ASIDE})"
    " FROM invoice i LEFT JOIN batch b ON b.id = i.batch_id ORDER BY i.id"
)


@dataclass(frozen=True, slots=True)
class OldPatients:
    """Whom a purge would take the names from, and with which invoices; `held` are old too, but something is open."""

    people: tuple[Named, ...]
    invoices: tuple[int, ...]
    held: int

    @property
    def patients(self) -> tuple[int, ...]:
        """The ids of their records."""
        return tuple(person.patient_id for person in self.people)


@spoken()
def old_patients(before: date, today: date) -> OldPatients:
    """The patients whose last care, last invoice and last right seen are before a day, and of whom nothing is open.

    Open is what is not sent yet, what waits for a decision, and what was not paid in the last years. Who has the same
    NIR as another (a person under several records, a family), or an invoice that follows another's, goes or stays with
    them.

    Args:
        before: that day.
        today: the day of whoever asks.

    Raises:
        PracticeFault: the database cannot be read.
    """
    rows = execute("SELECT id, nir, last_name, first_name FROM patient WHERE purged_on IS NULL ORDER BY id").fetchall()
    invoices = execute(_INVOICES).fetchall()
    limit, unpaid_since = before.isoformat(), years_before(today, UNPAID).isoformat()
    recent = {
        patient for (patient,) in execute('SELECT patient_id FROM "right" WHERE seen_on >= ?', (limit,)).fetchall()
    }
    still: set[int] = set()
    owner = {invoice: patient for invoice, patient, *_ in invoices}
    ties: list[tuple[int, int]] = []
    for _, patient, state, follows, lot, billed_on, done_on, aside in invoices:
        last = max(billed_on, done_on or "")
        if last >= limit:
            recent.add(patient)
        if aside or lot == LotStatus.IN_DOUBT or state in _HERE or (state not in _ENDED and last >= unpaid_since):
            still.add(patient)
        if follows is not None and owner[follows] != patient:
            ties.append((owner[follows], patient))
    first: dict[str, int] = {}
    ties += [(first.setdefault(nir, patient), patient) for patient, nir, *_ in rows]
    kept = _spread(recent | still, ties)
    people = tuple(Named(*row) for row in rows if row[0] not in kept)
    gone = {person.patient_id for person in people}
    held = _spread(recent, ties)
    return OldPatients(
        people,
        tuple(invoice for invoice, patient, *_ in invoices if patient in gone),
        sum(1 for patient, *_ in rows if patient in kept and patient not in held),
    )


def _spread(some: Iterable[int], ties: Iterable[tuple[int, int]]) -> set[int]:
    """These, and all who are tied to one of them."""
    near: dict[int, list[int]] = {}
    for one, other in ties:
        near.setdefault(one, []).append(other)
        near.setdefault(other, []).append(one)
    found, waits = set(some), list(some)
    while waits:
        for other in near.get(waits.pop(), ()):
            if other not in found:
                found.add(other)
                waits.append(other)
    return found
