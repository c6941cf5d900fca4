"""Rows written by sets: one statement for all that name the same columns, prepared once; ids known beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import repeat
from operator import itemgetter
from typing import Any, TypeVar

from peewee import Field

from models.store.database import A_SET, Table, execute, execute_many, is_sqlite, rows_among
from models.store.written import note
from models.tables.fields import Columns, StoredText

T = TypeVar("T", bound=Table)

Values = Mapping[str, Any]
"""A row's values by the names of its fields."""


def insert_rows(table: type[Table], rows: Sequence[Values]) -> list[int]:
    """Insert rows, and give their ids; inside a transaction only.

    Args:
        table: theirs.
        rows: all with the same names; a field that none of them names gets its default.
    """
    if not rows:
        return []
    said = tuple(rows[0])
    return insert_values(table, said, list(map(_values(said), rows)))


def insert_values(table: type[Table], said: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[int]:
    """The same of rows that are given without names.

    Args:
        table: theirs.
        said: the names of the fields that each row gives, in its order; another field gets its default.
        rows: any number.
    """
    if not rows:
        return []
    ids = _next_ids(table, len(rows))
    defaults = {name: value for name, value in table._meta.get_default_dict().items() if name not in said}
    fields = [table._meta.fields[name] for name in (*said, *defaults)]
    names = ", ".join(("id", *(f'"{field.column_name}"' for field in fields)))
    marks = ", ".join("?" * (len(fields) + 1))
    fixed, stored = tuple(defaults.values()), _stored(fields)
    sql = f'INSERT INTO "{table._meta.table_name}" ({names}) VALUES ({marks})'  # noqa: S608
    for start in range(0, len(rows), A_SET):
        some = rows[start : start + A_SET]
        columns = [*zip(*some, strict=True), *(repeat(value, len(some)) for value in fixed)]
        execute_many(sql, zip(ids[start : start + A_SET], *stored(columns), strict=True))
    note(table._meta.table_name, ids)
    return ids


def update_rows(table: type[Table], rows: Iterable[tuple[int, Values]]) -> None:
    """Write these values into the rows with these ids; those that name the same fields by one statement.

    Args:
        table: theirs.
        rows: each id once.
    """
    alike: dict[tuple[str, ...], list[tuple[int, Values]]] = {}
    for row_id, values in rows:
        alike.setdefault(tuple(values), []).append((row_id, values))
    for names, group in alike.items():
        fields = [table._meta.fields[name] for name in names]
        settings = ", ".join(f'"{field.column_name}" = ?' for field in fields)
        stored = _stored(fields)
        sql = f'UPDATE "{table._meta.table_name}" SET {settings} WHERE id = ?'  # noqa: S608
        for start in range(0, len(group), A_SET):
            some = group[start : start + A_SET]
            columns = stored([*zip(*(values.values() for _, values in some), strict=True)])
            execute_many(sql, zip(*columns, [row_id for row_id, _ in some], strict=True))
        note(table._meta.table_name, (row_id for row_id, _ in group))


def rows_with(table: type[T], ids: Iterable[int]) -> dict[int, T]:
    """The rows that have these ids, in the order of their ids."""
    names, columns = _columns_of(table)
    sql = f'SELECT {columns.sql} FROM "{table._meta.table_name}" t WHERE t.id IN ({{set}}) ORDER BY t.id'  # noqa: S608
    found: dict[int, T] = {}
    for row in columns.read_all(list(rows_among(sql, sorted(set(ids))))):
        read = unwritten(table, dict(zip(names, row, strict=True)))
        found[read.id] = read
    return found


def unwritten(table: type[T], values: dict[str, Any]) -> T:
    """A row of these values, at hand, not written; for many: peewee itself sets one after the other.

    Args:
        table: its.
        values: by the names of its fields; the row's own from now on.
    """
    row = table(__no_default__=True)
    row.__data__ = values
    return row


def rows_of(table: type[T], query: Any) -> list[T]:
    """The rows whose ids a query selects, in its order; for many, the quick way."""
    ids = [row_id for (row_id,) in query.tuples()]
    found = rows_with(table, ids)
    return [found[row_id] for row_id in ids]


@cache
def _columns_of(table: type[Table]) -> tuple[tuple[str, ...], Columns]:
    fields = table._meta.sorted_fields
    return tuple(field.name for field in fields), Columns("t", fields)


def _values(names: Sequence[str]) -> Callable[[Values], tuple[Any, ...]]:
    """What a row says under these names."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda row: tuple(row[name] for name in names)


def _stored(fields: Sequence[Field]) -> Callable[[list[Iterable[Any]]], list[Iterable[Any]]]:
    """How the values of these fields, column by column, are put into what the tables hold."""
    writers = [(at, field.writer()) for at, field in enumerate(fields) if isinstance(field, StoredText)]

    def stored(columns: list[Iterable[Any]]) -> list[Iterable[Any]]:
        for at, write in writers:
            columns[at] = map(write, columns[at])
        return columns

    return stored


def _next_ids(table: type[Table], count: int) -> list[int]:
    """As many ids as that, the next ones: no row ever goes, and one writer writes at a time."""
    name = table._meta.table_name
    if is_sqlite():
        (last,) = execute(f'SELECT coalesce(max(id), 0) FROM "{name}"').fetchone()  # noqa: S608
        return list(range(last + 1, last + 1 + count))
    given = "SELECT nextval(pg_get_serial_sequence(?, 'id')) FROM generate_series(1, ?)"
    return [row_id for (row_id,) in execute(given, (f'"{name}"', count)).fetchall()]
