"""Opening a practice: what is one is opened as it should be; whatever is not is refused in one French sentence."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from peewee import OperationalError
from sqlcipher3 import dbapi2 as sqlite

from models.commands.cancel import Cancelled, cancel_invoice
from models.domain.faults import PracticeFault
from models.domain.place import Practice, locate
from models.practice import close_practice, open_practice
from models.queries.counts import counts
from models.queries.sheets import invoice_sheet
from models.queries.verification import breaches
from models.store.database import db
from models.store.faults import fault_of, spoken
from models.store.sqlite_file import wal_is_safe
from models.store.stamp import APPLICATION_ID, SCHEMA_VERSION
from tests.models.disk import watched_disk
from tests.models.practice import SOPHIE, an_answer, an_invoice, contents, hear, rejected, sheet, take_in
from tests.sqlite_file import raw
from tui.text.faults import fault_sentence

MAGIC = b"SQLite format 3\0"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    """A practice that was really made here: this is what these tests are about."""
    place = locate(str(tmp_path / "cabinet.db"), tmp_path)
    open_practice(place, create=True)
    yield place
    close_practice()


def refusal(place: Practice, *, create: bool = False) -> str:
    """The sentence with which this is not opened."""
    with pytest.raises(PracticeFault) as caught:
        open_practice(place, create=create)
    assert db.obj is None
    sentence = fault_sentence(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_a_new_practice_is_private_and_set_as_it_should_be(practice: Practice) -> None:
    for file in (Path(practice.location), practice.key_file, practice.cipher_file, practice.anchor_file):
        assert file.stat().st_mode & 0o777 == 0o600, file
    settings = {
        "journal_mode": "wal" if wal_is_safe() else "delete",
        "synchronous": 2 if wal_is_safe() else 3,
        "busy_timeout": 10_000,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "recursive_triggers": 1,
        "cell_size_check": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "application_id": APPLICATION_ID,
        "user_version": SCHEMA_VERSION,
    }
    assert {name: db.pragma(name) for name in settings} == settings
    assert {path.suffix for path in practice.folder.iterdir()} <= {
        *(".db", ".db-wal", ".db-shm"),
        *(".cle", ".chiffrement", ".ancre", ".verrou"),
    }


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 0), True),
    ],
)
def test_shared_logging_only_with_a_sqlite_that_does_not_corrupt(version: tuple[int, ...], safe: bool) -> None:
    assert wal_is_safe(version) is safe


def test_an_unsafe_sqlite_opens_with_the_older_journal(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    close_practice()
    monkeypatch.setattr("models.practice.wal_is_safe", lambda: False)
    open_practice(practice)
    assert db.pragma("journal_mode") == "truncate"


def test_nothing_there_a_folder_and_an_empty_file(tmp_path: Path) -> None:
    assert "Aucun cabinet" in refusal(locate(str(tmp_path / "rien.db"), tmp_path))
    assert "est un dossier" in refusal(locate(str(tmp_path), tmp_path), create=True)
    (tmp_path / "vide.db").touch()
    assert "Aucun cabinet" in refusal(locate(str(tmp_path / "vide.db"), tmp_path))
    open_practice(locate(str(tmp_path / "vide.db"), tmp_path), create=True)
    assert counts().total == 0
    close_practice()


@pytest.mark.parametrize(
    "content", [b"bonjour", b"000" * 999, b"SQLite format 3\0" + b"x" * 5000, b"SQLite format 3\0"]
)
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "texte.db").write_bytes(content)
    sentence = refusal(locate(str(tmp_path / "texte.db"), tmp_path), create=True)
    assert "une base de cabinet" in sentence
    assert (tmp_path / "texte.db").read_bytes() == content


def test_another_program_s_database_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "autre.db"
    connection = sqlite.connect(str(other))
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    before = other.read_bytes()
    assert "autre programme" in refusal(locate(str(other), tmp_path), create=True)
    assert other.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["autre.db"]


def test_a_newer_version_s_practice_is_not_touched(practice: Practice) -> None:
    db.pragma("user_version", 99)
    close_practice()
    assert "plus récente" in refusal(practice)


@pytest.mark.parametrize("name", ["x" * 300 + ".db", "fichier/cabinet.db"])
def test_a_path_that_cannot_be_is_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "fichier").touch()
    assert "Impossible" in refusal(locate(str(tmp_path / name), tmp_path), create=True)


@pytest.mark.parametrize("address", ["mysql://h/b", "sqlite:///x", "postgresql://", "postgresql://h:port/b"])
def test_an_address_that_is_none_is_one_sentence(tmp_path: Path, address: str) -> None:
    assert "postgresql://serveur/base" in refusal(locate(address, tmp_path))


def test_a_server_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    sentence = refusal(locate("postgresql://u:secret@127.0.0.1:1/cabinet", tmp_path))
    assert "ne répond pas" in sentence
    assert "secret" not in sentence


def test_what_a_crashed_creation_left_is_no_hindrance(tmp_path: Path) -> None:
    place = locate(str(tmp_path / "cabinet.db"), tmp_path)
    for name in ("cabinet.en-cours", "cabinet.en-cours-wal", "cabinet.en-cours-journal", ".cabinet.cle.en-cours"):
        (tmp_path / name).write_bytes(b"x" * 4096)
    open_practice(place, create=True)
    assert list(breaches(place)) == []
    close_practice()
    assert not list(tmp_path.glob("*en-cours*"))


CREATE = """
import sys
from pathlib import Path
from models.domain.place import locate
from models.practice import open_practice
from models.queries.counts import counts
from tests.sqlite_file import raw
place = locate(sys.argv[1], Path(sys.argv[1]).parent)
print("ready", flush=True)
sys.stdin.readline()
open_practice(place, create=True)
print(counts().total, place.key_file.read_text())
"""


def test_desks_that_make_the_same_practice_at_once_make_one(tmp_path: Path) -> None:
    place = locate(str(tmp_path / "cabinet.db"), tmp_path)
    desks = [
        subprocess.Popen(
            [sys.executable, "-c", CREATE, place.location], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(6)
    ]
    for desk in desks:
        assert desk.stdout is not None
        assert desk.stdout.readline() == b"ready\n"
    for desk in desks:
        assert desk.stdin is not None
        desk.stdin.write(b"\n")
        desk.stdin.flush()
    said = {desk.communicate()[0] for desk in desks}
    assert [desk.returncode for desk in desks] == [0] * 6
    assert len(said) == 1
    open_practice(place)
    assert list(breaches(place)) == []
    close_practice()


def test_a_desk_that_waits_too_long_is_told_so_and_nothing_changed(practice: Practice) -> None:
    old = rejected()
    before = contents()
    db.pragma("busy_timeout", 30)
    other = raw(practice.location, None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(PracticeFault, match="occupée par un autre poste"):
        cancel_invoice(old.id, old.version, SOPHIE)
    assert invoice_sheet(old.id) == old
    other.execute("ROLLBACK")
    other.close()
    assert contents() == before
    assert isinstance(cancel_invoice(old.id, old.version, SOPHIE), Cancelled)


def test_a_read_only_practice_is_read_and_says_so_when_written(practice: Practice) -> None:
    old = rejected()
    db.pragma("query_only", 1)
    assert invoice_sheet(old.id) == old
    with pytest.raises(PracticeFault, match="lecture seule"):
        cancel_invoice(old.id, old.version, SOPHIE)


def test_a_full_disk_changes_nothing_and_the_desk_goes_on_once_there_is_room(practice: Practice) -> None:
    invoices = [an_invoice(1001 + index) for index in range(60)]
    take_in(*invoices)
    hear(*(an_answer(invoice, "rejected") for invoice in invoices))
    db.pragma("max_page_count", db.pragma("page_count"))
    done = 0
    before = contents()
    with pytest.raises(PracticeFault, match="disque est plein"):  # noqa: PT012 - how many still fit is not ours to say
        for invoice in invoices:
            before = contents()
            assert isinstance(cancel_invoice(sheet(invoice.number).id, None, SOPHIE), Cancelled)
            done += 1
    assert contents() == before
    assert db.transaction_depth() == 0
    db.pragma("max_page_count", 1_000_000)
    assert isinstance(cancel_invoice(sheet(invoices[done].number).id, None, SOPHIE), Cancelled)
    assert list(breaches(practice)) == []


def test_a_worker_thread_reads_the_same_practice(practice: Practice) -> None:
    old = rejected()
    with ThreadPoolExecutor(1) as worker:
        assert worker.submit(invoice_sheet, old.id).result() == old
        worker.submit(db.close).result()


def test_opening_another_practice_lets_go_of_the_first(practice: Practice, tmp_path: Path) -> None:
    rejected()
    open_practice(locate(str(tmp_path / "autre" / "autre.db"), tmp_path), create=True)
    assert counts().total == 0
    open_practice(practice)
    assert counts().total == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("database or disk is full", "plein"),
        ("attempt to write a readonly database", "lecture seule"),
        ("database table is locked", "occupée"),
        ("canceling statement due to lock timeout", "refusé"),
        ("connection to server at x failed: password authentication failed", "refuse ce compte"),
        ("something else", "refusé l’opération"),
    ],
)
def test_a_cause_is_looked_for_behind_the_error_that_hides_it(text: str, says: str) -> None:
    hidden = OperationalError("cannot rollback - no transaction is active")
    hidden.__context__ = sqlite.OperationalError(text)
    with pytest.raises(PracticeFault, match=says), spoken():
        raise hidden
    assert says in str(fault_of(OperationalError(text)))


def test_the_key_of_the_journal_has_its_name_only_once_it_is_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = locate(str(tmp_path / "cabinet.db"), tmp_path)
    with watched_disk(monkeypatch) as done:
        open_practice(place, create=True)
    close_practice()
    key = done.index(f"named {place.key_file.name}")
    assert done[key - 1] == f"{place.key_file.stat().st_size} bytes lasting"
