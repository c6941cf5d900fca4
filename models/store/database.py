"""The practice that this process has open: its transactions, its statements and its tables, the same on both engines.

SQLite by default (`sqlite_file.py`), PostgreSQL by URL (`server.py`).
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from peewee import (  # type: ignore[attr-defined]  # the stubs leave out what translates the drivers' errors
    AutoField,
    DatabaseProxy,
    InterfaceError,
    Model,
    ModelDelete,
    ModelUpdate,
    OperationalError,
    PeeweeException,
    __exception_wrapper__,
)

from models.domain.faults import PracticeFault
from models.domain.patience import SLICE, patience
from models.store.anchor_file import Anchor
from models.store.server import LOCK_SECONDS, Postgres
from models.store.sqlite_file import Sqlite
from models.store.written import is_noting, note

WRITE_LOCK = 0x41434355
"""PostgreSQL's advisory lock: writers go one after the other, as SQLite's do."""

_NOT_KNOWN = (
    "Le serveur de la base a été perdu au moment d’enregistrer : regardez dans la liste si c’est fait avant de "
    "recommencer."
)

WIDE_CACHE = 64 * 1024
"""KiB of pages kept where most of the base is read at once: to decipher one takes longer than to look in it."""

A_SET = 500
"""How many values one statement asks for: its text stays the same, so that the engine prepares it once."""

T = TypeVar("T", bound=Model)
R = TypeVar("R")

db = DatabaseProxy()
"""The practice that this process has open: the one global, which peewee's tables need; `models.practice` sets it."""

PracticeDatabase = Sqlite | Postgres


def journal_key() -> bytes:
    """What the open practice's journal is chained with; nothing where its key is missing."""
    opened: PracticeDatabase = db.obj
    return opened.journal_key


def anchor() -> Anchor | None:
    """What says how far the open practice had come; None where nothing can be written anyway."""
    opened: PracticeDatabase = db.obj
    return opened.anchor


def settings_file() -> Path | None:
    """The open practice's configuration; None where it has none."""
    opened: PracticeDatabase = db.obj
    return opened.settings_file


def lock_file() -> Path | None:
    """The lock file of the open practice, where it is a file on this machine."""
    opened: PracticeDatabase = db.obj
    return opened.lock_file if isinstance(opened, Sqlite) else None


def is_sqlite() -> bool:
    """Whether the open practice is a SQLite file."""
    return isinstance(db.obj, Sqlite)


def has_names_index() -> bool:
    """Whether the open practice looks names up through an index."""
    opened: PracticeDatabase = db.obj
    return isinstance(opened, Sqlite) or opened.has_names_index


@contextmanager
def transaction() -> Iterator[bool]:
    """One command's change: all of it or nothing, one writer at a time; whether it stands alone, in no other's change.

    Raises:
        PracticeFault: what lies at the database's path is not what was opened, or the server was lost while it was to
            keep the change, so that nobody knows whether it did.
    """
    inner, whole = db.in_transaction(), False
    try:
        with db.atomic():
            check_in_place_now()
            if not is_sqlite():
                _take_write_lock()
            yield not inner
            whole = not inner  # the outermost alone keeps it
    except (OperationalError, InterfaceError) as error:
        if whole and is_sqlite() and "locked" not in str(error):
            _write_over()
        elif whole and not db.obj.is_connection_usable():
            raise PracticeFault(_NOT_KNOWN) from error
        raise


def _write_over() -> None:
    """Let nothing come back of a change that the disk refused to keep (SQLite).

    It may stand whole in the log, where only what is written next stands over it; whoever opens the base after a kill
    would take it for kept.
    """
    with suppress(PeeweeException):
        db.execute_sql("BEGIN IMMEDIATE")
        try:
            db.pragma("user_version", db.pragma("user_version"))
            db.execute_sql("COMMIT")
        except PeeweeException:
            db.execute_sql("ROLLBACK")


def check_in_place_now() -> None:
    """Go on only if the files of the practice are those that were opened; a server has none.

    Raises:
        PracticeFault: they are away, or others.
    """
    if isinstance(db.obj, Sqlite):
        db.connection()
        db.obj.check_in_place()


def _take_write_lock() -> None:
    kept = patience()
    if kept is None or not kept.until(_takes_write_lock, LOCK_SECONDS):
        db.execute_sql("SELECT pg_advisory_xact_lock(%s)", (WRITE_LOCK,))


def _takes_write_lock() -> bool:
    if db.execute_sql("SELECT pg_try_advisory_xact_lock(%s)", (WRITE_LOCK,)).fetchone()[0]:
        return True
    time.sleep(SLICE / 2)
    return False


def reread() -> None:
    """Read from now on what the file holds, not what was read of it before: it may have been written over."""
    if is_sqlite():
        db.execute_sql("PRAGMA shrink_memory")


@contextmanager
def wide_cache() -> Iterator[None]:
    """Keep many of the pages that this thread's connection reads, for as long as this lasts (`DECISIONS.md`)."""
    if not isinstance(db.obj, Sqlite):
        yield
        return
    usual = db.obj.pragma("cache_size")
    db.obj.pragma("cache_size", -WIDE_CACHE)
    try:
        yield
    finally:
        db.obj.pragma("cache_size", usual)
        reread()


def rows_written() -> int:
    """How many rows were inserted, changed or deleted so far, in whatever way: two equal figures, nothing written.

    Of this connection on SQLite, of the current transaction on PostgreSQL.
    """
    if is_sqlite():
        return int(db.connection().total_changes)
    counted = "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_xact_user_tables"
    return int(db.execute_sql(counted).fetchone()[0])


@contextmanager
def snapshot() -> Iterator[None]:
    """Read several things as they stand at one moment, without holding any writer up."""
    if is_sqlite():
        with db.atomic("DEFERRED"):
            yield
    else:
        with db.atomic():
            db.execute_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


@contextmanager
def apart() -> Iterator[None]:
    """Read one thing by itself: on a server what fails would end the whole snapshot."""
    with nullcontext() if is_sqlite() else db.atomic():
        yield


def find_or_make(table: type[T], defaults: dict[str, object], **key: object) -> tuple[T, bool]:
    """The row that has this key, made with `defaults` if there is none; and whether it was made."""
    anything: Any = table
    row, made = anything.get_or_create(defaults=defaults, **key)
    return row, bool(made)


def rows(query: Any) -> list[tuple[Any, ...]]:
    """What a query's `.tuples()` gives, all of it: plain rows, read before anything else is written."""
    return list(query.tuples())


def execute(sql: str, values: Sequence[object] = ()) -> Any:
    """Run this with the engine's own parameter mark: a value stands as `?`, bound, never written into the text."""
    if not is_sqlite():
        sql = sql.replace("%", "%%").replace("?", "%s")
    return db.execute_sql(sql, values)


def execute_many(sql: str, rows: Iterable[Sequence[object]]) -> None:
    """Run a writing statement, with `?` for its values, once for each of these rows."""
    if not is_sqlite():
        sql = sql.replace("%", "%%").replace("?", "%s")
    with __exception_wrapper__:
        db.cursor().executemany(sql, rows)


def rows_among(sql: str, values: Iterable[object], *, before: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement that asks for a set of values: as many statements as it takes, each of `A_SET` of them.

    Args:
        sql: with « IN ({set}) » where the values belong.
        values: any number; none, no rows.
        before: what is bound to the `?` that stand before the set.
    """
    wanted = list(values)
    for start in range(0, len(wanted), A_SET):
        some = wanted[start : start + A_SET]
        marks = ", ".join("?" * len(some))
        yield from execute(sql.replace("{set}", marks), (*before, *some)).fetchall()


def records(kind: type[R], query: Any) -> list[R]:
    """What a query selects, each row as a value of this kind: its columns bear the names of the kind's fields."""
    return [kind(**row) for row in dicts(query)]


def dicts(query: Any) -> list[dict[str, Any]]:
    """What a query selects, each row by the names of its columns."""
    return list(query.dicts())


class _Noted:
    """A statement on the rows that a condition names, noted before it is carried out."""

    if TYPE_CHECKING:
        model: Any
        _where: Any

    def _execute(self, database: Any) -> Any:
        if is_noting():
            matching = self.model.select(self.model.id)
            found = rows(matching.where(self._where) if self._where is not None else matching)
            note(self.model._meta.table_name, (row_id for (row_id,) in found))
        return super()._execute(database)  # type: ignore[misc]  # the statement's own, mixed in behind this


class _NotedUpdate(_Noted, ModelUpdate):
    pass


class _NotedDelete(_Noted, ModelDelete):
    pass


class Table(Model):
    """What every table shares: the open practice, its own number, strict column types where the engine has them."""

    id = AutoField()

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Write the row, and note that it was written."""
        done = super().save(*args, **kwargs)
        note(self._meta.table_name, (self.id,))
        return done

    @classmethod
    def update(cls, *args: Any, **kwargs: Any) -> Any:
        """A statement that changes rows, and notes which."""
        made: Any = super().update(*args, **kwargs)
        return _NotedUpdate(cls, made._update)

    @classmethod
    def delete(cls) -> Any:
        """A statement that deletes rows, and notes which."""
        return _NotedDelete(cls)

    class Meta:
        """Peewee's settings."""

        database = db
        strict_tables = True
        legacy_table_names = False
