"""Whether the disk of the open practice takes what is written; one that is full or read-only may do so again later."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from models.domain.faults import Unreachable
from models.store.database import db
from models.store.sqlite_file import Sqlite

ENOUGH: Final = 256 * 1024
"""Bytes that a change may need, with the log that it goes through."""

_FULL: Final = "Le disque de la base est plein"
_READ_ONLY: Final = "La base est passée en lecture seule"


def check_room() -> None:
    """Go on only if the disk of the practice takes a change; one that was opened to be looked at needs none.

    Asks the system alone and writes nothing, so that it can be asked again and again. What a quota leaves it does not
    tell: the change that meets it says so.

    Raises:
        Unreachable: it is full, or was made read-only since the practice was opened.
    """
    database = db.obj
    if not isinstance(database, Sqlite) or database.read_only:
        return
    try:
        disk = os.statvfs(Path(database.database).parent)
    except OSError:
        return  # it is away: who reads it says so
    if disk.f_flag & os.ST_RDONLY:
        raise Unreachable(_READ_ONLY, f"{_READ_ONLY} : rien n’a été enregistré ; demandez le droit d’écrire.")
    left = disk.f_bfree if os.geteuid() == 0 else disk.f_bavail
    if left * disk.f_frsize < ENOUGH:
        raise Unreachable(_FULL, f"{_FULL} : rien n’a été enregistré ; libérez de la place.")
