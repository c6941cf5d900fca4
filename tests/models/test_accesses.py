"""The journal of accesses: who looked at whom, once a day, without a name, for as long as it is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.commands.note_accesses import Seen, note_accesses
from models.domain.accesses import Looked
from models.domain.faults import PracticeFault
from models.domain.place import Practice
from models.domain.retention import Retention, years_before
from models.queries.accesses import accesses
from models.queries.verification import breaches
from models.store.configuration import read_configuration
from models.store.database import db
from models.store.settings import read_retention
from models.tables.invoice import Invoice
from models.tables.journal import JournalEntry
from tests.models.practice import CLAIRE, NIRS, SOPHIE, an_invoice, take_in

PATIENTS = (an_invoice(1001), an_invoice(1002), an_invoice(1003, nir=NIRS[1], last_name="LEROY", first_name="PAUL"))


@pytest.fixture
def ids(practice: Practice) -> list[int]:
    """Two invoices of one patient, one of another."""
    take_in(*PATIENTS)
    return [row.id for row in Invoice.select().order_by(Invoice.number)]


def sheets(*ids: int) -> list[Seen]:
    return [Seen(Looked.SHEET, f"invoice {invoice_id}") for invoice_id in ids]


def test_a_patient_is_noted_once_a_person_and_a_day(practice: Practice, ids: list[int]) -> None:
    entries = JournalEntry.select().count()
    for author in (SOPHIE, SOPHIE, CLAIRE, replace(SOPHIE, at=SOPHIE.at + timedelta(days=1))):
        note_accesses(sheets(*ids), author)
    note_accesses([], SOPHIE)
    note_accesses([Seen(Looked.LIST, "list all"), Seen(Looked.FORM, f"invoice {ids[0]}")], SOPHIE)
    found = accesses()
    assert len(found) == 8
    assert {(line.last_name, line.first_name) for line in found} == {("DUPONT", "MARIE"), ("LEROY", "PAUL"), ("", "")}
    assert [line.operator for line in accesses(SOPHIE.day + timedelta(days=1))] == ["sophie"] * 2
    assert len(accesses(patient_id=Invoice.get_by_id(ids[0]).patient_id)) == 4
    kept = str(db.execute_sql("SELECT * FROM access").fetchall())
    assert not any(word in kept for word in ("DUPONT", "LEROY", *NIRS))
    assert JournalEntry.select().count() == entries
    assert list(breaches(practice)) == []


def test_what_is_older_than_it_is_kept_for_goes(practice: Practice, ids: list[int]) -> None:
    note_accesses(sheets(*ids), replace(SOPHIE, at=SOPHIE.at - timedelta(days=366)))
    note_accesses(sheets(*ids), replace(SOPHIE, at=SOPHIE.at - timedelta(days=365)))
    note_accesses(sheets(*ids), SOPHIE)
    assert {line.day for line in accesses()} == {SOPHIE.day, SOPHIE.day - timedelta(days=365)}


def test_an_access_is_not_rewritten(practice: Practice, ids: list[int]) -> None:
    note_accesses(sheets(*ids), SOPHIE)
    with pytest.raises(Exception, match="sealed"):
        db.execute_sql("UPDATE access SET operator = 'eve'")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("", Retention(5, 1)),
        ("[conservation]\nfacturation = 10\n", Retention(10, 1)),
        ("[conservation]\nacces = 3\n", Retention(5, 3)),
        ("[conservation]\nfacturation = 0\n", None),
        ("[conservation]\nacces = true\n", None),
        ('[conservation]\nacces = "1 an"\n', None),
        ("[conservation]\nacces = 21\n", None),
    ],
)
def test_the_configuration_says_how_long(practice: Practice, written: str, kept: Retention | None) -> None:
    practice.settings_file.write_text(written, encoding="utf-8")
    assert read_configuration(practice.settings_file).text == written
    if kept is not None:
        assert read_retention(practice.settings_file) == kept
        return
    with pytest.raises(PracticeFault, match=r"ligne 2 : \w+ = .* ne va pas ; écrivez un nombre d’années de 1 à 20\."):
        read_retention(practice.settings_file)


def test_years_are_counted_from_day_to_day() -> None:
    assert Retention().billing_goes_before(date(2026, 11, 28)) == date(2021, 11, 28)
    assert years_before(date(2028, 2, 29), 1) == date(2027, 2, 28)
