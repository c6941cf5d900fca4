"""The rows that are read before the tables' library is loaded: the same as the lists', or none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.domain.lists import ListName
from models.practice import close_practice, open_practice
from models.queries.first_rows import first_rows, is_ours
from models.queries.invoice_row import ListView
from models.queries.windows import page
from models.store.stamp import SCHEMA_VERSION
from tests.practices import copy_practice, practice_in, sample_practice
from tests.sqlite_file import raw

SENT = ListView(ListName.TRANSMITTED)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Path]:
    """The sample practice's file, closed."""
    copy_practice(sample_practice(), tmp_path)
    yield tmp_path / "cabinet.db"
    close_practice()


def mark(base: Path, name: str, value: int) -> None:
    connection = raw(base)
    connection.execute(f"PRAGMA {name} = {value}")
    connection.close()


@pytest.mark.parametrize("name", ["transmitted", "unvalidated", "dre", "all"])
@pytest.mark.parametrize("limit", [1, 14, 500])
def test_they_are_the_first_page_of_the_list(base: Path, name: ListName, limit: int) -> None:
    found = first_rows(base, ListView(name), limit)
    open_practice(practice_in(base.parent))
    assert found == page(ListView(name), None, limit)


def test_a_practice_of_this_version_is_ours(base: Path) -> None:
    assert is_ours(base)


@pytest.mark.parametrize(
    ("name", "value"),
    [("application_id", 7), ("user_version", SCHEMA_VERSION - 1), ("user_version", SCHEMA_VERSION + 1)],
)
def test_nothing_is_read_of_another_programs_or_versions_file(base: Path, name: str, value: int) -> None:
    mark(base, name, value)
    assert first_rows(base, SENT, 14) is None
    assert not is_ours(base)


def test_nothing_is_read_of_what_is_no_database(tmp_path: Path) -> None:
    for content in (b"", b"no database at all, but long enough to be read as one" * 40):
        (tmp_path / "cabinet.db").write_bytes(content)
        assert first_rows(tmp_path / "cabinet.db", SENT, 14) is None
    assert first_rows(tmp_path / "missing.db", SENT, 14) is None
    assert first_rows(tmp_path, SENT, 14) is None
    assert not (tmp_path / "missing.db").exists()


def test_a_locked_practice_is_left_to_the_interface(base: Path) -> None:
    other = raw(base, None)
    other.execute("PRAGMA journal_mode = delete")
    other.execute("BEGIN EXCLUSIVE")
    try:
        assert first_rows(base, SENT, 14) is None
    finally:
        other.close()


def test_reading_changes_nothing(base: Path) -> None:
    before = base.read_bytes()
    first_rows(base, SENT, 14)
    assert base.read_bytes() == before
