"""A base of before is encrypted as it is opened: whole at any moment, the same in every row, no plain one left."""

from __future__ import annotations

import os
import re
import shutil
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from models import practice as opening
from models.domain.place import Practice
from models.practice import close_practice, open_practice
from models.queries.cipher_remarks import cipher_remarks
from models.queries.counts import counts
from models.queries.verification import breaches
from models.store import cipher_keys, encrypt, whole_file
from models.store.cipher import is_plain
from models.store.cipher_keys import keys_in
from models.store.database import db
from models.store.sqlite_file import wal_is_safe
from tests.models.practice import cancelled, contents
from tests.practices import copy_practice, practice_in, sample_practice
from tests.sqlite_file import make_plain, raw

LONG = "ACCUEIL_LONG" in os.environ
PLAIN = re.compile(b"SQLite format 3|CREATE TABLE|DUPONT")


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[Practice]:
    """The sample practice as it was before bases were encrypted: plain, and without a key."""
    practice = copy_practice(sample_practice(), tmp_path / "cabinet")
    make_plain(practice.location)
    practice.cipher_file.unlink()
    yield practice
    close_practice()


def readable(folder: Path) -> list[str]:
    return sorted(
        path.name
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in {".b2", ".noe"} and PLAIN.search(path.read_bytes())
    )


def test_a_plain_base_is_encrypted_as_it_is_opened(plain: Practice) -> None:
    with closing(raw(plain.location)) as before:
        rows = before.execute("SELECT * FROM invoice ORDER BY id").fetchall()
    assert readable(plain.folder) == ["cabinet.db"]
    opened = open_practice(plain)
    assert "est maintenant chiffrée" in opened.news
    assert str(plain.cipher_file) in opened.news
    assert db.execute_sql("SELECT * FROM invoice ORDER BY id").fetchall() == rows
    assert db.pragma("journal_mode") == ("wal" if wal_is_safe() else "delete")
    assert list(breaches(plain)) == []
    cancelled(9001)
    close_practice()
    assert readable(plain.folder) == []
    assert sorted(plain.folder.glob("cabinet.db*")) == [Path(plain.location)]
    assert plain.cipher_file.stat().st_mode & 0o777 == 0o600
    assert open_practice(plain).news == ""


def test_what_cannot_be_encrypted_now_is_worked_on_as_it_is(
    plain: Practice, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another desk has it open, the disk is too full, the copy is not the same, the key is away: it waits."""
    base = Path(plain.location)
    with closing(raw(base, None)) as desk:
        desk.execute("SELECT count(*) FROM invoice").fetchone()
        assert open_practice(plain).news == ""
        close_practice()

    class Full(NamedTuple):
        f_bavail: int = 10
        f_frsize: int = 4096

    with monkeypatch.context() as patch:
        patch.setattr(os, "statvfs", lambda _: Full())
        assert "Mo libres" in open_practice(plain).news
        close_practice()
    with monkeypatch.context() as patch:
        patch.setattr(encrypt, "_is_same", lambda *_: False)
        assert "n’est pas fidèle" in open_practice(plain).news
        assert db.pragma("journal_mode") == ("wal" if wal_is_safe() else "delete")
        assert any("n’est pas chiffrée" in remark for remark in cipher_remarks(plain))
        cancelled(9001)
        close_practice()
    assert is_plain(base)
    assert not list(plain.folder.glob(".*"))
    open_practice(plain)
    assert not is_plain(base)


def test_a_plain_base_that_cannot_be_written_is_read_as_it_is(plain: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "can_write", lambda _: False)
    before = {path: path.read_bytes() for path in plain.folder.rglob("*") if path.is_file()}
    opened = open_practice(plain)
    assert (opened.read_only, opened.news, counts().total) == (True, "", 60)
    close_practice()
    assert {path: path.read_bytes() for path in plain.folder.rglob("*") if path.is_file()} == before


def test_a_base_without_its_journals_key_is_not_written_anew(plain: Practice) -> None:
    """Nothing can be written in it anyway: it is somebody's copy, looked at."""
    plain.key_file.unlink()
    open_practice(plain)
    assert is_plain(Path(plain.location))
    assert not plain.cipher_file.exists()


def die_at(point: int) -> None:
    """Be killed at this step: a statement, or before or after a file is made, made lasting, or given its name."""
    left = point

    def step(*_: object) -> None:
        nonlocal left
        left -= 1
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    connect, settle_folder = vars(encrypt)["connect"], vars(encrypt)["settle_folder"]

    def watched(*args: Any, **kwargs: Any) -> Any:
        found = connect(*args, **kwargs)
        found.connection.set_trace_callback(step)
        return found

    def before_and_after(function: Any) -> Any:
        def stepping(*args: Any, **kwargs: Any) -> Any:
            step()
            done = function(*args, **kwargs)
            step()
            return done

        return stepping

    vars(encrypt).update(connect=watched, settle_folder=before_and_after(settle_folder))
    vars(encrypt)["_make_draft"] = before_and_after(encrypt._make_draft)
    vars(cipher_keys)["write_whole"] = before_and_after(whole_file.write_whole)
    vars(os)["fsync"] = before_and_after(os.fsync)
    Path.replace = before_and_after(Path.replace)  # type: ignore[method-assign]


def killed_at(point: int, practice: Practice) -> bool:
    """Whether a desk that opens it gets as far as this step."""
    child = os.fork()
    if child == 0:
        die_at(point)
        open_practice(practice)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def test_killed_at_any_step_it_is_whole_and_the_next_opening_ends_it(plain: Practice, tmp_path: Path) -> None:
    open_practice(plain)
    expected = contents()
    close_practice()
    shutil.rmtree(plain.folder)
    practice = copy_practice(sample_practice(), tmp_path / "cabinet")
    make_plain(practice.location)
    practice.cipher_file.unlink()
    found, point, died = set(), 1, True
    while died:
        folder = tmp_path / "at-work"
        shutil.copytree(practice.folder, folder)
        desk = practice_in(folder)
        died = killed_at(point, desk)
        found.add(is_plain(Path(desk.location)))
        open_practice(desk)
        assert contents() == expected
        close_practice()
        assert readable(folder) == []
        assert not list(folder.glob(".*"))
        assert len(keys_in(desk.cipher_file)) == 1
        shutil.rmtree(folder)
        point += 1 if LONG else 16
    assert found == {True, False}
