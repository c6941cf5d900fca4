"""A file that is there in full, on the disk, or is not there; most are written once.

What is not whole yet is a draft: a new file under a name that nobody can foresee, so that no link and no file that
somebody planted is ever opened in its place.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final

_NO_LINKS: Final = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}
"""What a file system says that knows no second name of a file (FAT, some shares)."""

_DRAFT: Final = ".en-cours"
"""How the name of a draft ends."""


def write_whole(path: Path, data: bytes, drafts: Path | None = None) -> None:
    """Write a new file that only its owner reads.

    Args:
        path: its place; nothing that is there is written over, whatever it is.
        data: its bytes.
        drafts: the folder of its draft, on the same disk; else the file's own.

    Raises:
        OSError: the disk refused, or there is a file of this name already; nothing was made.
    """
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, "", str(path))
    if drafts is None:
        sweep_drafts(path)
    draft = _draft(path, data, drafts or path.parent)
    placed = False
    try:
        _name(draft, path)
        placed = True
        settle_folder(path.parent)
    except OSError:
        if placed:
            path.unlink(missing_ok=True)
        raise
    finally:
        draft.unlink(missing_ok=True)


def rewrite_whole(path: Path, data: bytes) -> None:
    """Write a file that only its owner reads, in place of the one that may be there.

    Raises:
        OSError: the disk refused; the file is whole, as it was or as it should be.
    """
    sweep_drafts(path)
    draft = _draft(path, data, path.parent)
    try:
        draft.replace(path)
        settle_folder(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def sweep_drafts(path: Path) -> None:
    """Take away the drafts of this file that a crash left beside it.

    Raises:
        OSError: the disk refused.
    """
    for draft in path.parent.iterdir():
        if draft.name.startswith(f".{path.name}.") and draft.name.endswith(_DRAFT):
            draft.unlink(missing_ok=True)


def _draft(path: Path, data: bytes, folder: Path) -> Path:
    """A new file with this content, on the disk, under a name of its own."""
    draft = folder / f".{path.name}.{os.urandom(8).hex()}{_DRAFT}"
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(descriptor)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    return draft


def _name(draft: Path, path: Path) -> None:
    """Give the draft its name, which nothing else may bear; a link to a new name does both at once."""
    try:
        os.link(draft, path, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, "", str(path)) from error
        draft.replace(path)


def make_folder(folder: Path) -> None:
    """Make a folder for us alone where there is none, and those above it, each lasting under its name.

    Raises:
        OSError: the disk refused.
    """
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for path in reversed(missing):
        settle_folder(path.parent)


def settle_folder(folder: Path) -> None:
    """Make the names in `folder` lasting.

    Raises:
        OSError: the disk refused.
    """
    _settle(folder, os.O_DIRECTORY)


def settle_file(file: Path) -> None:
    """Make what is in a file lasting, and its length.

    Raises:
        OSError: the disk refused.
    """
    _settle(file, os.O_NOFOLLOW)


def _settle(path: Path, kind: int) -> None:
    descriptor = os.open(path, os.O_RDONLY | kind | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
