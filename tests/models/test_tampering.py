"""Tampering: what is done behind the program to a row of any sealed table is found, and located."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from sqlcipher3 import dbapi2 as sqlite

from models.commands.change import open_change
from models.domain.actions import Action
from models.domain.faults import PracticeFault
from models.domain.place import Practice
from models.practice import close_practice, open_practice
from models.queries.verification import breaches
from models.store.database import db, execute
from models.store.written import note
from models.tables.every_table import every_table
from models.tables.invoice_seals import _read, invoices_after
from models.tables.seals import SEALED
from tests.models.damage import damaged, harm
from tests.models.practice import SOPHIE, an_answer, an_invoice, hear, take_in
from tests.practices import empty_practice, practice_in, sample_practice
from tests.sqlite_file import raw

UNSEALED: Final = {"invoice", "act", "journal_entry", "journal_mention", "unsaved_form", "access"}
"""Sealed or checked otherwise: invoices with their acts, the chain, what it says; or nothing of the practice."""

VALUES: Final = {
    **{"exemption": "'4'", "source": "'card'", "role": "'manager'", "kind": "'amc'", "origin": "'imported'"},
    **{"status": "'redone'", "signature": "'card'", "weight": "'detail'", "filed_as": "'claimed'", "share": "'amo'"},
    **{"level": "'invoice'", "settled": "''", "outcome": "'duplicate'", "first": "1", "last": "0", "labels": "'[]'"},
    **{
        "remarks": "'[]'",
        "amo_state": "'none'",
        "amc_state": "'none'",
        "looked": "'sheet'",
        "document": "'other'",
        "step": "'owed'",
    },
}
"""What stands in the columns that hold no free text."""


ONE_EACH: Final = {("lot_mention", "invoice_id"), ("right_withdrawal", "right_id")}
"""What one row at most refers to."""


def a_row(table: str, own: int) -> str:
    """The statement that makes a row, as far as it must hold something."""
    needed = {}
    for _, name, kind, required, default, key, *_ in db.execute_sql(f'PRAGMA table_info("{table}")').fetchall():
        if required and default is None and not key:
            of_its_own = f"'99999999{own}'" if name == "number" else f"'2026-11-0{own}'"
            number = str(own) if (table, name) in ONE_EACH else "1"
            needed[name] = VALUES.get(name, of_its_own if kind == "TEXT" else number)
    return f'INSERT INTO "{table}" ({", ".join(needed)}) VALUES ({", ".join(needed.values())})'


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every sealed table with two rows that nothing refers to, put there by a change."""
    folder = tmp_path_factory.mktemp("filled")
    shutil.copytree(empty_practice(), folder, dirs_exist_ok=True)
    open_practice(practice_in(folder))
    invoices = [an_invoice(number) for number in (1001, 1002, 1003)]
    take_in(*invoices)
    hear(an_answer(invoices[0], "rejected"))
    with open_change(SOPHIE, Action.IMPORT) as change:
        for table in SEALED:
            for own in (1, 2):
                db.execute_sql(a_row(table, own))
                note(table, [execute(f'SELECT max(id) FROM "{table}"').fetchone()[0]])
        change.record("file x")
    close_practice()
    return folder


@pytest.fixture
def practice(filled: Path, tmp_path: Path) -> Iterator[Practice]:
    """A copy of it, open."""
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    place = practice_in(tmp_path)
    open_practice(place)
    yield place
    close_practice()


def told(practice: Practice, script: str) -> list[str]:
    """What verifier says once somebody ran this, beside what it says without."""
    before = set(breaches(practice))
    assert [each for each in before if "journal" in each] == []
    with damaged(practice, script):
        return [each for each in breaches(practice) if each not in before]


def missed(found: list[str], where: dict[str, str]) -> list[str]:
    """The tables of which nothing is said where it must be."""
    return [table for table, place in where.items() if not any(place in sentence for sentence in found)]


def last(table: str) -> int:
    """The last row's id."""
    return int(execute(f'SELECT max(id) FROM "{table}"').fetchone()[0])


def test_every_table_is_sealed_or_checked_otherwise() -> None:
    assert {str(table._meta.table_name) for table in every_table()} == set(SEALED) | UNSEALED


def test_a_value_changed_in_any_table_is_found_with_its_column(practice: Practice) -> None:
    texts = {}
    for table in SEALED:
        columns = db.execute_sql(f'PRAGMA table_info("{table}")').fetchall()
        of_text = [name for _, name, kind, *_ in columns if kind == "TEXT" and name not in VALUES]
        texts[table] = of_text[-1] if of_text else columns[-1][1]
    changed = {table: "999" if column.endswith("_id") else f"'{column}'" for table, column in texts.items()}
    script = ";".join(
        f'UPDATE "{table}" SET {texts[table]} = {changed[table]} WHERE id = {last(table)}' for table in texts
    )
    where = {
        table: f"Table {table}, ligne {last(table)} : modifiée hors du journal (colonne {texts[table]})"
        for table in texts
    }
    assert missed(told(practice, script), where) == []


def test_a_row_deleted_from_any_table_is_found(practice: Practice) -> None:
    script = ";".join(f'DELETE FROM "{table}" WHERE id = {last(table)}' for table in SEALED)
    where = {table: f"Table {table}, ligne {last(table)} : dans le journal, mais plus" for table in SEALED}
    assert missed(told(practice, script), where) == []


def test_a_row_made_in_any_table_is_found(practice: Practice) -> None:
    script = ";".join(a_row(table, 3) for table in SEALED)
    where = {table: f"Table {table}, ligne {last(table) + 1} : dans la base, mais sans entrée" for table in SEALED}
    assert missed(told(practice, script), where) == []


def test_two_rows_exchanged_in_any_table_are_found(practice: Practice) -> None:
    script = ";".join(
        f'UPDATE "{table}" SET id = -1 WHERE id = {last(table)}; UPDATE "{table}" SET id = id + 1'
        f' WHERE id = {last(table) - 1}; UPDATE "{table}" SET id = {last(table) - 1} WHERE id = -1'
        for table in SEALED
    )
    found = told(practice, script)
    for step in (0, 1):
        assert missed(found, {table: f"Table {table}, ligne {last(table) - step} : modifiée" for table in SEALED}) == []


def test_an_older_copy_of_a_row_is_found_too(practice: Practice) -> None:
    """What a column of seals beside the values would let pass: the row and its seal of before."""
    with open_change(replace(SOPHIE, operator="2026-11-01"), Action.IMPORT) as change:
        db.execute_sql("UPDATE payer SET label = 'after' WHERE id = 1")
        note("payer", [1])
        change.record("file y")
    (found,) = told(practice, "UPDATE payer SET label = '2026-11-01' WHERE id = 1")
    assert found.startswith("Table payer, ligne 1 : modifiée hors du journal (colonne label)")


def test_what_sqlite_writes_by_itself_is_what_a_server_s_rows_make(practice: Practice) -> None:
    signs = "".join(map(chr, (*range(1, 0x180), 0x2019, 0x2028, 0xFFFD, 0x1F600)))
    execute("UPDATE patient SET last_name = ?, first_name = 'a,\"b' WHERE id = 1", (signs,))
    for table in SEALED.values():
        rows = execute(f"{table._rows} ORDER BY t.id").fetchall()
        assert [table._text(row) for row in rows] == table.after(0, 100), table.name
    assert invoices_after(0, 100) == list(_read([1, 2, 3]))


def test_bytes_that_are_no_text_are_a_finding_and_the_rest_is_read(practice: Practice) -> None:
    spoilt = "CAST(x'ff4c' AS TEXT)"
    found = told(
        practice,
        f"UPDATE patient SET last_name = {spoilt} WHERE id = 1; UPDATE act SET code = {spoilt} WHERE invoice_id = 2;"
        f"UPDATE journal_entry SET detail = {spoilt} WHERE id = 2; UPDATE answer SET remarks = {spoilt} WHERE id = 3;",
    )
    for place in (
        "Table patient, ligne 1 : modifiée hors du journal (colonne last_name : des octets",
        "Facture n° 1002 (interne 2) : modifiée hors du journal (colonne acte 1, code)",
        "Entrée 2 du journal : son détail (colonne detail) ne se lit pas",
        "Table answer, ligne 3 : modifiée hors du journal (colonne remarks : des octets",
    ):
        assert any(place in sentence for sentence in found), (place, found)


def test_a_damaged_page_leaves_the_other_rows_checked(tmp_path: Path) -> None:
    shutil.copytree(sample_practice(), tmp_path, dirs_exist_ok=True)
    practice = practice_in(tmp_path)
    with closing(raw(practice.location)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'answer'").fetchone()
    harm(practice, "UPDATE patient SET birth = '010101' WHERE id = 3")
    with open(practice.location, "r+b") as file:  # noqa: PTH123
        file.seek(4096 * (page - 1))
        file.write(b"\xff" * 4096)
    open_practice(practice)
    found = list(breaches(practice))
    assert any("Table answer, ligne 1 et suivantes : illisible" in sentence for sentence in found), found
    assert any("Table patient, ligne 3 : modifiée hors du journal (colonne birth)" in each for each in found)
    close_practice()


def test_an_index_that_does_not_say_what_its_table_says_is_found(practice: Practice) -> None:
    """Taken out of the schema and put back: what changed meanwhile is not in it, and no list finds it."""
    with closing(raw(practice.location, None)) as connection:
        of_index = "name = 'invoice_by_number'"
        hidden = connection.execute(f"SELECT * FROM sqlite_master WHERE {of_index}").fetchone()
    away = f"PRAGMA writable_schema = ON; DELETE FROM sqlite_master WHERE {of_index}"
    changed = "UPDATE invoice SET search = 'x' WHERE id = 2"
    with damaged(practice, away), damaged(practice, changed):
        close_practice()
        with closing(raw(practice.location, None)) as connection:
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", hidden)
        open_practice(practice)
        said = [each for each in breaches(practice) if "Fichier de la base abîmé" in each]
        assert said
        assert all("invoice_by_number" in each for each in said), said
        assert not [each for each in breaches(practice, since=SOPHIE.day) if "abîmé" in each], "left out each day"


def test_the_damaged_pages_of_an_encrypted_file_are_named(tmp_path: Path) -> None:
    shutil.copytree(sample_practice(), tmp_path, dirs_exist_ok=True)
    practice = practice_in(tmp_path)
    spoilt = bytearray(Path(practice.location).read_bytes())
    for page in (48, 63):
        spoilt[4096 * (page - 1) + 300] ^= 1
    Path(practice.location).write_bytes(spoilt)
    open_practice(practice)
    found = list(breaches(practice))
    for page in (48, 63):
        assert f"Fichier de la base abîmé (page {page}) : restaurez la dernière sauvegarde." in found
    close_practice()


def test_from_a_day_on_what_was_done_since_is_checked_again(practice: Practice) -> None:
    """The daily run: what the journal named since, and the chain from there on."""
    author = replace(SOPHIE, operator="2026-11-01", at=SOPHIE.at + timedelta(days=2))
    with open_change(author, Action.IMPORT) as change:
        db.execute_sql("UPDATE payer SET label = 'after' WHERE id = 1")
        note("payer", [1])
        change.record("file y")
    day = author.day
    known = set(breaches(practice, since=day))
    script = "UPDATE payer SET label = 'x'; UPDATE prescriber SET name = 'x'"
    with damaged(practice, script):
        found = [each for each in breaches(practice, since=day) if each not in known]
        assert found == [
            "Table payer, ligne 1 : modifiée hors du journal (colonne label) ; à comparer avec une sauvegarde."
        ]
        assert len([each for each in breaches(practice) if "modifiée" in each]) > 2


@pytest.mark.skipif("ACCUEIL_LONG" not in os.environ, reason="a long campaign")
def test_bit_flips_that_change_content_are_all_found(tmp_path: Path) -> None:
    """Each bit is flipped in the file, chosen at random; found with its page or rows, or the base is not opened."""
    shutil.copytree(sample_practice(), tmp_path, dirs_exist_ok=True)
    practice = practice_in(tmp_path)
    whole = Path(practice.location).read_bytes()
    chosen, flipped = random.Random(11), 0
    while flipped < 1000:
        at = chosen.randrange(100, len(whole))
        spoilt = bytearray(whole)
        spoilt[at] ^= 1 << chosen.randrange(8)
        if contents_of(whole, tmp_path) == contents_of(bytes(spoilt), tmp_path):
            continue
        flipped += 1
        Path(practice.location).write_bytes(spoilt)
        try:
            open_practice(practice)
        except PracticeFault:
            continue
        found = list(breaches(practice))
        assert [each for each in found if f"(page {at // 4096 + 1})" in each or "illisible, page abîmée" in each], at
        close_practice()


def contents_of(file: bytes, folder: Path) -> object:
    """What every sealed row says, or that it cannot be read."""
    copy = folder / "read.db"
    copy.write_bytes(file)
    with closing(raw(copy, key_of=folder / "cabinet.db")) as connection:
        connection.text_factory = bytes
        try:
            return [connection.execute(f'SELECT * FROM "{table}"').fetchall() for table in (*SEALED, "invoice", "act")]
        except (sqlite.Error, UnicodeDecodeError):
            return None
