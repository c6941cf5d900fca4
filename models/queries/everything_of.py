"""Everything that the practice holds of one person, row by row: for the right of access (GDPR, article 15).

Nothing is chosen: every table whose rows belong to a patient's, directly or through others, is read by its foreign
keys, so that a table of a later version is in it without being named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from peewee import ForeignKeyField

from models.domain.patience import Step
from models.domain.place import Practice
from models.domain.pseudonyms import NIR, Named, Redaction
from models.queries.accesses import AccessLine, accesses
from models.queries.files_about import copies, files_about
from models.queries.noted_beside import entries_beside
from models.queries.people import Person
from models.store.database import A_SET, Table, dicts, rows_among
from models.store.faults import spoken
from models.tables import journal
from models.tables.every_table import every_table
from models.tables.invoice import Invoice
from models.tables.lots import Lot
from models.tables.people import Patient, Practitioner
from models.tables.returns import Answer, Return

Row = dict[str, Any]

_AROUND: Final[tuple[tuple[type[Table], str, str, tuple[str, ...]], ...]] = (
    (Practitioner, "invoice", "practitioner", ("id", "number", "name")),
    (Lot, "invoice", "lot", ("id", "number", "created_on", "file_name", "status")),
    (Return, "answer", "source", ("id", "file_name", "reference", "created_on", "received_at")),
)
"""What these rows name of others: who cared, in which lot and in which return; of each only what says which it is."""

_ENTRIES: Final = "SELECT operator, at, action FROM journal_entry WHERE id IN ({set})"


@dataclass(frozen=True, slots=True)
class Everything:
    """What is held: the rows of each table by its name, the moments and actions of the journal, who is told where."""

    rows: dict[str, list[Row]]
    journal: tuple[tuple[str, str], ...]
    accesses: tuple[AccessLine, ...]
    files: tuple[Path, ...]
    """Lots and returns that name the person."""
    copies: tuple[Path, ...]
    """Backups, that hold what the practice held then."""


@spoken()
def everything_of(practice: Practice, person: Person, progress: Step | None = None) -> Everything:
    """All of this person, under every record that is theirs.

    Args:
        practice: the one that is open.
        person: found by `find_people`.
        progress: called with (files read, in all), then with (invoices looked up in the journal, in all).

    Raises:
        GivenUp: raised by `progress`.
        PracticeFault: the database or a folder cannot be read.
    """
    same = (Patient.nir == person.nir) & (Patient.birth == person.birth) & (Patient.birth_rank == person.birth_rank)
    itself = Patient.id == person.id  # what does not read in it equals nothing
    rows = _below(Patient, dicts(Patient.select().where(same | itself)))
    strays = Answer.select().where(Answer.invoice.is_null(), Answer.birth == person.birth)
    mine = strays.where((Answer.nir == person.nir) | (Answer.individual_nir == person.nir))
    if len(person.nir) == NIR and (found := dicts(mine)):
        for name, more in _below(Answer, found).items():
            rows.setdefault(name, []).extend(more)
    for table, owner, field, columns in _AROUND:
        ids = sorted({row[field] for row in rows.get(owner, ()) if row.get(field) is not None})
        if found := [{name: row[name] for name in columns} for row in _rows(table, "id", ids)]:
            rows[table._meta.table_name] = found
    files = files_about(
        practice, Redaction([Named(person.id, person.nir, person.last_name, person.first_name)]), progress
    )
    entries: set[tuple[str, str, str]] = set()
    invoices = rows.get(INVOICE_ROWS, [])
    for done, row in enumerate(invoices):
        if progress is not None:
            progress(done, len(invoices))
        entries.update(journal.who_changed(row["id"], 0))
    beside = entries_beside(row["id"] for row in invoices)
    entries.update(rows_among(_ENTRIES, beside))
    return Everything(
        {name: [_plain(row) for row in some] for name, some in rows.items()},
        tuple(sorted((at, action) for _, at, action in entries)),
        tuple(line for row in rows["patient"] for line in accesses(patient_id=row["id"])),
        (*files.may_go, *files.unread),
        copies(practice),
    )


def _below(table: type[Table], found: list[Row]) -> dict[str, list[Row]]:
    """These rows, and all that belong to them, by the names of their tables."""
    rows: dict[str, list[Row]] = {table._meta.table_name: found}
    for child in every_table():
        for field in child._meta.sorted_fields:
            if isinstance(field, ForeignKeyField) and field.rel_model is table and child is not table:
                below = _rows(child, field.name, [row["id"] for row in found])
                for name, more in (_below(child, below) if below else {}).items():
                    known = {row["id"] for row in rows.get(name, ())}
                    rows.setdefault(name, []).extend(row for row in more if row["id"] not in known)
    return rows


def _rows(table: type[Table], field: str, ids: list[int]) -> list[Row]:
    found: list[Row] = []
    for start in range(0, len(ids), A_SET):
        column = table._meta.fields[field]
        found += dicts(table.select().where(column.in_(ids[start : start + A_SET])).order_by(table.id))
    return found


def _plain(row: Row) -> Row:
    return {name: _value(value) for name, value in row.items() if name != "search"}


def _value(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_value(one) for one in value]
    return value


INVOICE_ROWS: Final = Invoice._meta.table_name
"""Where the person's invoices stand in `Everything.rows`."""
