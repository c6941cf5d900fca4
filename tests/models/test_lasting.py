"""What must be on the disk before what follows from it is: asked of the calls themselves, in their order.

Each was found by letting the power go at random (`tests/models/test_power_cuts.py`).
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from peewee import OperationalError

from models.commands import transmit
from models.commands.back_up import back_up
from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.change_key import change_key
from models.commands.restore import preparing, restore
from models.commands.settle_lot import settle_doubt
from models.commands.transmit import transmit_all
from models.domain.exchanges import LotStatus
from models.domain.faults import PracticeFault
from models.domain.place import Practice
from models.practice import close_practice, open_practice
from models.queries.lots import own_lots
from models.store import cipher, cipher_keys, schema
from models.store.cipher import HeldKey
from models.store.cipher_keys import hold_keys, keys_in
from models.store.database import db
from models.store.sqlite_file import Sqlite
from models.store.stamp import SCHEMA_VERSION
from tests.models.practice import SOPHIE, ready, rejected, sheet


@contextmanager
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What happens meanwhile, in order: names given, files and folders made lasting, commits."""
    seen: list[str] = []

    def told(call: Callable[..., Any], say: Callable[..., str]) -> Callable[..., Any]:
        def telling(*args: Any, **named: Any) -> Any:
            found = call(*args, **named)
            seen.append(say(*args))
            return found

        return telling

    def lasting(descriptor: int) -> str:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        return f"{'folder ' if stat.S_ISDIR(os.fstat(descriptor).st_mode) else ''}{path.name} lasting"

    def watching(*args: Any) -> Any:
        connection = opened(*args)
        connection.set_trace_callback(lambda sql: seen.append(sql) if sql.startswith("COMMIT") else None)
        return connection

    opened = cipher._opened
    with monkeypatch.context() as patch:
        patch.setattr(cipher, "_opened", watching)
        patch.setattr(os, "fsync", told(os.fsync, lasting))
        patch.setattr(os, "mkdir", told(os.mkdir, lambda path, *_: f"{Path(path).name} made"))
        for name in ("rename", "replace"):
            patch.setattr(os, name, told(getattr(os, name), lambda _, path: f"{Path(path).name} named"))
        yield seen


def between(seen: list[str], first: str, then: str) -> list[str]:
    """What happened after the first and before what came then."""
    start = seen.index(first)
    return seen[start + 1 : seen.index(then, start)]


def test_the_folders_of_a_lot_are_lasting_before_it_is_noted(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a lot en doute would be of a folder that was never there, and nobody could decide on it."""
    ready()
    close_practice()
    with watched(monkeypatch) as seen:
        open_practice(practice)
        transmit_all(practice.outbox, SOPHIE)
    (drafts,) = (name for name in seen if name.startswith(".accueil-"))
    assert f"folder {practice.folder.name} lasting" in between(seen, f"{practice.outbox.name} made", drafts)
    assert between(seen, drafts, "COMMIT") == [f"folder {practice.outbox.name} lasting"]


@pytest.mark.parametrize("left", [False, True])
def test_a_lots_file_that_is_put_aside_or_back_stays_there(
    practice: Practice, monkeypatch: pytest.MonkeyPatch, left: bool
) -> None:
    """Else the file of a void lot could be back beside the lot in which its invoices leave again."""
    ready()
    with monkeypatch.context() as patch:
        patch.setattr(transmit, "_mark_sent", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            transmit_all(practice.outbox, SOPHIE)
    (lot,) = own_lots(LotStatus.IN_DOUBT)
    file = practice.outbox / lot.file_name
    aside = file.with_name(f"{file.name}.annule")
    if left:
        file.rename(aside)
    close_practice()
    with watched(monkeypatch) as seen:
        open_practice(practice)
        settle_doubt(lot.id, left, practice.outbox, SOPHIE)
    named = f"{(file if left else aside).name} named"
    assert between(seen, named, "COMMIT") == [f"folder {practice.outbox.name} lasting"]


def test_no_log_of_before_comes_back_beside_a_restored_base(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    rejected(1001)
    copy = back_up(practice, practice.folder / "disque", SOPHIE).place
    close_practice()
    with watched(monkeypatch) as seen, preparing(practice, copy, None) as plan:
        aside = restore(plan, SOPHIE).aside
    assert aside is not None
    assert "cabinet.db-wal lasting" in seen[: seen.index("cabinet.db named")]
    made = between(seen, f"{practice.backups.name} made", "cabinet.db named")
    assert made.index(f"folder {practice.folder.name} lasting") < made.index(f"folder {practice.backups.name} lasting")


def test_a_restored_base_that_could_not_be_folded_into_its_file_is_not_put_in_place(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fails as it is closed leaves its last change in its log, which the renaming would leave behind."""
    rejected(1001)
    copy = back_up(practice, practice.folder / "disque", SOPHIE).place

    def failing() -> None:
        log = Path(f"{db.obj.database}-wal")
        content = log.read_bytes()
        close_practice()
        log.write_bytes(content)

    with monkeypatch.context() as patch, preparing(practice, copy, None) as plan:
        patch.setattr("models.commands.restore.close_practice", failing)
        with pytest.raises(PracticeFault, match="rien n’a été fait"):
            restore(plan, SOPHIE)
        patch.undo()
    open_practice(practice)
    assert isinstance(cancel_invoice(sheet(1001).id, None, SOPHIE), Cancelled)


def test_a_copy_whose_manifest_does_not_read_again_is_said_in_a_sentence(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("models.commands.back_up.digest_of", lambda _: (_ for _ in ()).throw(OSError(errno.EIO, "")))
        with pytest.raises(PracticeFault, match="Impossible de relire"):
            back_up(practice, None, SOPHIE)


def test_no_log_of_before_comes_back_beside_a_base_under_another_key(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    with watched(monkeypatch) as seen:
        change_key(practice, SOPHIE)
    before = seen[: seen.index("cabinet.db named")]
    assert before[-1] == f"folder {practice.folder.name} lasting"


def test_the_copy_of_an_update_is_lasting(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(db.obj, Sqlite)
    with watched(monkeypatch) as seen:
        copy = schema.back_up(db.obj, practice.backups, practice.stem)
    lasting = [
        f"folder {practice.folder.name} lasting",
        f"{copy.name} lasting",
        f"folder {practice.backups.name} lasting",
    ]
    assert seen == [f"{practice.backups.name} made", *lasting]


def test_a_change_that_the_disk_refused_to_keep_is_written_over(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its frames may be whole in the log: a kill, and the next opening would take it for kept."""
    rejected(1001)
    seen: list[str] = []
    connection: Any = db.connection()
    connection.set_trace_callback(seen.append)
    with monkeypatch.context() as patch:
        patch.setattr(db.obj, "commit", lambda: (_ for _ in ()).throw(OperationalError("disk I/O error")))
        with pytest.raises(PracticeFault, match="Le disque ne répond plus"):
            cancel_invoice(sheet(1001).id, None, SOPHIE)
    assert seen[-5:] == [
        *("ROLLBACK", "BEGIN IMMEDIATE", "PRAGMA user_version"),
        *(f"PRAGMA user_version = {SCHEMA_VERSION}", "COMMIT"),
    ]


def test_what_is_told_the_anchor_in_part_is_refused(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    rejected(1001)
    pwrite = os.pwrite
    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", lambda descriptor, data, where: pwrite(descriptor, data[:100], where))
        with pytest.raises(PracticeFault, match="plein"):
            cancel_invoice(sheet(1001).id, None, SOPHIE)
    assert isinstance(cancel_invoice(sheet(1001).id, None, SOPHIE), Cancelled)


@pytest.mark.parametrize("cut", [b"abcdef", b"0" * 64 + b" 2026-1", b"\0" * 76, b"\0" * 40 + b"1" * 35 + b"\n"])
def test_a_key_that_was_cut_as_it_was_written_spoils_none(tmp_path: Path, cut: bytes) -> None:
    """Neither those before it nor the one that is written next."""
    place = tmp_path / "cabinet.chiffrement"
    hold_keys(place, [HeldKey("a" * 64, "2026-11-28", place)])
    whole = place.read_bytes()
    place.write_bytes(whole + cut)
    assert [key.secret[0] for key in keys_in(place)] == ["a"]
    hold_keys(place, [HeldKey("b" * 64, "2026-11-28", place)])
    assert [key.secret[0] for key in keys_in(place)] == ["b", "a"]
    assert place.read_bytes() == whole + cipher_keys.written([HeldKey("b" * 64, "2026-11-28", place)])
