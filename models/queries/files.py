"""Files as a person gives them: read whole, or one French sentence why not."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path
from typing import Final

from models.domain.faults import PracticeFault
from models.formats.container import Kind, Opened, opened
from models.formats.errors import FormatError
from models.formats.sniff import kind_of
from models.queries.returns import is_received
from models.store.faults import spoken_files

LARGEST: Final = 256 * 1024 * 1024
"""Bytes; no practice's file comes near: what is larger is something else."""


def file_name(path: Path) -> str:
    """A file's name as text that the practice can keep, whatever bytes it is made of."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def read_file(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        PracticeFault: there is none, it is a folder, it may not be read, it is no file of a practice.
    """
    try:
        if path.is_dir():
            raise PracticeFault(f"« {path} » est un dossier : donnez le chemin d’un fichier.")
        if path.stat().st_size > LARGEST:
            raise PracticeFault(f"« {path} » est trop gros pour un fichier de cabinet : vérifiez lequel vous donnez.")
        return path.read_bytes()
    except FileNotFoundError:
        raise PracticeFault(f"Aucun fichier à « {path} » : vérifiez son chemin.") from None
    except PermissionError:
        raise PracticeFault(f"« {path} » ne peut pas être lu : demandez le droit de le lire.") from None
    except OSError as error:
        raise PracticeFault(f"« {path} » ne peut pas être lu ({error.strerror}) : vérifiez le support.") from error


def files_in(path: Path, wanted: Kind) -> Opened:
    """The files to read in the one that a path names: itself, or those that it holds.

    Raises:
        PracticeFault: it cannot be read.
        FormatError: an archive or a mail that cannot be opened, or that holds no file to read.
    """
    return opened(read_file(path), file_name(path), wanted)


def unread_returns(inbox: Path) -> list[Path]:
    """The files of the returns folder that are, or hold, a NOEMIE return that was not read yet, by name.

    Raises:
        PracticeFault: the folder, one of its files or the database cannot be read.
    """
    if not inbox.is_dir():
        return []
    found = []
    with spoken_files(inbox, "de lire"):
        for path in sorted(inbox.iterdir()):
            if path.is_file() and not path.name.startswith("."):
                facts = path.stat()
                digests = _returns_in(path, facts.st_size, facts.st_mtime_ns)
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


def lot_files(path: Path) -> list[Path]:
    """The B2 files that a path names: itself, or those of the folder that it is.

    Raises:
        PracticeFault: the folder holds none, or cannot be read.
    """
    if not path.is_dir():
        return [path]
    with spoken_files(path, "de lire"):
        found = [file for file in sorted(path.iterdir()) if file.is_file() and _of_kind(file, "b2")]
    if not found:
        raise PracticeFault(f"Aucun fichier B2 dans le dossier « {path} » : vérifiez son chemin.")
    return found
