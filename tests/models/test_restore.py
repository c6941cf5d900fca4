"""Restaurer: beyond what may have left, checked, whole at any moment; the base of before is kept."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models.commands.back_up import back_up
from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.restore import Plan, Restored, preparing, restore
from models.commands.transmit import transmit_all
from models.domain.author import Author
from models.domain.faults import PracticeFault
from models.domain.place import Practice
from models.practice import close_practice, open_practice
from models.queries.verification import breaches, notices
from models.store.database import db
from models.store.sqlite_file import wal_is_safe
from tests.models.practice import SOPHIE, ready, rejected, sheet
from tests.practices import copy_practice, empty_practice
from tests.sqlite_file import raw

NOW = Author("claire", SOPHIE.at + timedelta(days=1))


def cancel(number: int) -> int:
    """Cancel it; the number of its successor."""
    outcome = cancel_invoice(sheet(number).id, None, SOPHIE)
    assert isinstance(outcome, Cancelled)
    return outcome.new_number


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice that was backed up with a validated invoice (1002) and a rejected one (2001); then 1002 left in lot 5,
    and 2001 became 2002. Closed."""
    practice = copy_practice(empty_practice(), tmp_path_factory.mktemp("perdu"))
    open_practice(practice)
    ready(1001)
    rejected(2001)
    back_up(practice, practice.folder / "disque", SOPHIE)
    transmit_all(practice.outbox, SOPHIE)
    assert cancel(2001) == 2002
    close_practice()
    return practice.folder


@pytest.fixture
def lost(made: Path, tmp_path: Path) -> Iterator[Practice]:
    """A copy of it."""
    yield copy_practice(made, tmp_path)
    close_practice()


def restored(practice: Practice, copy: Path | None = None) -> tuple[Plan, Restored]:
    """Restore it; what was planned and what was done."""
    with preparing(practice, copy, None) as plan:
        done = restore(plan, NOW)
    open_practice(practice)
    return plan, done


def newest(practice: Practice) -> Path:
    """The backup of `lost`."""
    (copy,) = (practice.folder / "disque").glob("cabinet-2*")
    return copy


def nothing(_: Practice) -> None:
    pass


def delete_the_base(practice: Practice) -> None:
    Path(practice.location).unlink()


def spoil_the_base(practice: Practice) -> None:
    Path(practice.location).write_bytes(b"SQLite format 3\0" + b"x" * 8000)


def delete_base_and_anchor(practice: Practice) -> None:
    Path(practice.location).unlink()
    practice.anchor_file.unlink()


def delete_base_and_outbox(practice: Practice) -> None:
    Path(practice.location).unlink()
    shutil.rmtree(practice.outbox)


@pytest.mark.parametrize(
    "damage", [nothing, delete_the_base, spoil_the_base, delete_base_and_anchor, delete_base_and_outbox]
)
def test_a_restored_practice_gives_no_number_again_and_sends_nothing_again(
    lost: Practice, damage: Callable[[Practice], None]
) -> None:
    damage(lost)
    before = Path(lost.location).read_bytes() if Path(lost.location).exists() else None
    plan, done = restored(lost, newest(lost))
    assert db.pragma("journal_mode") == ("wal" if wal_is_safe() else "delete")
    assert [suspect.number for suspect in plan.suspects] == [1002]
    assert [lot.number for lot in plan.lots] == ([] if damage is delete_base_and_outbox else [5])
    assert done.reopened == 1
    assert sheet(1002).state == "unvalidated", "it left: nobody sends it again unseen"
    assert transmit_all(lost.outbox, NOW) == ()
    assert cancel(2001) == (2002 if damage is delete_base_and_anchor else 2003), "2002 may have left"
    ready(3001)
    (lot,) = transmit_all(lost.outbox, NOW)
    assert lot.number == 6
    if before is not None:
        assert done.aside is not None
        assert (done.aside / "cabinet.db").stat().st_size == len(before)
    assert list(breaches(lost)) == []
    told = [notice.text for notice in notices(lost) if "parti après la sauvegarde qui fut restaurée" in notice.text]
    assert len(told) == len(plan.lots)
    close_practice()
    open_practice(lost)


def test_an_older_base_that_was_put_back_is_taken_over_as_it_is(lost: Practice) -> None:
    shutil.copy(newest(lost) / "cabinet.db", lost.location)
    with pytest.raises(PracticeFault, match="copie ancienne"):
        open_practice(lost)
    restored(lost, Path(lost.location))
    assert cancel(2001) == 2003


def test_the_newest_backup_is_taken_and_nothing_is_touched_before_it_is_confirmed(lost: Practice) -> None:
    gone = "Aucune sauvegarde .* ; la dernière est partie dans « .*disque.* » : rebranchez-le"
    with pytest.raises(PracticeFault, match=gone), preparing(lost, None, None):
        pass
    open_practice(lost)
    made = back_up(lost, None, NOW)
    close_practice()
    before = {path: path.read_bytes() for path in lost.folder.rglob("*") if path.is_file()}
    with preparing(lost, None, None) as plan:
        assert plan.copy == made.place
    after = {path: path.read_bytes() for path in lost.folder.rglob("*") if path.is_file()}
    assert {path for path in before if before[path] != after.get(path)} == set()


def test_on_a_new_machine_the_key_that_was_kept_apart_is_enough(lost: Practice, tmp_path: Path) -> None:
    new = lost._replace(location=str(tmp_path / "neuf" / "cabinet.db"), folder=tmp_path / "neuf")
    restored(new, newest(lost))
    assert new.key_file.read_bytes() == lost.key_file.read_bytes()
    assert cancel(2001) == 2002


@pytest.mark.parametrize("damage", ["a byte", "the chain", "another's key"])
def test_a_copy_that_does_not_hold_is_refused_and_nothing_changes(lost: Practice, damage: str, tmp_path: Path) -> None:
    copy, key = newest(lost), None
    if damage == "a byte":
        (copy / "cabinet.db").write_bytes((copy / "cabinet.db").read_bytes()[:-1] + b"x")
    elif damage == "the chain":
        connection = raw(copy / "cabinet.db", key_of=lost.location)
        for (guard,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {guard}")
        connection.execute("UPDATE journal_entry SET operator = 'x' WHERE id = 3")
        connection.commit()
        connection.close()
        copy = copy / "cabinet.db"
    else:
        key = tmp_path / "autre.cle"
        key.write_text("00" * 32)
    base = Path(lost.location).read_bytes()
    with pytest.raises(PracticeFault), preparing(lost, copy, key):
        pass
    assert Path(lost.location).read_bytes() == base
    assert not list(lost.folder.glob(".cabinet-restauration-*"))


def test_an_open_desk_is_not_restored_over(lost: Practice) -> None:
    desk = raw(lost.location)
    desk.execute("SELECT count(*) FROM invoice").fetchone()
    with (
        pytest.raises(PracticeFault, match="Un autre poste a ouvert"),
        preparing(lost, newest(lost), None) as plan,
    ):
        restore(plan, NOW)
    desk.close()
    open_practice(lost)
    assert sheet(2002).state == "unvalidated"


def test_what_was_changed_meanwhile_is_not_restored_over(lost: Practice) -> None:
    with preparing(lost, newest(lost), None) as plan:
        desk = raw(lost.location, None)
        desk.execute(
            "INSERT INTO journal_entry (at, operator, action, subject, detail, previous, mac)"
            " VALUES ('', 'x', 'x', 'x', '{}', '', 'x')"
        )
        desk.close()
        with pytest.raises(PracticeFault, match="entre-temps"):
            restore(plan, NOW)


def killed_at(point: int, practice: Practice) -> bool:
    """Let a child die at this call on the disk while it restores; whether it got there."""
    child = os.fork()
    if child == 0:
        left = point
        with preparing(practice, newest(practice), None) as plan:
            for name in ("rename", "replace", "link", "fsync"):
                vars(os)[name] = _dying(vars(os)[name], lambda: count())

            def count() -> None:
                nonlocal left
                left -= 1
                if left <= 0:
                    os.kill(os.getpid(), signal.SIGKILL)

            restore(plan, NOW)
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _dying(call: Callable[..., Any], step: Callable[[], None]) -> Callable[..., Any]:
    def dying(*args: Any, **named: Any) -> Any:
        step()
        return call(*args, **named)

    return dying


def test_a_kill_at_any_moment_leaves_the_base_of_before_or_the_restored_one(lost: Practice, tmp_path: Path) -> None:
    ends, point, died = set(), -1, True
    while died:
        point += 1 if os.environ.get("ACCUEIL_LONG") else 3
        folder = tmp_path / f"essai-{point}"
        shutil.copytree(lost.folder, folder, ignore=shutil.ignore_patterns("essai-*"))
        here = lost._replace(location=str(folder / "cabinet.db"), folder=folder)
        died = killed_at(point, here)
        open_practice(here)
        ends.add(sheet(1002).state)
        close_practice()
        _, done = restored(here, newest(here))
        assert done.aside is not None
        assert cancel(2001) >= 2003
        close_practice()
        shutil.rmtree(folder)
    assert ends == {"transmitted", "unvalidated"}
    assert point > 5
