"""Sauvegarder: a copy of the practice while desks work, checked, with its key apart; and the old ones taken away."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from models.commands.change import open_change
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.faults import PracticeFault
from models.domain.patience import Step
from models.domain.place import Practice
from models.queries.backups import last_backup
from models.store.backup import MANIFEST, check_files, drop_older, keep_key_apart, read_manifest, store_backup
from models.store.backup_rule import read_backup_rule
from models.store.database import journal_key, snapshot
from models.store.faults import spoken
from models.store.file_faults import spoken_files
from models.store.outbox import digest_of
from models.store.stamp import SCHEMA_VERSION
from models.store.whole_file import make_folder
from models.tables.anchor import standing


class AnotherIsAtIt(PracticeFault):
    """Another desk backs up into the same folder."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    """Done: the folder of the copy, its bytes, where the key lies, how many old copies were taken away."""

    place: Path
    size: int
    key: Path | None
    """None where the copy lies beside the practice itself, whose key is there."""
    dropped: int


def back_up(practice: Practice, folder: Path | None, author: Author, progress: Step | None = None) -> BackedUp:
    """Copy the open practice.

    Args:
        practice: where it is.
        folder: where the copy goes; None: where the configuration says, else beside the practice.
        author: who asks for it.
        progress: called with (megabytes written, in all; 0 where nobody knows).

    Raises:
        PracticeFault: the disk or the database refused, or another desk is at it; there is no new copy.
        GivenUp: raised by `progress`; there is no new copy.
    """
    rule = read_backup_rule(practice.settings_file)
    if folder is None:
        _refuse_bare(practice, rule.folder)
    target = (folder or rule.folder or practice.backups).absolute()
    with _alone_in(practice, target):
        return _back_up(practice, target, author, progress)


def back_up_if_due(practice: Practice, author: Author, progress: Step | None = None) -> BackedUp | None:
    """The backup of the day, where the configuration asks for one and none was made yet; None otherwise.

    Raises:
        PracticeFault: as `back_up`.
        GivenUp: as `back_up`.
    """
    rule = read_backup_rule(practice.settings_file)
    if not rule.daily or rule.folder is None or _made_today(author):
        return None
    _refuse_bare(practice, rule.folder)
    try:
        with _alone_in(practice, rule.folder):
            return None if _made_today(author) else _back_up(practice, rule.folder, author, progress)
    except AnotherIsAtIt:
        return None


def _refuse_bare(practice: Practice, folder: Path | None) -> None:
    """Go on only if the disk of the backups is there: its bare mount point would take them, and nobody would notice.

    Raises:
        PracticeFault: the last backup went into this folder, and nothing of it is left.
    """
    last = last_backup()
    if last is not None and Path(last.place).parent == folder and not _lock_in(practice, folder).exists():
        raise PracticeFault(f"« {folder} » n’a plus les sauvegardes d’avant : vérifiez que son disque est branché.")


def _lock_in(practice: Practice, folder: Path) -> Path:
    return folder / f".{practice.stem}.verrou"


def _made_today(author: Author) -> bool:
    last = last_backup()
    return last is not None and last.day >= author.day


def _back_up(practice: Practice, target: Path, author: Author, progress: Step | None = None) -> BackedUp:
    rule, key = read_backup_rule(practice.settings_file), journal_key()
    if not key:
        raise PracticeFault("La clé du journal manque à côté de la base : remettez-la avant de sauvegarder.")
    with spoken(), spoken_files(target):
        with snapshot():
            mark = standing()
        place = store_backup(practice, target, author.at, mark, SCHEMA_VERSION, key, progress)
        apart = None
        if target != practice.backups:
            apart = keep_key_apart(practice, rule.key_folder or target / f"{practice.stem}-cle")
    manifest = read_manifest(place, key)
    check_files(place, manifest)
    with spoken_files(place, "de relire"):
        digest = digest_of(place / MANIFEST)
    with open_change(author, Action.BACK_UP) as change:
        change.record("backup", {"place": str(place), "manifest": digest})
    dropped = 0
    if target == rule.folder:
        dropped = drop_older(practice, target, author.day - timedelta(days=rule.kept))
    return BackedUp(place, sum(file.size for file in manifest.files.values()), apart, dropped)


@contextmanager
def _alone_in(practice: Practice, folder: Path) -> Iterator[None]:
    """Hold the folder against other desks that would back up into it.

    Raises:
        AnotherIsAtIt: one is at it.
        PracticeFault: the disk refused.
    """
    with spoken_files(folder):
        make_folder(folder)
        descriptor = os.open(_lock_in(practice, folder), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AnotherIsAtIt(f"Un autre poste sauvegarde dans « {folder} » : attendez qu’il ait fini.") from None
        yield
    finally:
        os.close(descriptor)
