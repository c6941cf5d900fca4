"""The lists' windows: the rows that are visible and no more, by keyset pages on the sort key's own index.

A page costs the same at a thousand invoices and at a million: it seeks the key it starts after, column by column
(a row-value comparison would use only the key's first column and scan the rest of a rank or a day).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from models.domain.lifecycle import FIRST_UNSENT
from models.domain.lists import ListName
from models.queries.counts import by_rank
from models.queries.invoice_row import CONDITIONS, SORTS, InvoiceRow, ListView, row_of, rows_sql
from models.store.database import execute, is_sqlite
from models.store.faults import spoken
from models.tables.search import search_terms

RARE: Final = 2000
"""Below this many matches a filter starts from them; above, it walks the list in order and finds a page soon."""

_LAST_CHARACTER: Final = "\U0010ffff"
"""No text holds it: what begins with a word stands between the word and the word with this after it."""


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
    columns = SORTS[view.sort]
    ascending = view.descending == backwards
    rows: list[InvoiceRow] = []
    for condition, values in _steps(columns, after, ascending, inclusive):
        if len(rows) >= limit:
            break
        rows += _fetch(view, condition, values, ascending, limit - len(rows))
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
    found = _fetch(view, "i.id = ?", (invoice_id,), True, 1)
    return found[0] if found else None


@spoken()
def matches(view: ListView) -> int | None:
    """How many rows the filter keeps; None where they are too many to be worth counting."""
    if is_sqlite() and _are_many(view):
        return None
    condition, values = _filter(view)
    kept = f"SELECT 1 FROM invoice i WHERE {CONDITIONS[view.name]} AND {condition} LIMIT {RARE + 1}"  # noqa: S608
    sql = f"SELECT count(*) FROM ({kept}) AS few"  # noqa: S608
    (count,) = execute(sql, values).fetchone()
    return None if count > RARE else int(count)


def _are_many(view: ListView) -> bool:
    """Whether the search index tells by itself that too many rows match: no invoice need be read to know."""
    ways = list(_indexed(search_terms(view.typed)))
    if len(ways) != 1 or view.name not in {ListName.ALL, ListName.TRANSMITTED}:
        return False
    unlisted = sum(
        count for rank, count in by_rank().items() if rank >= FIRST_UNSENT and view.name == ListName.TRANSMITTED
    )
    return not _is_rare(*ways[0], than=RARE + 1 + unlisted)


def _steps(
    columns: tuple[str, ...], after: tuple[Any, ...] | None, ascending: bool, inclusive: bool
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The seeks that together give what follows `after`: the same day further on, then the later days."""
    if after is None:
        yield "1 = 1", ()
        return
    sign = ">" if ascending else "<"
    for last in range(len(columns) - 1, -1, -1):
        equal = " AND ".join(f"i.{column} = ?" for column in columns[:last])
        beyond = f"i.{columns[last]} {sign}{'=' if inclusive and last == len(columns) - 1 else ''} ?"
        yield (f"{equal} AND {beyond}" if equal else beyond), after[: last + 1]


def _fetch(view: ListView, condition: str, values: tuple[Any, ...], ascending: bool, limit: int) -> list[InvoiceRow]:
    filtered, filter_values = _filter(view)
    sql = rows_sql(view, limit, f"{condition} AND {filtered}", ascending)
    return [row_of(row) for row in execute(sql, (*values, *filter_values)).fetchall()]


def _filter(view: ListView) -> tuple[str, tuple[Any, ...]]:
    """The filter's words as SQL with its values; nothing typed ever gets into it."""
    conditions = ["1 = 1"]
    values: list[str] = []
    terms = search_terms(view.typed)
    for found, bound in _indexed(terms) if is_sqlite() else ():
        if _is_rare(found, bound):
            conditions.append(f"i.id IN ({found})")
            values.extend(bound)
            break
    for term in terms:
        conditions.append("i.search LIKE ? ESCAPE '!'")
        values.append("%" + term.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%")
    return " AND ".join(conditions), tuple(values)


def _indexed(terms: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The ways to the invoices that hold these words, all from three letters on at once, each shorter one by itself."""
    if long := " ".join('"' + term.replace('"', '""') + '"' for term in terms if len(term) >= 3):
        yield "SELECT rowid FROM invoice_search WHERE invoice_search MATCH ?", (long,)
    for term in dict.fromkeys(term for term in terms if len(term) < 3):
        yield "SELECT DISTINCT doc FROM invoice_letters WHERE term BETWEEN ? AND ?", (term, term + _LAST_CHARACTER)


def _is_rare(found: str, bound: tuple[str, ...], than: int | None = None) -> bool:
    """Whether fewer invoices than that (`RARE`) are found this way."""
    limit = RARE if than is None else than
    (count,) = execute(f"SELECT count(*) FROM ({found} LIMIT {limit}) AS few", bound).fetchone()  # noqa: S608
    return bool(count < limit)
