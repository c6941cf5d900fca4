"""All rows of one database into another, of whatever engine, and the digests that tell whether they are the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from peewee import Database

from models.store.sqlite_file import Sqlite

_NOT_ROWS: Final = frozenset({"invoice_tally", "invoice_name", "schema_migration", "practice_mark", "invoice_letters"})
"""What each database makes by itself: sums, and how it is marked."""

_SQLITE_COLUMNS: Final = (
    "SELECT m.name, c.name, lower(c.type) FROM sqlite_master m JOIN pragma_table_info(m.name) c"
    " WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%'"
)
_SQLITE_REFERENCES: Final = (
    "SELECT m.name, k.\"table\" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) k WHERE m.type = 'table'"
)
_SERVER_COLUMNS: Final = (
    "SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c JOIN information_schema.tables t"
    " USING (table_schema, table_name) WHERE table_schema = current_schema() AND t.table_type = 'BASE TABLE'"
)
_SERVER_REFERENCES: Final = (
    "SELECT t.relname, o.relname FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid"
    " JOIN pg_class o ON o.oid = k.confrelid WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace"
)

_BATCH: Final = 2000
"""Rows that are held at a time."""

Row = Sequence[Any]


class Columns(NamedTuple):
    """The columns of a table, in an order that is the same on any engine."""

    names: tuple[str, ...]
    truths: frozenset[int]
    """Where those stand that hold true or false, which SQLite keeps as a number."""


def shape(database: Database) -> dict[str, Columns]:
    """The tables whose rows make the practice, those that others refer to first."""
    lite = isinstance(database, Sqlite)
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in _ask(database, _SQLITE_COLUMNS if lite else _SERVER_COLUMNS):
        if table not in _NOT_ROWS and not table.startswith(("invoice_search", "sqlite_")):
            found.setdefault(table, {})[column] = kind
    needs: dict[str, set[str]] = {table: set() for table in found}
    for table, other in _ask(database, _SQLITE_REFERENCES if lite else _SERVER_REFERENCES):
        if table in needs and table != other:
            needs[table].add(other)
    ordered: dict[str, Columns] = {}
    while needs:
        for table in sorted(table for table, others in needs.items() if others <= ordered.keys()):
            names = tuple(sorted(found[table]))
            truths = (at for at, name in enumerate(names) if found[table][name] == "boolean")
            ordered[table] = Columns(names, frozenset(truths))
            del needs[table]
    return ordered


def count_rows(database: Database) -> int:
    """How many rows make the practice."""
    return sum(_ask(database, f'SELECT count(*) FROM "{table}"')[0][0] for table in shape(database))  # noqa: S608


def digests(database: Database, step: Callable[[int], None] = lambda done: None) -> dict[str, str]:
    """Of each table the digest of its rows, in their order; the same on whatever engine.

    Args:
        database: open.
        step: called with the number of rows read since the last call.
    """
    found: dict[str, str] = {}
    for table, columns in shape(database).items():
        digest = hashlib.sha256(" ".join(columns.names).encode())
        for rows in _batches(database, table, columns.names):
            for row in rows:
                digest.update(_canonical(row).encode())
            step(len(rows))
        found[table] = digest.hexdigest()
    return found


def copy_rows(source: Database, target: Database, step: Callable[[int], None] = lambda done: None) -> None:
    """Write all rows of the source into the empty tables of the target; inside a transaction of each.

    Args:
        source: open.
        target: open, its tables as the source's version makes them, and empty.
        step: called with the number of rows written since the last call.
    """
    into = shape(target)
    with _guards_off(target, list(into)):
        for table, columns in shape(source).items():
            for rows in _batches(source, table, columns.names):
                _write(target, table, into[table], rows)
                step(len(rows))
    _sum_up(target, into)


@contextmanager
def _guards_off(database: Database, tables: Sequence[str]) -> Iterator[None]:
    """What the guards refuse one invoice, a line added to a sent one, is how all of them come here at once."""
    if isinstance(database, Sqlite):
        made_by = _ask(database, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        for name, _ in made_by:
            _run(database, f'DROP TRIGGER "{name}"')
        yield
        for _, sql in made_by:
            _run(database, sql)
    else:
        for name in tables:
            _run(database, f'ALTER TABLE "{name}" DISABLE TRIGGER USER')
        yield
        for name in tables:
            _run(database, f'ALTER TABLE "{name}" ENABLE TRIGGER USER')


def _sum_up(database: Database, into: dict[str, Columns]) -> None:
    """What follows from the rows: the tally, the index of names, the numbers that the next rows get."""
    _run(database, "INSERT INTO invoice_tally SELECT desk_rank, count(*) FROM invoice GROUP BY desk_rank")
    if isinstance(database, Sqlite):
        names = "last_name, first_name, search"
        _run(database, f"INSERT INTO invoice_name ({names}) SELECT DISTINCT {names} FROM invoice")  # noqa: S608
        _run(database, "INSERT INTO invoice_search(invoice_search) VALUES ('rebuild')")
        return
    for name, columns in into.items():
        _run(database, f'ANALYZE "{name}"')  # else the first lists are read by plans for empty tables
        if "id" in columns.names:
            sequence = f"pg_get_serial_sequence('\"{name}\"', 'id')"
            _run(database, f'SELECT setval({sequence}, max(id)) FROM "{name}" HAVING max(id) IS NOT NULL')  # noqa: S608


def _batches(database: Database, name: str, columns: Sequence[str]) -> Iterator[list[Row]]:
    """The rows of a table in the order of their ids, some at a time."""
    asked = ", ".join(f'"{column}"' for column in columns)
    if "id" not in columns:
        rows = _ask(database, f'SELECT {asked} FROM "{name}"')  # noqa: S608
        yield sorted(rows, key=_canonical)
        return
    last, at = 0, columns.index("id")
    sign = "?" if isinstance(database, Sqlite) else "%s"
    sql = f'SELECT {asked} FROM "{name}" WHERE id > {sign} ORDER BY id LIMIT {_BATCH}'  # noqa: S608
    while rows := _ask(database, sql, (last,)):
        yield rows
        last = rows[-1][at]


def _write(database: Database, name: str, columns: Columns, rows: list[Row]) -> None:
    asked = ", ".join(f'"{column}"' for column in columns.names)
    connection: Any = database
    if isinstance(database, Sqlite):
        marks = ", ".join("?" * len(columns.names))
        connection.cursor().executemany(f'INSERT INTO "{name}" ({asked}) VALUES ({marks})', rows)  # noqa: S608
        return
    with connection.cursor().copy(f'COPY "{name}" ({asked}) FROM STDIN') as into:
        for row in rows:
            written = list(row)
            for at in columns.truths:
                written[at] = None if row[at] is None else bool(row[at])
            into.write_row(written)


def _canonical(row: Row) -> str:
    return json.dumps([_plain(value) for value in row], ensure_ascii=False)


def _plain(value: Any) -> Any:
    """A value as both engines give it."""
    return int(value) if isinstance(value, bool) else value.hex() if isinstance(value, bytes) else value


def _ask(database: Database, sql: str, values: Sequence[object] = ()) -> list[Row]:
    connection: Any = database
    return list(connection.execute_sql(sql, values).fetchall())


def _run(database: Database, sql: str) -> None:
    connection: Any = database
    connection.execute_sql(sql)
