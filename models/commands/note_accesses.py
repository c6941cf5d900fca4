"""Noter ce qui a été vu: who looked at whom, once a person, a thing and a day; what is older than it is kept for goes.

Nothing of the practice changes by it, so it has no entry in the journal, which it would bury.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from typing import NamedTuple

from models.domain.accesses import Looked
from models.domain.author import Author
from models.store.database import execute, execute_many, rows_among, settings_file, transaction
from models.store.faults import spoken
from models.store.settings import read_retention


class Seen(NamedTuple):
    """Something that was looked at: « invoice 12 », « patient 3 », « list all »."""

    looked: Looked
    subject: str


@spoken()
def note_accesses(seen: Iterable[Seen], author: Author) -> None:
    """Note that somebody looked at these; what names an invoice is noted of its patient.

    Raises:
        PracticeFault: the database refused; nothing of it is noted.
    """
    noted = sorted({(one.looked.value, subject) for one, subject in _of_patients(list(seen))})
    if not noted:
        return
    at, day = author.at.astimezone(UTC).isoformat(timespec="seconds"), author.day.isoformat()
    over = read_retention(settings_file()).accesses_go_before(author.day).isoformat()
    with transaction():
        execute(
            "DELETE FROM access WHERE day > '' AND day < ?", (over,)
        )  # not one whose day is lost, which stands first
        execute_many(
            "INSERT INTO access (day, operator, looked, subject, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            ((day, author.operator, looked, subject, at) for looked, subject in noted),
        )


def _of_patients(seen: list[Seen]) -> list[tuple[Seen, str]]:
    invoices = {one.subject: int(one.subject.split()[1]) for one in seen if one.subject.startswith("invoice ")}
    told = "SELECT id, patient_id FROM invoice WHERE id IN ({set})"
    patients = {f"invoice {invoice}": f"patient {patient}" for invoice, patient in rows_among(told, invoices.values())}
    return [(one, patients.get(one.subject, one.subject)) for one in seen]
