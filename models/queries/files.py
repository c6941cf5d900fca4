"""Files as a person gives them: read whole, or one French sentence why not."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path

from models.domain.disk import disk_reason
from models.domain.faults import PracticeFault
from models.domain.patience import Step
from models.formats.container import Kind, Opened, opened
from models.formats.errors import FormatError
from models.formats.sniff import kind_of
from models.queries.returns import is_received
from models.reading import Unreadable, read_outside, refuse_outside
from models.store.file_faults import spoken_files


def file_name(path: Path) -> str:
    """A file's name as text that the practice can keep, whatever bytes it is made of."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def read_file(path: Path, step: Step | None = None, within: tuple[Path, ...] | None = None) -> bytes:
    """The bytes of a file.

    Args:
        path: the file.
        step: called with (bytes read, bytes in all); what it raises ends the reading.
        within: the folders in which it must lie; None: anywhere.

    Raises:
        PracticeFault: there is none, it may not be read, it is no file of a practice, it lies elsewhere.
    """
    try:
        return read_outside(path, step, within=within)
    except Unreadable as refusal:
        raise PracticeFault(f"« {path} » : {refusal}") from None
    except FileNotFoundError:
        raise PracticeFault(f"Aucun fichier à « {path} » : vérifiez son chemin.") from None
    except PermissionError:
        raise PracticeFault(f"« {path} » ne peut pas être lu : demandez le droit de le lire.") from None
    except OSError as error:
        why = disk_reason(error).of_file
        raise PracticeFault(f"« {path} » ne peut pas être lu ({why}) : vérifiez le support.") from error


def files_in(path: Path, wanted: Kind, step: Step | None = None, within: tuple[Path, ...] | None = None) -> Opened:
    """The files to read in the one that a path names: itself, or those that it holds.

    Args:
        path: the file.
        wanted: what is looked for in it.
        step: called with (bytes read, bytes in all); what it raises ends the reading.
        within: the folders in which it must lie; None: anywhere.

    Raises:
        PracticeFault: it cannot be read.
        FormatError: an archive or a mail that cannot be opened, or that holds no file to read.
    """
    return opened(read_file(path, step, within), file_name(path), wanted)


def unread_returns(inbox: Path) -> list[Path]:
    """The files of the returns folder that are, or hold, a NOEMIE return that was not read yet, by name.

    One that cannot be read is among them: whoever reads it is told why, and the others do not wait for it.

    Raises:
        PracticeFault: the folder or the database cannot be read.
    """
    if not inbox.is_dir():
        return []
    found = []
    with spoken_files(inbox, "de lire"):
        for path in sorted(inbox.iterdir()):
            if path.is_file() and not path.name.startswith("."):
                facts = path.stat()
                try:
                    digests = _returns_in(path, facts.st_size, facts.st_mtime_ns)
                except PracticeFault:
                    found.append(path)
                    continue
                if not all(is_received(digest) for digest in digests):
                    found.append(path)
    return found


@lru_cache(maxsize=1024)
def _returns_in(path: Path, size: int, changed: int) -> tuple[str, ...]:
    """The SHA-256 of each return in a file, read once as long as it has this size and this moment of change."""
    return tuple(hashlib.sha256(data).hexdigest() for data in _of_kind(path, "noemie"))


def _of_kind(path: Path, wanted: Kind) -> list[bytes]:
    """The bytes of the files of one kind that a file is or holds; none where it cannot be opened."""
    try:
        return [file.data for file in files_in(path, wanted).files if kind_of(file.data) == wanted]
    except FormatError:
        return []


def lot_files(path: Path, step: Step | None = None, within: tuple[Path, ...] | None = None) -> list[Path]:
    """The B2 files that a path names: itself, or those of the folder that it is.

    Args:
        path: a file or a folder.
        step: called with (files looked at, files in all); what it raises ends the search.
        within: the folders in which it must lie; None: anywhere.

    Raises:
        PracticeFault: the folder holds none, or cannot be read, or lies elsewhere.
    """
    try:
        refuse_outside(path, within)
    except Unreadable as refusal:
        raise PracticeFault(f"« {path} » : {refusal}") from None
    if not path.is_dir():
        return [path]
    found = []
    with spoken_files(path, "de lire"):
        entries = [entry for entry in sorted(path.iterdir()) if entry.is_file()]
        for done, entry in enumerate(entries):
            if step:
                step(done, len(entries))
            if _may_be_lot(entry):
                found.append(entry)
    if not found:
        raise PracticeFault(f"Aucun fichier B2 dans le dossier « {path} » : vérifiez son chemin.")
    return found


def _may_be_lot(path: Path) -> bool:
    """Whether a file is or holds a lot, or calls itself one and cannot be read: whoever reads it is told why."""
    try:
        return bool(_of_kind(path, "b2"))
    except PracticeFault:
        return path.suffix.lower() == ".b2"
