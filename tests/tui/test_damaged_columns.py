"""Each column of each table damaged in turn, each reading verb on it: a French sentence or the rest, never an incident.

The short run takes a few columns of each way of damage, drawn anew; ACCUEIL_LONG=1 takes all of them.
"""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from peewee import BooleanField

from models.commands.change import open_change
from models.commands.file_away import file_invoices
from models.commands.give_up import give_up
from models.commands.keep_typed import keep_typed
from models.commands.note_accesses import Seen, note_accesses
from models.commands.note_document import note_document
from models.commands.operators import enrol
from models.commands.record_right import record_right
from models.commands.remind import remind
from models.commands.send_sheets import send_sheets
from models.commands.transmit import transmit_all
from models.commands.unlock_code import choose_code
from models.commands.withdraw_right import withdraw_right
from models.domain.accesses import Looked
from models.domain.actions import Action
from models.domain.filing import FiledAs
from models.domain.operators import Operator, Role
from models.domain.papers import DocumentKind, DocumentStep
from models.domain.states import RightSource
from models.domain.typed_form import TypedForm
from models.practice import close_practice, open_practice
from models.queries.papers import paper_lots
from models.store.database import db, execute
from models.store.written import note
from models.tables.every_table import every_table
from models.tables.seals import SEALED
from tests.models.practice import (
    SOPHIE,
    TABLES,
    an_answer,
    an_invoice,
    cancelled,
    hear,
    ready,
    rejected,
    sheet,
    take_in,
)
from tests.models.test_tampering import a_row
from tests.practices import copy_practice, empty_practice, practice_in
from tests.sqlite_file import raw
from tests.tui.command_line import accueil

LONG: Final = "ACCUEIL_LONG" in os.environ

WAYS: Final = {
    "no text": "CAST(x'ff4c' AS TEXT)",
    "nothing": "NULL",
    "a word that nobody knows": "'xyz'",
    "a day that is none": "'2026-13-45'",
    "a number without end": "9223372036854775807",
}

VERBS: Final = (
    *(("lister", which) for which in ("--toutes", "--annulables", "--non-validees", "--validees")),
    *(("lister", "--toutes", "--format", kind) for kind in ("json", "csv")),
    *(("lister", "--toutes", "--filtre", "dupont"), ("lister", "--toutes", "--imprimer"), ()),
    *(("relever", "--liste"), ("relever", "--liste", "--format", "json"), ("trancher",), ("controler", "--toutes")),
    *(("bilan",), ("bilan", "--argent"), ("bilan", "--enseignements"), ("journal",), ("journal", "--format", "json")),
    *(("patient", "dupont"), ("patient", "dupont", "--exporter"), ("relancer",), ("papiers",), ("papiers", "--pieces")),
    *(("dre",), ("dre", "--annulations"), ("operateurs",), ("acces",), ("numerotation",), ("cle",), ("verifier",)),
)
"""What only reads."""


class Spot(NamedTuple):
    """What is damaged in the first row of its table."""

    table: str
    column: str
    way: str


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a practice with a row in every table."""
    place = copy_practice(empty_practice(), tmp_path_factory.mktemp("lived in"))
    open_practice(place)
    cancelled(1001)
    ready(2001)
    transmit_all(place.outbox, SOPHIE)
    gone = cancelled(4001)
    give_up(gone.id, gone.version, FiledAs.RENOUNCED, "erreur", SOPHIE)
    rejected(1003, settlement="15")
    take_in(an_invoice(3001), lot=3, certification="D")
    hear(an_answer(an_invoice(9001), "paid"), reference="R00009")
    old = sheet(1003)
    record_right(old.id, "4", date(2026, 1, 1), None, RightSource.ATTESTATION, SOPHIE)
    record_right(old.id, "0", date(2026, 1, 1), None, RightSource.ATTESTATION, SOPHIE)
    withdraw_right(1, "erreur", SOPHIE)
    keep_typed("form", sheet(1002).id, sheet(1002).version, TypedForm({"exemption": "4"}, ()), SOPHIE)
    send_sheets([lot.id for lot in paper_lots(SOPHIE.day)][:1], SOPHIE.day, "", SOPHIE)
    remind([sheet(3001).id], SOPHIE.day, "appel", SOPHIE)
    note_document([old.id], DocumentKind.PRESCRIPTION, DocumentStep.SCANNED, SOPHIE.day, "", SOPHIE)
    file_invoices([(old.id, None)], FiledAs.CLAIMED, "", date(2026, 12, 1), SOPHIE)
    note_accesses([Seen(Looked.SHEET, f"invoice {old.id}")], SOPHIE)
    with open_change(SOPHIE, Action.IMPORT) as change:
        for table in SEALED:
            if table not in {"operator", "unlock_code"} and not execute(f'SELECT 1 FROM "{table}"').fetchall():
                db.execute_sql(a_row(table, 1))
                note(table, [execute(f'SELECT max(id) FROM "{table}"').fetchone()[0]])
        change.record("file x")
    enrol(Operator("sophie", Role.MANAGER), SOPHIE)
    choose_code("123456", SOPHIE)
    assert [table for table in TABLES if not execute(f'SELECT 1 FROM "{table}"').fetchall()] == []
    close_practice()
    return place.folder


def spots(folder: Path) -> Iterator[Spot]:
    """Every one that there is; any number but 0 reads as true."""
    truths = {
        (table._meta.table_name, field.column_name)
        for table in every_table()
        for field in table._meta.sorted_fields
        if isinstance(field, BooleanField)
    }
    with closing(raw(practice_in(folder).location)) as connection:
        for table in TABLES:
            for _, column, *_ in connection.execute(f'PRAGMA table_info("{table}")').fetchall():
                ways = [way for way in WAYS if "number" in way] if column == "id" else list(WAYS)
                yield from (
                    Spot(table, column, way) for way in ways if (table, column) not in truths or "number" not in way
                )


def spoil(base: str, spot: Spot) -> int | None:
    """Damage it as a disk might, whatever the table's definition allows.

    Returns:
        The row's id, as it was; None where that is what stood there.
    """
    table, column, way = spot
    with _Lawless(base, table) as connection:
        (row_id,) = connection.execute(f'SELECT min(id) FROM "{table}"').fetchone()
        (same,) = connection.execute(
            f'SELECT "{column}" IS {WAYS[way]} FROM "{table}" WHERE id = ?', (row_id,)
        ).fetchone()
        connection.execute(f'UPDATE "{table}" SET "{column}" = {WAYS[way]} WHERE id = ?', (row_id,))
    return None if same else int(row_id)


class _Lawless:
    """A connection to a base of which a table has neither guard nor rule; they are back at the end."""

    def __init__(self, base: str, table: str) -> None:
        self._base, self._table = base, table
        self._connection: Any = None

    def __enter__(self) -> Any:
        with closing(raw(self._base, None)) as connection:
            self._guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in self._guards:
                connection.execute(f'DROP TRIGGER "{name}"')
            (self._sql,) = connection.execute(
                "SELECT sql FROM sqlite_master WHERE name = ? AND type = 'table'", (self._table,)
            ).fetchone()
            self._write(connection, re.sub(r"(?<! IS) NOT NULL|\bSTRICT\s*$", "", self._sql))
        self._connection = raw(self._base, None)
        self._connection.execute("PRAGMA foreign_keys = OFF")
        self._connection.execute("PRAGMA ignore_check_constraints = ON")
        return self._connection

    def __exit__(self, *_: object) -> None:
        self._connection.close()
        with closing(raw(self._base, None)) as connection:
            self._write(connection, self._sql)
        with closing(raw(self._base, None)) as connection:
            for _, sql in self._guards:
                connection.execute(sql)

    def _write(self, connection: Any, sql: str) -> None:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ? AND type = 'table'", (sql, self._table))
        connection.execute("PRAGMA writable_schema = OFF")


def falls(folder: Path, spot: Spot, verbs: tuple[tuple[str, ...], ...]) -> list[str]:
    """What goes wrong beside this damage."""
    place = practice_in(folder)
    row_id = spoil(place.location, spot)
    found: list[str] = []
    for verb in verbs if row_id is not None else ():
        try:
            ran = accueil(*verb, "--base", place.location, "--operateur", "sophie")
        except Exception as error:  # noqa: BLE001 - whatever it is, it is one more
            found.append(f"{spot} {' '.join(verb)}: {error!r}")
            continue
        said = (ran.out + ran.err).replace(str(folder), "")  # whose name may hold a column's
        if ran.code not in (0, 1) or "incident" in said or (ran.code and not said.strip()):
            found.append(f"{spot} {' '.join(verb)}: {ran.code} {said[-200:]}")
        if verb == ("verifier",) and row_id is not None and not names(said, spot, row_id):
            found.append(f"{spot} verifier: {said[:500]}")
    return found


def names(said: str, spot: Spot, row_id: int) -> bool:
    """Whether a finding names it, by its column or by the document that it is of."""
    if spot.table == "unsaved_form" or (spot.table == "access" and spot.way not in {"no text", "nothing"}):
        return True  # nothing of the practice: what reads may be what was typed, or looked at
    if spot.table == "operator" and said.startswith("accueil : « sophie »"):
        return True  # it was the one who asks
    if "CHECK constraint failed" in said and f" in {spot.table})" in said:
        return True  # SQLite's own check names no column
    document = {
        "journal_entry": f"Entrée {row_id} du journal",
        "journal_mention": "Table journal_mention, entrée",
        "invoice": "Facture n° 1001 ",
        "act": "Facture n° 1001 ",
    }.get(spot.table, f"Table {spot.table}, ligne {row_id} ")
    return (
        bool(re.search(rf"\b{spot.column}\b", said))
        or document in said
        or (spot.column == "id" and str(row_id) in said)
    )


def test_no_verb_falls_beside_a_damaged_column(lived_in: Path, tmp_path: Path) -> None:
    every = list(spots(lived_in))
    dice = random.Random()
    found: list[str] = []
    for number, spot in enumerate(every if LONG else dice.sample(every, 6)):
        folder = tmp_path / str(number)
        shutil.copytree(lived_in, folder)
        found += falls(folder, spot, VERBS if LONG else (*dice.sample(VERBS[:-1], 2), VERBS[-1]))
        shutil.rmtree(folder)
    assert found == []


FELL: Final = (
    (Spot("journal_entry", "at", "nothing"), ("verifier",)),
    (Spot("invoice", "state", "no text"), ("patient", "dupont")),
    (Spot("right", "source", "a day that is none"), ("patient", "dupont", "--exporter")),
    (Spot("rejection", "share", "no text"), ("controler", "--toutes")),
    (Spot("override", "reason", "nothing"), ("bilan", "--enseignements")),
    (Spot("return_movement", "labels", "nothing"), ("relever", "--liste")),
    (Spot("practitioner", "id", "a number without end"), ("patient", "dupont", "--exporter")),
    (Spot("patient", "birth_rank", "no text"), ("patient", "dupont", "--exporter")),
    (Spot("access", "at", "no text"), ("verifier",)),
    (Spot("access", "day", "nothing"), ("verifier",)),
    (Spot("counter", "last", "a number without end"), ("numerotation",)),
    (Spot("counter", "last", "a number without end"), ("verifier",)),
)
"""What the long run found, and with which verb."""


def test_what_once_fell_does_not(lived_in: Path, tmp_path: Path) -> None:
    shutil.copytree(lived_in, tmp_path / "sound")
    sound = practice_in(tmp_path / "sound").location
    ran = {verb: accueil(*verb, "--base", sound, "--operateur", "sophie") for _, verb in FELL}
    assert [verb for verb, one in ran.items() if one.code and verb[0] != "controler"] == []
    assert "retirée" in ran["patient", "dupont"].out, "an invoice that was given up is one of theirs"
    for number, (spot, verb) in enumerate(FELL):
        shutil.copytree(lived_in, tmp_path / str(number))
        assert falls(tmp_path / str(number), spot, (verb,)) == []


def test_an_access_whose_day_is_lost_is_not_taken_away_as_an_old_one(lived_in: Path, tmp_path: Path) -> None:
    shutil.copytree(lived_in, tmp_path / "x")
    noted = ("lister", "--toutes", "--format", "json")
    assert falls(tmp_path / "x", Spot("access", "day", "nothing"), (noted, ("verifier",))) == []
