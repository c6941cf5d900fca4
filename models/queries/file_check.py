"""Verifier the file of the database itself: its pages, its structure, the references between its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import suppress
from threading import Thread
from typing import Any, Final, TypeVar

from peewee import DatabaseError
from sqlcipher3 import dbapi2 as sqlite

from models.store.database import WIDE_CACHE, db, execute, is_sqlite
from models.store.schema import definitions, expected_definitions
from models.store.server_schema import Parts, expected_parts, may_make_schema, present_parts

N = TypeVar("N")

_TICK: Final = 0.1
"""Seconds between two signs of life while the pages are read."""


class PageCheck:
    """SQLite's own check of every page and index, in a thread and a connection of its own while the rows are read.

    It is one long step of SQLite's, which nothing interrupts from inside: so it is left from outside.

    Args:
        quick: leave out whether each index says what its table says.
    """

    def __init__(self, *, quick: bool) -> None:
        self._pragma = "quick_check" if quick else "integrity_check"
        self._lines: list[str] = []
        self._failed: BaseException | None = None
        self._connection: list[Any] = []
        self._thread = Thread(target=self._run, name="pages", daemon=True)

    def __enter__(self) -> PageCheck:
        if is_sqlite():
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for connection in self._connection:
            with suppress(sqlite.Error):  # it has just been closed
                connection.interrupt()
        if is_sqlite():
            self._thread.join()

    def breaches(self, wait: Callable[[], None] | None = None) -> Iterator[str]:
        """What is damaged, once all has been read.

        Args:
            wait: called again and again until then.
        """
        if not is_sqlite():
            return
        while self._thread.is_alive():
            self._thread.join(_TICK)
            if wait:
                wait()
        if self._failed is not None and not self._lines:
            raise self._failed
        for line in self._lines:
            if line != "ok":
                yield f"Fichier de la base abîmé ({line}) : restaurez la dernière sauvegarde."

    def _run(self) -> None:
        database: Any = db.obj
        try:
            with database.connection_context():
                self._connection.append(database.connection())
                database.pragma("cache_size", -WIDE_CACHE)
                self._lines = [line for (line,) in database.execute_sql(f"PRAGMA {self._pragma}").fetchall()]
        except (DatabaseError, sqlite.Error, UnicodeDecodeError) as error:  # whoever waits says it
            self._failed = error
            self._lines = _damaged_pages(database)


def _damaged_pages(database: Any) -> list[str]:
    """The pages of an encrypted file whose own seal does not hold: SQLite's check ends at the first, and names none."""
    with suppress(DatabaseError, sqlite.Error), database.connection_context():
        found = database.execute_sql("PRAGMA cipher_integrity_check").fetchall()
        return [f"page {line.rsplit(' ', 1)[-1]}" for (line,) in found if "failed for page" in line]
    return []


def structure_breaches() -> Iterator[str]:
    """Tables, indexes, triggers and what else a schema has that are not those that the program made."""
    if is_sqlite():
        yield from _differences(
            {f"« {name} »": sql for name, sql in definitions(db.obj).items()},
            {f"« {name} »": sql for name, sql in expected_definitions().items()},
        )
    elif may_make_schema(db.obj):
        present, expected = present_parts(db.obj), expected_parts(db.obj)
        whole = present.keys() ^ expected.keys()  # of a table that is missing, or is one too many, not every column
        tables = {part.table for part in whole if part.kind == "table"}
        yield from _differences(*(_without(parts, tables) for parts in (present, expected)))


def structure_remarks() -> Iterator[str]:
    """That the structure could not be checked, where it could not."""
    if not is_sqlite() and not may_make_schema(db.obj):
        yield (
            "Structure de la base non contrôlée : ce compte n’a pas le droit d’y créer de quoi comparer ; lancez ce "
            "contrôle avec le compte qui a créé le cabinet."
        )


def _without(parts: Parts, tables: Set[str]) -> Parts:
    """The parts, less those of these tables; the tables themselves are among them."""
    return {part: says for part, says in parts.items() if part.kind == "table" or part.table not in tables}


def _differences(present: Mapping[N, str], expected: Mapping[N, str]) -> Iterator[str]:
    for name in sorted(present.keys() | expected.keys(), key=str):
        if present.get(name) != expected.get(name):
            what = "manque" if name not in present else "est en trop" if name not in expected else "a changé"
            yield (
                f"Structure de la base : {name} {what} ; quelqu’un l’a modifiée hors d’Accueil, restaurez une "
                "sauvegarde d’avant."
            )


def reference_breaches() -> Iterator[str]:
    """Rows that refer to one that is not there; a server lets none."""
    if is_sqlite():
        for table, row, parent, _ in execute("PRAGMA foreign_key_check").fetchall():
            yield f"Table {table}, ligne {row} : elle renvoie à une ligne de {parent} qui n’existe pas."
