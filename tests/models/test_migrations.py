"""The migrations make what the models say; a practice is copied before it is changed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from models import practice as opening
from models.domain.faults import PracticeFault
from models.domain.lists import ListName
from models.domain.place import Practice, locate
from models.practice import close_practice, open_practice
from models.queries.counts import counts
from models.queries.invoice_row import ListView
from models.queries.sheets import invoice_sheet
from models.queries.verification import breaches
from models.queries.windows import page
from models.store import schema
from models.store.database import Table, db
from models.store.schema import MIGRATIONS, definitions, expected_definitions
from models.store.sqlite_file import Sqlite, sqlite_database
from models.store.stamp import SCHEMA_VERSION
from models.tables import (
    beside_answers,
    filing,
    invoice,
    journal,
    numbering,
    operators,
    papers,
    people,
    rights,
    unsaved,
)
from models.tables import lots as exchange
from models.tables import returns as answers
from tests.models.practice import TABLES, an_invoice, cancelled, rejected, take_in
from tests.practices import follow_the_files
from tests.sqlite_file import raw


def tables() -> list[type[Table]]:
    """Every table that the models declare."""
    modules = (
        people,
        exchange,
        invoice,
        answers,
        beside_answers,
        rights,
        numbering,
        journal,
        unsaved,
        operators,
        filing,
        papers,
    )
    found = [thing for module in modules for thing in vars(module).values() if isinstance(thing, type)]
    return [table for table in dict.fromkeys(found) if issubclass(table, Table) and table is not Table]


def shape(connection: Any) -> dict[str, Any]:
    """Of each table: its columns, foreign keys, indexes and checks, whatever the wording of their SQL."""
    found = {}
    for name in TABLES:
        (sql,) = connection.execute_sql("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()
        indexes = connection.execute_sql(f"PRAGMA index_list('{name}')").fetchall()
        found[name] = {
            "columns": [
                (column, kind, bool(required), default, key)
                for _, column, kind, required, default, key, *_ in connection.execute_sql(
                    f"PRAGMA table_xinfo('{name}')"
                ).fetchall()
            ],
            "references": sorted(row[2:] for row in connection.execute_sql(f"PRAGMA foreign_key_list('{name}')")),
            "indexes": sorted(
                (index[1], index[2], [row[2] for row in connection.execute_sql(f"PRAGMA index_info('{index[1]}')")])
                for index in indexes
            ),
            "checks": sorted(checks(sql)),
            "strict": sql.rstrip().endswith("STRICT"),
        }
    return found


def checks(sql: str) -> list[str]:
    """The text of each CHECK, without blanks and quotes."""
    found = []
    for start in (match.end() for match in re.finditer(r"CHECK \(", sql)):
        depth, end = 1, start
        while depth:
            depth += {"(": 1, ")": -1}.get(sql[end], 0)
            end += 1
        found.append(re.sub(r'[\s"]', "", sql[start : end - 1]))
    return found


def test_the_migrations_make_what_the_models_declare() -> None:
    migrated, declared = sqlite_database(":memory:"), sqlite_database(":memory:")
    for database in (migrated, declared):
        database.connect()
    schema.migrate(migrated)
    with declared.bind_ctx(tables()):
        declared.create_tables(tables())
    assert {table._meta.table_name for table in tables()} == set(TABLES)
    made, said = shape(migrated), shape(declared)
    for name in TABLES:
        assert made[name] == said[name], name
    assert made["invoice"]["checks"]
    assert made["invoice"]["strict"]
    for database in (migrated, declared):
        database.close()


def test_the_version_is_the_number_of_the_last_migration() -> None:
    assert max(int(path.name[:4]) for path in MIGRATIONS.glob("[0-9]*.py")) == SCHEMA_VERSION


def test_a_practice_is_what_a_new_one_would_be(practice: Practice) -> None:
    assert isinstance(db.obj, Sqlite)
    found = definitions(db.obj)
    assert found == expected_definitions()
    assert sum(sql.startswith("CREATE TRIGGER") for sql in found.values()) == 53


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations of a later program, with room for one more."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    monkeypatch.setattr(schema, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    monkeypatch.setattr(opening, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    return folder / "9999_more.py"


def test_a_practice_is_copied_then_brought_up_to_date(practice: Practice, next_version: Path) -> None:
    old = rejected()
    close_practice()
    next_version.write_text("def up(migrator, db):\n    db.execute_sql('ALTER TABLE payer ADD COLUMN role TEXT')\n")
    open_practice(practice)
    assert db.pragma("user_version") == SCHEMA_VERSION + 1
    assert [row[1] for row in db.execute_sql("PRAGMA table_info(payer)")] == ["id", "kind", "code", "label", "role"]
    assert invoice_sheet(old.id) == old
    assert list(breaches(practice)) == []
    (copy,) = practice.backups.iterdir()
    assert copy.stat().st_mode & 0o777 == 0o600
    kept = raw(copy, key_of=practice.location)
    assert kept.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert kept.execute("SELECT number FROM invoice").fetchall() == [(1001,)]
    assert [row[1] for row in kept.execute("PRAGMA table_info(payer)")] == ["id", "kind", "code", "label"]
    kept.close()
    close_practice()
    open_practice(practice)
    assert len(list(practice.backups.iterdir())) == 1


def test_a_migration_that_fails_leaves_the_practice_as_it_was(practice: Practice, next_version: Path) -> None:
    rejected()
    close_practice()
    next_version.write_text(
        "def up(migrator, db):\n"
        "    db.execute_sql('ALTER TABLE payer ADD COLUMN role TEXT')\n"
        "    db.execute_sql('ALTER TABLE nowhere ADD COLUMN role TEXT')\n"
    )
    with pytest.raises(PracticeFault):
        open_practice(practice)
    kept = raw(practice.location)
    assert kept.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert [row[1] for row in kept.execute("PRAGMA table_info(payer)")] == ["id", "kind", "code", "label"]
    kept.close()


def test_a_migration_that_breaks_a_reference_is_told_with_the_copy_to_restore(
    practice: Practice, next_version: Path
) -> None:
    rejected()
    close_practice()
    next_version.write_text("def up(migrator, db):\n    db.execute_sql('UPDATE answer SET return_id = 99')\n")
    with pytest.raises(PracticeFault, match=r"restaurez la sauvegarde « .*cabinet-version-\d+-.*\.db »"):
        open_practice(practice)


def test_a_practice_of_version_2_keeps_its_counts_and_its_filter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, folder = locate(str(tmp_path / "old" / "cabinet.db"), tmp_path / "old"), tmp_path / "first two"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__", "0003*", "0028*", "0031*"))
    with monkeypatch.context() as before:
        before.setattr(schema, "MIGRATIONS", folder)
        before.setattr(schema, "SCHEMA_VERSION", 2)
        before.setattr(opening, "SCHEMA_VERSION", 2)
        follow_the_files(place)
        open_practice(place, create=True)
        cancelled(1001)
        take_in(an_invoice(2001))
        assert "invoice_tally" not in definitions(db.obj)
        close_practice()
    open_practice(place)
    assert len(list(place.backups.iterdir())) == 1
    assert counts().by_state == {"transmitted": 1, "cancelled": 1, "unvalidated": 1}
    assert [row.number for row in page(ListView(ListName.ALL, typed="000002001 d"), None, 9)] == [2001]
    cancelled(3001)
    assert counts().by_state == {"transmitted": 1, "cancelled": 2, "unvalidated": 2}
    assert [row.number for row in page(ListView(ListName.ALL, typed="d 000003002"), None, 9)] == [3002, 3001]
    assert list(breaches(place)) == []
    close_practice()
