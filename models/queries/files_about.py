"""The files of a practice in which somebody is named: lots that left, returns, copies, what was taken out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from models.domain.faults import PracticeFault
from models.domain.patience import Step
from models.domain.place import Practice
from models.domain.pseudonyms import Redaction
from models.domain.states import Origin
from models.formats.container import Kind, opened
from models.formats.errors import FormatError
from models.queries.files import file_name, read_file, unread_returns
from models.store.backup import backups_in
from models.store.backup_rule import read_backup_rule
from models.store.database import rows
from models.store.faults import spoken
from models.store.file_faults import spoken_files
from models.tables.lots import Lot

_KINDS: Final[tuple[Kind, ...]] = ("b2", "noemie")


@dataclass(frozen=True, slots=True)
class FilesAbout:
    """Where they are named: what may go; `unread` are returns that wait to be read, `away` folders out of reach."""

    may_go: tuple[Path, ...]
    unread: tuple[Path, ...]
    away: tuple[Path, ...]


def files_about(practice: Practice, people: Redaction, progress: Step | None = None) -> FilesAbout:
    """The files in which one of these people is named by their NIR, opened where they are archives or mails.

    Args:
        practice: where it is; lots that were written elsewhere are looked for there too.
        people: whom to look for.
        progress: called with (files read, in all).

    Raises:
        GivenUp: raised by `progress`.
        PracticeFault: a folder or the database cannot be read.
    """
    elsewhere = _lots_elsewhere(practice)
    unread = set(unread_returns(practice.inbox))
    candidates = list(_candidates(practice, elsewhere))
    named: list[Path] = []
    for done, path in enumerate(candidates):
        if progress is not None:
            progress(done, len(candidates))
        if _names(path, people):
            named.append(path)
    return FilesAbout(
        tuple(path for path in named if path not in unread),
        tuple(path for path in named if path in unread),
        tuple(sorted(folder for folder in elsewhere if not folder.is_dir())),
    )


def taken_out(practice: Practice) -> tuple[Path, ...]:
    """What was exported and printed: who is named there is not to be told from a PDF, and all of it can be made again.

    Raises:
        PracticeFault: a folder cannot be read.
    """
    return (*_files(practice.exports), *_files(practice.printouts))


def copies(practice: Practice) -> tuple[Path, ...]:
    """The copies of the practice beside it and where its backups go: each holds everyone whom it held then.

    Raises:
        PracticeFault: the configuration or a folder cannot be read.
    """
    said = read_backup_rule(practice.settings_file).folder
    folders = [folder for folder in dict.fromkeys((practice.backups, said)) if folder is not None and folder.is_dir()]
    made = [place for folder in folders for place in backups_in(practice, folder)]
    before_updates = [
        path for path in _files(practice.backups) if path.suffix == ".db" and path.parent == practice.backups
    ]
    return tuple(sorted({*made, *before_updates}))


def _candidates(practice: Practice, elsewhere: dict[Path, list[str]]) -> Iterator[Path]:
    for folder in (practice.outbox, practice.inbox):
        yield from _files(folder)
    for folder, names in elsewhere.items():
        yield from (folder / name for name in names if (folder / name).is_file())


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    with spoken_files(folder, "de lire"):
        return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


@spoken()
def _lots_elsewhere(practice: Practice) -> dict[Path, list[str]]:
    found: dict[Path, list[str]] = {}
    lots = Lot.select(Lot.folder, Lot.file_name).where(Lot.origin == Origin.OWN, Lot.folder.is_null(False))
    for folder, name in rows(lots.tuples()):
        if Path(folder) != practice.outbox:
            found.setdefault(Path(folder), []).append(name)
    return found


def _names(path: Path, people: Redaction) -> bool:
    """Whether one of these people is named there; what is larger than a practice's files is none of them."""
    try:
        data = read_file(path)
    except PracticeFault:
        return False
    if people.names_somebody(data):
        return True
    for kind in _KINDS:
        try:
            inner = opened(data, file_name(path), kind).files
        except FormatError:
            continue
        if any(people.names_somebody(file.data) for file in inner):
            return True
    return False
