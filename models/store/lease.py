"""Whether whoever began to write a lot is still at it: a lock that the system takes from a holder that ends.

On SQLite it is one byte of the practice's lock file, held by an open file description (fcntl(2), F_OFD_SETLK): desks of
one process exclude one another too, and the number of a process that serves again proves nothing. On a server it is an
advisory lock of the session.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from models.domain.faults import PracticeFault
from models.store.database import db, is_sqlite, lock_file
from models.store.faults import spoken
from models.store.file_faults import spoken_files

_FLOCK: Final = struct.Struct("hhqqi4x")
"""Linux's `struct flock`: kind, whence, start, length, process."""

_PLACES: Final = 1 << 62


def new_token() -> str:
    """What a lease is known by: nobody guesses it, none comes twice."""
    return secrets.token_hex(8)


@contextmanager
def held(token: str) -> Iterator[None]:
    """Hold the lease of this name, for as long as the block runs and this process lives.

    Raises:
        PracticeFault: the database refused, or the lock file cannot be opened.
    """
    if is_sqlite():
        path = lock_file()
        if path is None:
            yield
            return
        with spoken_files(path, "d’ouvrir"):
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _lock(descriptor, fcntl.F_OFD_SETLKW, fcntl.F_WRLCK, token)
            yield
        finally:
            os.close(descriptor)
    else:
        with spoken():
            db.execute_sql("SELECT pg_advisory_lock(%s)", (_place(token),))
        try:
            with db.obj.bound_to_session():
                yield
        finally:
            with suppress(PracticeFault), spoken():  # where the session is lost, so is its lock
                db.execute_sql("SELECT pg_advisory_unlock(%s)", (_place(token),))


def is_held(token: str) -> bool:
    """Whether somebody holds the lease of this name now.

    Raises:
        PracticeFault: the database refused.
    """
    if not token:
        return False
    if is_sqlite():
        path = lock_file()
        return path is not None and _is_locked(path, token)
    place = _place(token)
    query = (
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        " AND classid::bigint = %s AND objid::bigint = %s"
    )
    with spoken():
        return bool(db.execute_sql(query, (place >> 32, place & 0xFFFFFFFF)).fetchone()[0])


def _is_locked(path: Path, token: str) -> bool:
    """Whether the byte is locked: those who look share it, so that none takes another for the owner."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        _lock(descriptor, fcntl.F_OFD_SETLK, fcntl.F_RDLCK, token)
    except (BlockingIOError, PermissionError):
        return True
    finally:
        os.close(descriptor)
    return False


def _lock(descriptor: int, how: int, kind: int, token: str) -> None:
    fcntl.fcntl(descriptor, how, _FLOCK.pack(kind, os.SEEK_SET, _place(token), 1, 0))


def _place(token: str) -> int:
    return int(token, 16) % _PLACES
