"""The lists' windows: the rows that are visible and no more, by keyset pages on the sort key's own index.

A page costs the same at a thousand invoices and at a million: it seeks the key it starts after (`steps`). What a filter
finds stands in classes, the most exact first, each in the list's order: a page goes on from one class to the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from models.domain.damage import REPLACEMENT
from models.domain.lifecycle import DESK_RANK, FILED_RANK, FIRST_UNSENT
from models.domain.lists import ListName
from models.domain.states import InvoiceState
from models.queries.counts import by_rank
from models.queries.filtered import Filtered
from models.queries.invoice_row import SORTS, InvoiceRow, ListView, row_of, rows_sql
from models.queries.steps import Place, steps
from models.store.database import execute, is_sqlite
from models.store.faults import spoken

_RANKED: Final = {
    ListName.ALL: frozenset({*DESK_RANK.values(), FILED_RANK}),
    ListName.TRANSMITTED: frozenset(rank for rank in (*DESK_RANK.values(), FILED_RANK) if rank < FIRST_UNSENT),
    ListName.UNVALIDATED: frozenset({DESK_RANK[InvoiceState.UNVALIDATED]}),
    ListName.VALIDATED: frozenset({DESK_RANK[InvoiceState.VALIDATED]}),
}
"""The lists of which the tally of the ranks says how long they are."""


@spoken()
def page(
    view: ListView, after: tuple[Any, ...] | None, limit: int, *, backwards: bool = False, inclusive: bool = False
) -> list[InvoiceRow]:
    """At most `limit` rows that follow (or, backwards, precede) the place `after`, in the list's order.

    Args:
        view: the list.
        after: a row's key; None for the list's beginning (backwards: its end).
        limit: how many rows.
        backwards: the rows before `after`, still given in the list's order.
        inclusive: the row at `after` itself comes first.
    """
    ascending = view.descending == backwards
    after = _as_stored(view, after)
    found = Filtered(view)
    if not found.words:
        rows = _in_order(view, after[1:] if after is not None else None, limit, ascending, inclusive)
        return rows[::-1] if backwards else rows
    last = len(found.classes) - 1
    begin = min(after[0], last) if after is not None else last if backwards else 0
    rows = []
    for rank in range(begin, -1, -1) if backwards else range(begin, last + 1):
        place = after[1:] if after is not None and rank == after[0] else None
        rows += found.rows(rank, place, limit - len(rows), ascending=ascending, inclusive=inclusive)
        if len(rows) >= limit:
            break
    return rows[::-1] if backwards else rows


def every_row(view: ListView, chunk: int = 500) -> Iterator[InvoiceRow]:
    """All rows of a list, a page at a time."""
    after: tuple[Any, ...] | None = None
    while rows := page(view, after, chunk):
        yield from rows
        after = rows[-1].key(view.sort)


@spoken()
def row_at(view: ListView, invoice_id: int) -> InvoiceRow | None:
    """This invoice's row as the list would show it; None if it is not (or no longer) in the list."""
    found = Filtered(view)
    if not found.words:
        rows = execute(rows_sql(view, 1, "i.id = ?"), (invoice_id,)).fetchall()
        return row_of(rows[0]) if rows else None
    read = (found.row(rank, invoice_id) for rank in range(len(found.classes)))
    return next((row for row in read if row is not None), None)


@spoken()
def matches(view: ListView) -> int | None:
    """How many rows the filter keeps; None where they are too many to be worth counting."""
    found = Filtered(view)
    return found.count() if found.words else _length(view)


@spoken()
def standing(view: ListView, key: tuple[Any, ...] | None) -> tuple[int | None, int | None]:
    """How many rows of the list precede the one at this place, and how many there are in all.

    Where a filter finds more than are counted, neither is known.
    """
    key = _as_stored(view, key)
    if key is None:
        return None, matches(view)
    found = Filtered(view)
    if found.words:
        return found.standing(min(key[0], len(found.classes) - 1), key[1:])
    return _preceding(view, key[1:]), _length(view)


def _as_stored(view: ListView, key: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
    """A row's key with the bytes themselves where a text of it is none: what is read instead sorts elsewhere."""
    if key is None or not any(isinstance(part, str) and REPLACEMENT in part for part in key[1:]):
        return key
    stored = ", ".join(f"CAST({column} AS BLOB)" for column in SORTS[view.sort])
    found = execute(f"SELECT {stored} FROM invoice i WHERE i.id = ?", (key[-1],)).fetchone() or key[1:]  # noqa: S608
    parts = zip(key[1:], found, strict=True)
    return key[0], *(held if isinstance(part, str) and REPLACEMENT in part else part for part, held in parts)


def _in_order(view: ListView, place: Place | None, limit: int, ascending: bool, inclusive: bool) -> list[InvoiceRow]:
    seeks = list(steps(SORTS[view.sort], place, ascending, inclusive))
    if len(seeks) > 1 and not is_sqlite():  # one statement: a round trip to a server costs more than all of them
        each = (f"({rows_sql(view, limit, condition, ascending, fixed)})" for condition, _, fixed in seeks)
        every = tuple(value for _, values, _ in seeks for value in values)
        return [row_of(row) for row in execute(f"{' UNION ALL '.join(each)} LIMIT {int(limit)}", every).fetchall()]
    rows: list[InvoiceRow] = []
    for condition, values, fixed in seeks:
        if len(rows) >= limit:
            break
        sql = rows_sql(view, limit - len(rows), condition, ascending, fixed)
        rows += [row_of(row) for row in execute(sql, values).fetchall()]
    return rows


def _length(view: ListView) -> int:
    """How many rows a list without a filter has."""
    if not view.is_narrow and view.name in _RANKED:
        return sum(count for rank, count in by_rank().items() if rank in _RANKED[view.name])
    return _counted(view, "1 = 1", ())


def _preceding(view: ListView, place: Place) -> int:
    """How many rows of a list without a filter stand before this place."""
    before = steps(SORTS[view.sort], place, view.descending, inclusive=False)
    return sum(_counted(view, condition, values) for condition, values, _ in before)


def _counted(view: ListView, condition: str, values: Place) -> int:
    sql = f"SELECT count(*) FROM invoice i WHERE {condition} AND {view.condition}"  # noqa: S608
    return int(execute(sql, values).fetchone()[0])
