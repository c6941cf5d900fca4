"""The anchor: the base that lies there is the one that was left, or it is refused in one sentence."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.transmit import transmit_all
from models.domain.faults import PracticeFault, Remedy
from models.domain.place import Practice
from models.practice import close_practice, open_practice
from models.queries.counts import counts
from models.queries.verification import breaches
from models.store.database import anchor, db
from tests.models.practice import SOPHIE, rejected, sheet
from tests.models.practice import ready as ready_invoice
from tests.practices import copy_practice, empty_practice


def cancel(number: int) -> int:
    """Cancel it; the number of its successor."""
    outcome = cancel_invoice(sheet(number).id, None, SOPHIE)
    assert isinstance(outcome, Cancelled)
    return outcome.new_number


@pytest.fixture
def left(practice: Practice, tmp_path: Path) -> Practice:
    """A practice that was worked on after a copy of its base (« copie.db ») was made; closed."""
    rejected(1001)
    rejected(1002)
    close_practice()
    shutil.copy(practice.location, tmp_path / "copie.db")
    open_practice(practice)
    cancel(1001)
    close_practice()
    return practice


def refusal(practice: Practice) -> str:
    """The sentence with which it is not opened, for looking either."""
    with pytest.raises(PracticeFault) as caught:
        open_practice(practice, create=True)
    assert caught.value.remedy is Remedy.RESTORE
    assert "\n" not in str(caught.value)
    return str(caught.value)


def delete(practice: Practice) -> None:
    Path(practice.location).unlink()


def delete_all_but_the_outbox(practice: Practice) -> None:
    for file in practice.folder.glob("cabinet.*"):
        file.unlink()
    practice.outbox.mkdir()
    (practice.outbox / "336012349-lot700-20261116.b2").write_bytes(b"000")


def empty_the_file(practice: Practice) -> None:
    Path(practice.location).write_bytes(b"")


def put_an_empty_practice(practice: Practice) -> None:
    shutil.copy(empty_practice() / "cabinet.db", practice.location)


def put_the_copy_back(practice: Practice) -> None:
    shutil.copy(practice.folder / "copie.db", practice.location)


def put_a_copy_that_went_on_elsewhere(practice: Practice) -> None:
    elsewhere = copy_practice(empty_practice(), practice.folder / "ailleurs")
    shutil.copy(practice.folder / "copie.db", elsewhere.location)
    elsewhere.anchor_file.unlink()
    db_version(elsewhere, 15)
    open_practice(elsewhere)
    cancel(1002)
    cancel(1001)
    close_practice()
    shutil.copy(elsewhere.location, practice.location)


def put_another_s(practice: Practice) -> None:
    """The same key, as two practices of one machine may share it."""
    elsewhere = copy_practice(empty_practice(), practice.folder / "ailleurs")
    open_practice(elsewhere)
    for number in (7001, 7002, 7003):
        rejected(number)
    close_practice()
    shutil.copy(elsewhere.location, practice.location)


def take_the_anchor_away(practice: Practice) -> None:
    practice.anchor_file.unlink()


def spoil_the_anchor(practice: Practice) -> None:
    practice.anchor_file.write_bytes(practice.anchor_file.read_bytes().replace(b'"entry":', b'"entry": '))


def db_version(practice: Practice, version: int) -> None:
    """Let a closed practice say that it is of this version."""
    from models.store.cipher_keys import keys_of
    from models.store.sqlite_file import sqlite_database

    database = sqlite_database(practice.location, lambda: keys_of(practice))
    database.connect()
    database.pragma("user_version", version)
    database.close()


@pytest.mark.parametrize(
    ("meddle", "says"),
    [
        (delete, "n’est pas là, et"),
        (delete_all_but_the_outbox, "n’est pas là, et"),
        (empty_the_file, "est vide, et"),
        (put_an_empty_practice, "est vide, et ce cabinet a enregistré"),
        (put_the_copy_back, "est une copie ancienne"),
        (put_a_copy_that_went_on_elsewhere, "c’est une autre copie"),
        (put_another_s, "est celle d’un autre cabinet"),
        (take_the_anchor_away, "manque"),
        (spoil_the_anchor, "ne se lit plus"),
    ],
)
def test_a_base_that_is_not_the_one_that_was_left_is_refused(
    left: Practice, meddle: Callable[[Practice], None], says: str
) -> None:
    meddle(left)
    assert says in refusal(left)
    assert db.obj is None


def test_the_right_base_put_back_is_opened_again(left: Practice) -> None:
    right = left.folder / "bonne.db"
    shutil.copy(left.location, right)
    put_the_copy_back(left)
    refusal(left)
    shutil.copy(right, left.location)
    open_practice(left)
    assert cancel(1002) == 1004
    assert list(breaches(left)) == []


def test_a_file_that_is_written_over_under_an_open_desk_gives_no_number_again(left: Practice) -> None:
    """As `cp` puts an old copy back: into the same file, so that nothing but its content tells."""
    open_practice(left)
    assert counts().total == 3
    put_the_copy_back(left)
    with pytest.raises(PracticeFault, match="copie ancienne"):
        cancel_invoice(sheet(1002).id, None, SOPHIE)


def test_a_log_that_was_lost_with_its_changes_is_noticed(practice: Practice, tmp_path: Path) -> None:
    """As a copy of the base alone is, while a desk has it open; or a -wal that is deleted after a crash."""
    rejected(1001)
    db.pragma("wal_checkpoint", "truncate")
    cancel(1001)
    elsewhere = tmp_path / "ailleurs"
    elsewhere.mkdir()
    for file in (Path(practice.location), practice.key_file, practice.cipher_file, practice.anchor_file):
        shutil.copy(file, elsewhere)
    close_practice()
    assert "est une copie ancienne" in refusal(
        practice._replace(location=str(elsewhere / "cabinet.db"), folder=elsewhere)
    )


def test_what_was_promised_and_not_committed_is_no_older_copy(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    rejected(1001)
    before = anchor_of(practice)
    with monkeypatch.context() as patch:
        patch.setattr("models.commands.cancel.Cancelled", None)
        with pytest.raises(TypeError):
            cancel_invoice(sheet(1001).id, None, SOPHIE)
    with monkeypatch.context() as patch:
        patch.setattr(db.obj, "commit", lambda: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            cancel_invoice(sheet(1001).id, None, SOPHIE)
    close_practice()
    assert anchor_of(practice) != before
    open_practice(practice)
    assert cancel(1001) == 1002
    assert list(breaches(practice)) == []


def anchor_of(practice: Practice) -> bytes:
    return practice.anchor_file.read_bytes()


def test_a_change_is_not_made_where_the_anchor_cannot_be_written(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    rejected(1001)
    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "")))
        with pytest.raises(PracticeFault, match="disque est plein"):
            cancel_invoice(sheet(1001).id, None, SOPHIE)
    assert sheet(1001).state == "rejected"
    assert cancel(1001) == 1002


def test_a_number_and_a_lot_are_lasting_in_the_anchor_before_they_are_committed(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready_invoice(1001)
    done: list[str] = []
    connection = db.connection()
    connection.set_trace_callback(lambda said: done.append(said) if said.startswith(("COMMIT", "BEGIN")) else None)
    settle = os.fdatasync

    def settling(descriptor: int) -> None:
        done.append("anchor")
        settle(descriptor)

    monkeypatch.setattr(os, "fdatasync", settling)
    (lot,) = transmit_all(practice.outbox, SOPHIE)
    assert [step.split()[0] for step in done if step.startswith(("COMMIT", "anchor"))][:2] == ["anchor", "COMMIT"]
    kept = anchor()
    assert kept is not None
    said = kept.read()
    assert said is not None
    assert said.coming is None
    assert [number for name, number in said.done.series.items() if name.startswith("lot ")] == [lot.number]


@pytest.mark.parametrize("spoilt", range(3))
def test_a_power_cut_spoils_one_slot_of_the_anchor_at_most(left: Practice, spoilt: int) -> None:
    open_practice(left)
    cancel(1002)
    close_practice()
    with left.anchor_file.open("r+b") as file:
        file.seek(spoilt * 32 * 1024)
        file.write(b"x" * 100)
    open_practice(left)
    assert list(breaches(left)) == []
    rejected(1005)
    assert cancel(1005) == 1006


def test_a_practice_of_before_gets_its_anchor_unless_lots_left_that_it_does_not_know(left: Practice) -> None:
    db_version(left, 15)
    left.anchor_file.unlink()
    left.outbox.mkdir()
    stranger = left.outbox / "336012349-lot700-20261116.b2"
    stranger.write_bytes(b"000")
    assert "ne connaît pas le lot" in refusal(left)
    stranger.unlink()
    open_practice(left)
    assert left.anchor_file.stat().st_mode & 0o777 == 0o600
    assert cancel(1002) == 1004
    close_practice()
    put_the_copy_back(left)
    assert "copie ancienne" in refusal(left)
