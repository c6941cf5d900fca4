"""A file that is there in full, on the disk, or is not there; most are written once."""

from __future__ import annotations

import errno
import os
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write a new file that only its owner reads.

    Raises:
        OSError: the disk refused, or there is a file of this name already; nothing was made.
    """
    if path.exists():
        raise FileExistsError(errno.EEXIST, "", str(path))
    try:
        rewrite_whole(path, data)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def rewrite_whole(path: Path, data: bytes) -> None:
    """Write a file that only its owner reads, in place of the one that may be there.

    Raises:
        OSError: the disk refused; the file is whole, as it was or as it should be.
    """
    draft = path.with_name(f".{path.name}.en-cours")
    draft.unlink(missing_ok=True)
    try:
        descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        draft.replace(path)
        _settle_folder(path.parent)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def _settle_folder(folder: Path) -> None:
    """Make the names in `folder` lasting."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
