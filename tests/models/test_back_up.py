"""Sauvegarder: whole, signed, checked, while desks work; each day by itself; the old ones go, the last never."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from models.commands import back_up as module
from models.commands.back_up import BackedUp, back_up, back_up_if_due
from models.commands.cancel import cancel_invoice
from models.domain.author import Author
from models.domain.backup import BackupRule, LastBackup, days_old
from models.domain.faults import PracticeFault
from models.domain.place import Practice
from models.practice import close_practice, open_practice
from models.queries.backups import last_backup
from models.queries.counts import counts
from models.queries.verification import breaches
from models.store import backup as files
from models.store.backup import MANIFEST, backups_in, check_files, read_manifest
from models.store.backup_rule import read_backup_rule
from models.store.database import db, journal_key
from tests.models.practice import SOPHIE, rejected, sheet
from tests.practices import practice_in


def days_later(days: int) -> Author:
    return Author(SOPHIE.operator, SOPHIE.at + timedelta(days=days))


def configure(practice: Practice, *lines: str) -> None:
    said = practice.settings_file.read_text(encoding="utf-8")
    practice.settings_file.write_text("\n".join([said, "[sauvegarde]", *lines, ""]), encoding="utf-8")


def test_a_backup_holds_the_practice_as_it_stood_with_its_key_apart(practice: Practice, tmp_path: Path) -> None:
    rejected(1001)
    disk = tmp_path / "disque"
    made = back_up(practice, disk, SOPHIE)
    assert (last := last_backup()) is not None
    assert (last.at, last.place) == (SOPHIE.at, str(made.place))
    cancel_invoice(sheet(1001).id, None, SOPHIE)
    assert made.key == disk / "cabinet-cle" / "cabinet.cle"
    assert made.key.read_bytes() == practice.key_file.read_bytes()
    assert sorted(path.name for path in made.place.iterdir()) == ["cabinet.db", "cabinet.toml", MANIFEST]
    assert {path.stat().st_mode & 0o077 for path in (made.place, *made.place.iterdir(), made.key)} == {0}
    manifest = read_manifest(made.place, journal_key())
    assert (manifest.mark.entry, manifest.outbox) == (2, {})
    close_practice()
    copy = practice_in(made.place)
    with pytest.raises(PracticeFault, match="elle est chiffrée et sa clé"):
        open_practice(copy)
    for apart in made.key.parent.iterdir():
        shutil.copy(apart, copy.folder)
    (made.place / copy.anchor_file.name).write_bytes(b"")
    with pytest.raises(PracticeFault):  # beside no anchor of its own it is not worked on; it is restored
        open_practice(copy)
    copy.key_file.unlink()
    open_practice(copy)
    assert counts().total == 1


def test_without_a_folder_it_lies_beside_the_practice_and_without_a_key_there_is_none(practice: Practice) -> None:
    made = back_up(practice, None, SOPHIE)
    assert (made.place.parent, made.key) == (practice.backups, None)
    db.obj.journal_key = b""
    with pytest.raises(PracticeFault, match="clé du journal manque"):
        back_up(practice, None, SOPHIE)


@pytest.mark.parametrize("damage", ["manifest", "base", "missing"])
def test_a_backup_that_was_changed_is_told(practice: Practice, damage: str) -> None:
    place = back_up(practice, None, SOPHIE).place
    if damage == "manifest":
        said = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
        said["mark"]["entry"] = 7
        (place / MANIFEST).write_text(json.dumps(said), encoding="utf-8")
    elif damage == "base":
        data = bytearray((place / "cabinet.db").read_bytes())
        data[5000] ^= 1
        (place / "cabinet.db").write_bytes(data)
    else:
        (place / "cabinet.toml").unlink()
    with pytest.raises(PracticeFault, match=r"une autre sauvegarde|prenez-en une autre"):
        check_files(place, read_manifest(place, journal_key()))


def test_a_backup_that_was_cut_leaves_nothing_that_passes_for_one(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(files, "write_whole", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        patch.setattr(shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(KeyboardInterrupt):
            back_up(practice, None, SOPHIE)
    assert backups_in(practice, practice.backups) == []
    assert last_backup() is None
    made = back_up(practice, None, SOPHIE)
    assert [path.name for path in practice.backups.iterdir() if path.is_dir()] == [made.place.name], "swept"


def test_the_backup_of_the_day_is_made_once_and_the_old_ones_go(practice: Practice, tmp_path: Path) -> None:
    disk = tmp_path / "disque"
    assert back_up_if_due(practice, SOPHIE) is None, "nothing is configured"
    configure(practice, f'dossier = "{disk}"', "quotidienne = true", "garder = 2", f'cle = "{tmp_path / "ailleurs"}"')
    first = back_up_if_due(practice, SOPHIE)
    assert isinstance(first, BackedUp)
    assert first.key == tmp_path / "ailleurs" / "cabinet.cle"
    assert back_up_if_due(practice, SOPHIE) is None, "it was made today"
    with module._alone_in(practice, disk):
        assert back_up_if_due(practice, days_later(1)) is None, "another desk is at it"
        with pytest.raises(PracticeFault, match="Un autre poste"):
            back_up(practice, None, days_later(1))
    made = [back_up_if_due(practice, days_later(days)) for days in (1, 2, 3)]
    assert [one.dropped for one in made if one] == [0, 0, 1]
    assert [path.name for path in backups_in(practice, disk)] == [one.place.name for one in reversed(made) if one]
    assert list(breaches(practice)) == []
    disk.rename(tmp_path / "débranché")
    disk.mkdir()
    with pytest.raises(PracticeFault, match="disque est branché"):
        back_up_if_due(practice, days_later(4))
    assert list(disk.iterdir()) == []


def test_when_the_last_backup_is_old() -> None:
    last, asked = LastBackup(SOPHIE.at, ""), BackupRule(Path("/x"), daily=True)
    days = [days_old(last, asked, SOPHIE.day + timedelta(days=days)) for days in range(4)]
    assert days == [None, None, None, 3]
    assert days_old(last, BackupRule(), SOPHIE.day + timedelta(days=7)) is None
    assert days_old(last, BackupRule(), SOPHIE.day + timedelta(days=8)) == 8
    assert days_old(None, BackupRule(), SOPHIE.day) is None
    assert days_old(None, asked, SOPHIE.day) == 0


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (['dossier = "relatif"'], 2),
        (["dossier = 3"], 2),
        (['dossier = "/x"', "quotidienne = 1"], 3),
        (["quotidienne = true"], 2),
        (['dossier = "/x"', "garder = 0"], 3),
        (['dossier = "/x"', "garder = 1.5"], 3),
        (['dossier = "/x"', "cle = []"], 3),
        (['dossier = "/x"', "heure = 3"], 3),
    ],
)
def test_a_rule_that_is_misspelt_is_told_with_its_line(tmp_path: Path, lines: list[str], line: int) -> None:
    path = tmp_path / "cabinet.toml"
    path.write_text("\n".join(["[sauvegarde]", *lines]), encoding="utf-8")
    with pytest.raises(PracticeFault, match=f"ligne {line} : ") as caught:
        read_backup_rule(path)
    assert str(caught.value).endswith(".")
