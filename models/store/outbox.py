"""The folder into which lots are written: whether it is there, what is in it of a lot, and what is put out of the way.

For as long as lots are being written, the folder bears another one, of ours alone, with their drafts. It stays where
the writing was cut: it tells this very folder from another one at the same path, such as the bare mount point of a
medium that is gone; and once it is emptied, a writer that was given up can no longer give a file its name.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG
from typing import Final

from models.domain.exchanges import LotFile
from models.reference.identifiers import NINE
from models.store.whole_file import make_folder, settle_folder

LOT_FILE: Final = re.compile(rf"({NINE})-(lot|dre)(\d{{3}})-(\d{{4}})(\d\d)(\d\d)\.b2")
"""How the files of our lots are called: practitioner, what is in it, number, day."""

ASIDE: Final = ".annule"
"""What the name of a lot's file ends with once the lot is void."""


def make_drafts(outbox: Path, token: str) -> Path:
    """Make the outbox if it is missing, and the folder of its drafts, for us alone; lasting before any lot is noted.

    Raises:
        OSError: the disk refused.
    """
    make_folder(outbox)
    drafts = drafts_in(outbox, token)
    drafts.mkdir(mode=0o700)
    settle_folder(outbox)
    return drafts


def drafts_in(outbox: Path, token: str) -> Path:
    """Where the drafts of these lots lie."""
    return outbox / f".accueil-{token}"


def empty_drafts(outbox: Path, token: str) -> None:
    """Take away what was being written: from now on it gets no name.

    Raises:
        OSError: the disk refused.
    """
    with suppress(FileNotFoundError, NotADirectoryError):
        for draft in drafts_in(outbox, token).iterdir():
            draft.unlink(missing_ok=True)


def remove_drafts(outbox: Path, token: str) -> None:
    """Take the folder of the drafts away; one that cannot be is left, and does no harm."""
    with suppress(OSError):
        empty_drafts(outbox, token)
        drafts_in(outbox, token).rmdir()


def folder_of(kept: str | None, token: str, outbox: Path, said: Path | None = None) -> Path | None:
    """The folder in which a lot was being written, if it can be reached from here.

    Args:
        kept: where it was then; None where it was not kept: it is looked for in the outbox.
        token: what its drafts are known by.
        outbox: the practice's own, which may have been moved together with the practice.
        said: where the folder is now as a person says, heard where the drafts do not tell.
    """
    if kept is None:
        return said or outbox
    there = (folder for folder in (outbox, Path(kept)) if is_there(drafts_in(folder, token)))
    return next(there, said if said is not None and is_there(said) else None)


def is_there(folder: Path) -> bool:
    """Whether a folder can be reached from here; one that we may not look at cannot."""
    try:
        return folder.is_dir()
    except OSError:
        return False


def file_state(folder: Path, name: str, digest: str) -> LotFile:
    """What is in this folder of the lot's file.

    Raises:
        OSError: it cannot be read.
    """
    if os.path.lexists(folder / name):
        return LotFile.WHOLE if digest_of(folder / name) == digest else LotFile.OTHER
    if any(digest_of(path) == digest for path in _aside(folder, name) if os.path.lexists(path)):
        return LotFile.ASIDE
    return LotFile.MISSING


def digest_of(path: Path) -> str:
    """The SHA-256 of a file; of a link, a folder or a device, which nobody wrote here, nothing.

    Raises:
        OSError: it cannot be read.
    """
    if not S_ISREG(os.lstat(path).st_mode):
        return ""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        if not S_ISREG(os.fstat(descriptor).st_mode):
            return ""
        digest = sha256()
        while piece := file.read(1 << 20):
            digest.update(piece)
        return digest.hexdigest()


def put_aside(folder: Path, name: str) -> None:
    """Rename a lot's file so that nobody takes it for one to send, lasting; nothing where there is none.

    Raises:
        OSError: the disk refused.
    """
    if os.path.lexists(folder / name):
        free = next(path for path in _aside(folder, name) if not os.path.lexists(path))
        (folder / name).rename(free)
    settle_folder(folder)  # also where it lay aside already: its name may not be lasting yet


def bring_back(folder: Path, name: str, digest: str) -> None:
    """Give the file of a lot that was put aside, and that left after all, its name again.

    Raises:
        OSError: the disk refused.
    """
    found = next(path for path in _aside(folder, name) if not os.path.lexists(path) or digest_of(path) == digest)
    found.rename(folder / name)
    settle_folder(folder)


def _aside(folder: Path, name: str) -> Iterator[Path]:
    """The names under which the file may lie aside, in the order in which they are taken."""
    yield folder / f"{name}{ASIDE}"
    for number in range(2, 100):
        yield folder / f"{name}-{number}{ASIDE}"
