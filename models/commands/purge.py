"""Purger: the names and NIR of old patients go for good; numbers, amounts and the journal's chain stay whole.

What was sent is sealed for ever against everything but this: the guards are lifted inside the change alone, which puts
them back, seals anew what it touched and has its entry like any other. The database's file is then written anew, and
what else holds the same people goes: files of lots that left, returns that were read, exports, printouts, copies.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from models.commands.back_up import back_up
from models.commands.change import Change, open_change
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.faults import PracticeFault
from models.domain.patience import Step
from models.domain.place import Practice
from models.domain.pseudonyms import Named, Pseudonym, Redaction
from models.domain.refusals import Refusal, Refused
from models.queries.files_about import FilesAbout, copies, files_about, taken_out
from models.queries.old_patients import OldPatients, old_patients
from models.store.compact import compact
from models.store.database import A_SET, Table, execute, rows, rows_among, settings_file
from models.store.faults import spoken
from models.store.guards import unguarded
from models.store.in_bulk import in_bulk
from models.store.settings import read_retention
from models.store.whole_file import settle_folder
from models.tables.every_table import every_table
from models.tables.fields import StoredText
from models.tables.invoice import Act, Invoice
from models.tables.journal import JournalEntry
from models.tables.operators import Access, ListedOperator, UnlockCode
from models.tables.people import Patient
from models.tables.returns import Answer, Rejection
from models.tables.search import search_text
from models.tables.sets import rows_with, update_rows
from models.tables.unsaved import UnsavedForm


@dataclass(frozen=True, slots=True)
class Purge:
    """What a purge would do: whom it takes the names from, with how many invoices, which files would go."""

    before: date
    patients: int
    invoices: int
    held: int
    """Old too, but something of theirs is open."""
    files: FilesAbout
    taken_out: tuple[Path, ...]
    """Exports and printouts: all of them go."""
    copies: tuple[Path, ...]
    journal: tuple[int, ...]
    """Entries of the journal that name one of them: sealed, they stay as they are."""


@dataclass(frozen=True, slots=True)
class Purged:
    """Done: nothing of the practice names them any more, unless a file is left."""

    purge: Purge
    left: tuple[Path, ...]
    """Files that could not be taken away."""
    copy: Path | None
    """The backup that took the place of the older ones; None where there was none."""


def what_goes(practice: Practice, before: date, author: Author, progress: Step | None = None) -> Purge | Refused:
    """What a purge would do; nothing is changed.

    Args:
        practice: the one that is open.
        before: the day before which the last care and the last invoice of a patient must lie.
        author: who asks.
        progress: called with (steps done, in all).

    Raises:
        PracticeFault: the database, the configuration or a folder cannot be read.
        GivenUp: raised by `progress`.
    """
    limit = read_retention(settings_file()).billing_goes_before(author.day)
    if before > limit:
        return Refused(Refusal.KEPT_LONGER, typed=limit.isoformat())
    old = old_patients(before, author.day)
    steps = _Steps(progress, _sets(old))
    return _purge(practice, before, old, _redaction(old, steps), steps)


def purge(practice: Practice, before: date, author: Author, progress: Step | None = None) -> Purged | Refused:
    """Take the names and NIR of old patients out of the practice, for good.

    The files go before the change is kept: a purge that was cut is begun again, and finds the same people. What comes
    after it (the database's file written anew, its copies) is done again by any later purge.

    Args:
        practice: the one that is open.
        before: as `what_goes` has it.
        author: who decides.
        progress: called with (steps done, in all), the last time before the first file goes: from then on it is done.

    Raises:
        PracticeFault: the database or the disk refused; what is in the database is unchanged, or all of it is done.
        GivenUp: raised by `progress`; nothing was changed.
    """
    limit = read_retention(settings_file()).billing_goes_before(author.day)
    if before > limit:
        return Refused(Refusal.KEPT_LONGER, typed=limit.isoformat())
    with in_bulk(), open_change(author, Action.PURGE) as change:
        old = old_patients(before, author.day)
        steps = _Steps(progress, _sets(old) * 2 + len(_free_tables()) + 1)
        redaction = _redaction(old, steps)
        planned = _purge(practice, before, old, redaction, steps)
        left: tuple[Path, ...] = ()
        if old.people:
            with unguarded():
                _take_names(change, old, redaction, author.day, steps)
            going = (*planned.files.may_go, *planned.taken_out)
            left = _remove(going)
            counted = {"patients": planned.patients, "invoices": planned.invoices, "files": len(going)}
            change.record("purge", {"before": before.isoformat(), **counted})
    try:
        compact()
    except PracticeFault as fault:
        raise PracticeFault(
            "Les noms sont ôtés, mais le fichier de la base n’est pas encore réécrit et peut les contenir : "
            "fermez les autres postes, faites de la place sur le disque, puis recommencez la purge."
        ) from fault
    copy = None
    if planned.copies:
        copy = back_up(practice, None, author).place
        left += _remove(planned.copies)
    return Purged(planned, left, copy)


def _purge(practice: Practice, before: date, old: OldPatients, redaction: Redaction, steps: _Steps) -> Purge:
    files = files_about(practice, redaction, steps.tell) if old.people else FilesAbout((), (), ())
    details = JournalEntry.select(JournalEntry.id, JournalEntry.detail).order_by(JournalEntry.id).tuples()
    named = [row_id for row_id, text in rows(details) if redaction.without(text) != text] if old.people else []
    out = taken_out(practice) if old.people else ()
    return Purge(before, len(old.people), len(old.invoices), old.held, files, out, copies(practice), tuple(named))


class _Steps:
    """Counts what was done, and tells it."""

    def __init__(self, progress: Step | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def tell(self, *_: int) -> None:
        """How far it is.

        Raises:
            GivenUp: it is to end here.
        """
        if self._progress is not None:
            self._progress(self._done, self._total)

    def begin(self) -> None:
        """Another step begins."""
        self.tell()
        self._done += 1


def _sets(old: OldPatients) -> int:
    return -(-len(old.invoices) // A_SET)


@spoken()
def _redaction(old: OldPatients, steps: _Steps) -> Redaction:
    """These people under every name and NIR that a record, an invoice or an answer of theirs gives.

    What a person who stays bears too is left out: it names them.
    """
    found = {(one.patient_id, one.nir, one.last_name, one.first_name) for one in old.people}
    for start in range(0, len(old.invoices), A_SET):
        steps.begin()
        some = old.invoices[start : start + A_SET]
        found.update((who, nir, last, first) for who, nir, last, first in rows_among(_BORNE, some))
        for who, nir, individual, last, first in rows_among(_TOLD, some):
            found.update((who, number, last, first) for number in (nir, individual))
    gone = set(old.patients)
    others = rows(Patient.select(Patient.id, Patient.nir, Patient.last_name, Patient.first_name).tuples())
    return Redaction([Named(*one) for one in sorted(found)], [Named(*one) for one in others if one[0] not in gone])


_BORNE: Final = "SELECT patient_id, nir, last_name, first_name FROM invoice WHERE id IN ({set})"
_TOLD: Final = (
    "SELECT i.patient_id, a.nir, a.individual_nir, a.last_name, a.first_name FROM answer a"
    " JOIN invoice i ON i.id = a.invoice_id WHERE i.id IN ({set})"
)
_FORMS: Final = "SELECT id FROM unsaved_form WHERE invoice_id IN ({set})"
_LINES: Final = "SELECT id FROM act WHERE invoice_id IN ({set}) AND (other <> '[]' OR suites <> '[]')"


def _take_names(change: Change, old: OldPatients, redaction: Redaction, day: date, steps: _Steps) -> None:
    pseudonyms = {patient: Pseudonym.of(patient) for patient in old.patients}
    update_rows(
        Patient,
        (
            (patient, {**_identity(one), "search": search_text(one.last_name, ""), "purged_on": day})
            for patient, one in pseudonyms.items()
        ),
    )
    owners: dict[int, int] = {}
    for start in range(0, len(old.invoices), A_SET):
        steps.begin()
        invoices = rows_with(Invoice, old.invoices[start : start + A_SET])
        for invoice in invoices.values():
            owners[invoice.id] = invoice.patient_id
            for name, value in _identity(pseudonyms[invoice.patient_id]).items():
                setattr(invoice, name, value)
            invoice.contract, invoice.other, invoice.suites = "", (), ()
        change.save(*invoices.values())
        update_rows(Act, ((row_id, {"other": (), "suites": ()}) for (row_id,) in rows_among(_LINES, invoices)))
        forms = [row_id for (row_id,) in rows_among(_FORMS, invoices)]
        UnsavedForm.delete().where(UnsavedForm.id.in_(forms)).execute()
    steps.begin()
    _answers(redaction, owners, pseudonyms)
    for table in _free_tables():
        steps.begin()
        _free_texts(table, redaction, owners)


def _free_tables() -> list[type[Table]]:
    """Where somebody may be named in free text."""
    kept = (JournalEntry, ListedOperator, UnlockCode, Access, Invoice, Act)
    return [table for table in every_table() if table not in kept]


def _identity(one: Pseudonym) -> dict[str, Any]:
    return {"nir": one.nir, "nir_key": "", "birth": "", "last_name": one.last_name, "first_name": ""}


def _answers(redaction: Redaction, owners: dict[int, int], pseudonyms: dict[int, Pseudonym]) -> None:
    """What the caisses said of these invoices, and of these people of whom no invoice was found."""
    changed: list[tuple[int, dict[str, str]]] = []
    for row_id, invoice, nir, individual in execute(
        "SELECT id, invoice_id, nir, individual_nir FROM answer"
    ).fetchall():
        whose = redaction.whose(nir) or redaction.whose(individual) if invoice is None else owners.get(invoice)
        if whose is not None:
            number = pseudonyms[whose].nir
            named = {"nir": number, "individual_nir": number if individual else ""}
            changed.append((row_id, {**named, "last_name": "", "first_name": "", "birth": ""}))
    update_rows(Answer, changed)


def _free_texts(table: type[Table], redaction: Redaction, owners: dict[int, int]) -> None:
    """Every text of a table that is no closed list, without these people."""
    fields = (field for field in table._meta.sorted_fields if field.field_type == "TEXT")
    texts = [field.name for field in fields if not isinstance(field, StoredText)]
    if not texts:
        return
    about = _about(table)
    own = table._meta.fields.get("invoice")
    columns = ", ".join(f'"{table._meta.fields[name].column_name}"' for name in texts)
    sql = f'SELECT id, {own.column_name if own else "NULL"}, {columns} FROM "{table._meta.table_name}"'  # noqa: S608
    changed: list[tuple[int, dict[str, str]]] = []
    for row_id, its_own, *said in execute(sql).fetchall():
        invoice = about.get(row_id, its_own)
        if invoice is not None and invoice not in owners:
            continue
        whose = owners.get(invoice or 0)
        named = [(name, text, redaction.without(text, whose)) for name, text in zip(texts, said, strict=True) if text]
        if different := {name: without for name, text, without in named if without != text}:
            changed.append((row_id, different))
    update_rows(table, changed)


def _about(table: type[Table]) -> dict[int, int]:
    """The invoice that each row of a table is about, where another table's tells it."""
    if table is not Rejection:
        return {}
    return dict(execute(_OF_REJECTIONS).fetchall())


_OF_REJECTIONS: Final = (
    "SELECT r.id, a.invoice_id FROM rejection r JOIN answer a ON a.id = r.answer_id WHERE a.invoice_id IS NOT NULL"
)


def _remove(files: Sequence[Path]) -> tuple[Path, ...]:
    """Take files away, for good: no power cut brings one back; those that stay."""
    for path in files:
        with suppress(OSError):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    for folder in {path.parent for path in files}:
        with suppress(OSError):
            settle_folder(folder)
    return tuple(path for path in files if path.exists())
