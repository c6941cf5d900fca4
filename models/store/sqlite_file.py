"""A practice in a SQLite file: how each connection is set, and whether what it has open is still the file at its path.

The settings and their reasons: transactions take the write lock at once (a deferred one fails under two
writers), every connection checks foreign keys, and write-ahead logging is used only with a SQLite that is free
of the WAL-reset corruption (fixed in 3.51.3, back-ported to 3.50.7 and 3.44.6; sqlite.org/wal.html#walresetbug).
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peewee import OperationalError, SqliteDatabase
from sqlcipher3 import dbapi2 as sqlite

from models.domain.patience import SLICE, patience
from models.store.anchor_file import Anchor
from models.store.cipher import HeldKey, Keys, connect, no_keys
from models.store.in_place import OpenedFiles, check_in_place, opened_files

BUSY_SECONDS = 10
"""How long a writer waits for another desk before it gives up."""

PRAGMAS: tuple[tuple[str, int | str], ...] = (
    ("busy_timeout", BUSY_SECONDS * 1000),
    ("foreign_keys", 1),
    ("trusted_schema", 0),
    ("recursive_triggers", 1),
    ("cell_size_check", 1),
    ("secure_delete", 1),
    ("temp_store", 2),
    ("journal_size_limit", 16 * 1024 * 1024),
    ("cache_size", -1000),
)


def wal_is_safe(version: tuple[int, ...] = sqlite.sqlite_version_info) -> bool:
    """Whether this SQLite may use write-ahead logging with several processes."""
    return (
        version >= (3, 51, 3)
        or (version[:2] == (3, 50) and version[2] >= 7)
        or (version[:2] == (3, 44) and version[2] >= 6)
    )


class Sqlite(SqliteDatabase):
    """SQLite through sqlcipher3's own library, whatever SQLite the system's Python was built with."""

    server_version = sqlite.sqlite_version_info
    journal_key: bytes = b""
    """What the open practice's journal is chained with."""
    settings_file: Path | None = None
    """The open practice's configuration."""
    lock_file: Path | None = None
    """The open practice's lock file."""
    anchor: Anchor | None = None
    """What says how far the open practice had come; None without its key, which signs it."""
    read_only: bool = False
    """Whether it can only be looked at."""

    if TYPE_CHECKING:
        _lock_type: str | None

        def _add_conn_hooks(self, connection: Any) -> None: ...

    opened_with: HeldKey | None = None
    """The key of its file; None before it was opened, and where it is plain."""

    def __init__(self, path: str, keys: Keys = no_keys, **settings: Any) -> None:
        super().__init__(path, **settings)
        self._keys = keys
        self._opened = threading.local()
        self._first: OpenedFiles | None = None

    def _connect(self) -> Any:
        self._check_first()
        keys = self._keys() if self.opened_with is None else (self.opened_with,)
        connection, key = connect(self.database, keys, read_only=self.read_only, timeout=BUSY_SECONDS)
        try:
            self._add_conn_hooks(connection)
            self._note_files()
            self.opened_with = key
        except Exception:
            connection.close()
            raise
        return connection

    def _note_files(self) -> None:
        """Know again what this thread's connection has open; every later one opens the file of the first."""
        found = opened_files(self.database)
        self._check_first()
        self._first = self._first or found
        self._opened.files = found

    def _check_first(self) -> None:
        if self._first is not None and self._first.database is not None:
            check_in_place(self.database, OpenedFiles(self._first.database, None))

    def keep_no_log(self) -> None:
        """Keep the older journal from now on; the database is to be open, and nobody else to have it open."""
        self.pragma("journal_mode", "truncate")
        self._note_files()

    def check_in_place(self) -> None:
        """Go on only if this thread's connection has open what lies at the database's path.

        Raises:
            PracticeFault: it was replaced or taken away, or its log was.
        """
        check_in_place(self.database, self._opened.files)

    def begin(self, lock_type: str | None = None) -> None:
        """Begin a transaction; where another program holds the lock, wait as who looks on does."""
        kept = patience()
        if kept is None or (lock_type or self._lock_type) != "IMMEDIATE":
            super().begin(lock_type)
            return
        self.pragma("busy_timeout", int(SLICE * 1000))
        try:
            if not kept.until(lambda: self._begins(lock_type), BUSY_SECONDS):
                super().begin(lock_type)  # says in its own words that it is locked
        finally:
            self.pragma("busy_timeout", BUSY_SECONDS * 1000)

    def _begins(self, lock_type: str | None) -> bool:
        try:
            super().begin(lock_type)
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            return False
        return True


def sqlite_database(path: str, keys: Keys = no_keys, *, read_only: bool = False) -> Sqlite:
    """A connection setting for the SQLite file at `path`; FULL is durable in WAL, a rollback journal needs EXTRA."""
    synchronous = 2 if wal_is_safe() else 3
    database = Sqlite(path, keys, pragmas=(*PRAGMAS, ("synchronous", synchronous)), lock_type="IMMEDIATE")
    database.read_only = read_only
    return database
