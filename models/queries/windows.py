"""The lists' windows: the rows that are visible and no more, by keyset pages on the sort key's own index.

A page costs the same at a thousand invoices and at a million: it seeks the key it starts after, column by column
(a row-value comparison would use only the key's first column and scan the rest of a rank or a day). What a filter finds
stands in classes, the most exact first, each in the list's order: a page goes on from one class to the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any, Final

from models.domain.lifecycle import DESK_RANK, FIRST_UNSENT
from models.domain.lists import FoundBy, ListName, SortName
from models.domain.states import InvoiceState
from models.queries.counts import by_rank
from models.queries.found import UNINDEXED_TEXT, Values, Vocabulary, Way, names_index, ways
from models.queries.invoice_row import SORTS, InvoiceRow, ListView, found_sql, row_of, rows_sql
from models.queries.terms import search_terms
from models.store.database import execute
from models.store.faults import spoken

RARE: Final = 2000
"""Below this many matches a filter starts from them; above, it walks the list in order and finds a page soon."""

MOST_CLASSES: Final = 64
"""Words beyond those whose ways make so many classes find, and no longer rank."""

_RANKED: Final = {
    ListName.ALL: frozenset(DESK_RANK.values()),
    ListName.TRANSMITTED: frozenset(rank for rank in DESK_RANK.values() if rank < FIRST_UNSENT),
    ListName.UNVALIDATED: frozenset({DESK_RANK[InvoiceState.UNVALIDATED]}),
    ListName.VALIDATED: frozenset({DESK_RANK[InvoiceState.VALIDATED]}),
}
"""The lists of which the tally of the ranks says how long they are."""

_LOOSE: Final = frozenset({FoundBy.LINKED, FoundBy.LINKED_BEGINS, FoundBy.CODE})
"""The ways whose index may give an invoice twice, or one that the condition leaves out."""

Class = tuple[tuple[Way, ...], ...]
"""Of each word of the filter, the ways of which one must hold; the first words' classes name one way each."""


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
    found = _Found(view)
    columns = SORTS[view.sort]
    ascending = view.descending == backwards
    last = len(found.classes) - 1
    begin = min(after[0], last) if after is not None else last if backwards else 0
    rows: list[InvoiceRow] = []
    for rank in range(begin, -1, -1) if backwards else range(begin, last + 1):
        place = after[1:] if after is not None and rank == after[0] else None
        for condition, values, fixed in _steps(columns, place, ascending, inclusive):
            if len(rows) >= limit:
                break
            rows += found.rows(rank, condition, values, ascending, limit - len(rows), fixed)
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
    found = _Found(view)
    read = (found.rows(rank, "i.id = ?", (invoice_id,), True, 1) for rank in range(len(found.classes)))
    return next((rows[0] for rows in read if rows), None)


@spoken()
def matches(view: ListView) -> int | None:
    """How many rows the filter keeps; None where they are too many to be worth counting."""
    return _Found(view).count()


@spoken()
def standing(view: ListView, key: tuple[Any, ...] | None) -> tuple[int | None, int | None]:
    """How many rows of the list precede the one at this place, and how many there are in all.

    Where a filter finds more than are counted, neither is known.
    """
    found = _Found(view)
    total = found.count()
    if total is None or key is None:
        return None, total
    return found.preceding(key), total


def _steps(
    columns: tuple[str, ...], after: tuple[Any, ...] | None, ascending: bool, inclusive: bool
) -> Iterator[tuple[str, tuple[Any, ...], int]]:
    """The seeks that together give what follows `after`: the same day further on, then the later days.

    With each, how many of the columns it holds to one value.
    """
    if after is None:
        yield "1 = 1", (), 0
        return
    sign = ">" if ascending else "<"
    for last in range(len(columns) - 1, -1, -1):
        equal = " AND ".join(f"{column} = ?" for column in columns[:last])
        beyond = f"{columns[last]} {sign}{'=' if inclusive and last == len(columns) - 1 else ''} ?"
        yield (f"{equal} AND {beyond}" if equal else beyond), after[: last + 1], last


class _Found:
    """What a view's filter finds, as the database stands now; without a filter, one class that holds every row."""

    def __init__(self, view: ListView) -> None:
        self.view = view
        known = Vocabulary()
        self.words = tuple(ways(term, known) for term in dict.fromkeys(search_terms(view.typed)))
        self.classes = _classes(self.words)
        self._sizes: dict[tuple[str, Values, int], int] = {}

    def rows(
        self, rank: int, condition: str, values: tuple[Any, ...], ascending: bool, limit: int, fixed: int = 0
    ) -> list[InvoiceRow]:
        """At most so many rows of a class for which the condition holds, in the list's order or in reverse."""
        if not self.words:
            sql = rows_sql(self.view, limit, condition, ascending, fixed)
            return [row_of(row) for row in execute(sql, values).fetchall()]
        chosen = self.classes[rank]
        if any(self._size(way) == 0 for (way, *others) in chosen if not others):
            return []
        start, start_values = self._start(chosen)
        test, test_values = self._test(chosen)
        sql = found_sql(self.view, limit, f"{start} AND {condition} AND {test}", ascending, fixed)
        by = tuple((one[0].by, one[0].term) for one in chosen if len(one) == 1)
        read = execute(sql, (*start_values, *values, *test_values)).fetchall()
        return [row_of(row, rank, by) for row in read]

    def preceding(self, key: tuple[Any, ...]) -> int:
        """How many rows stand before this place."""
        count = 0
        for rank in range(min(key[0], len(self.classes) - 1) + 1):
            place = key[1:] if rank == key[0] else None
            for condition, values, _ in _steps(SORTS[self.view.sort], place, self.view.descending, inclusive=False):
                count += self._counted(rank, condition, values)
        return count

    def _counted(self, rank: int, condition: str, values: Values) -> int:
        """How many rows of a class there are for which the condition holds."""
        chosen = self.classes[rank]
        if any(self._size(way) == 0 for (way, *others) in chosen if not others):
            return 0
        start, start_values = self._start(chosen)
        test, test_values = self._test(chosen)
        kept = f"{start} AND {condition} AND {test or '1 = 1'} AND {self.view.condition}"
        sql = f"SELECT count(*) FROM invoice i WHERE {kept}"  # noqa: S608
        return int(execute(sql, (*start_values, *values, *test_values)).fetchone()[0])

    def count(self) -> int | None:
        """How many rows are found; None where they are more than are counted."""
        if not self.words and not self.view.is_narrow and self.view.name in _RANKED:
            return sum(count for rank, count in by_rank().items() if rank in _RANKED[self.view.name])
        if not self.words:
            return self._counted(0, "1 = 1", ())
        if self._are_many():
            return None
        start, start_values = self._start(self.words)
        test, values = _all(self.words)
        kept = f"{self.view.condition} AND {start} AND {test}"
        sql = f"SELECT count(*) FROM (SELECT 1 FROM invoice i WHERE {kept} LIMIT {RARE + 1}) AS few"  # noqa: S608
        (count,) = execute(sql, (*start_values, *values)).fetchone()
        return None if count > RARE else int(count)

    def _are_many(self) -> bool:
        """Whether an index tells by itself that too many rows match: no invoice need be read to know."""
        if len(self.words) != 1 or self.view.is_narrow or self.view.name not in {ListName.ALL, ListName.TRANSMITTED}:
            return False
        unlisted = sum(
            count
            for rank, count in by_rank().items()
            if rank >= FIRST_UNSENT and self.view.name == ListName.TRANSMITTED
        )
        than = RARE + 1 + unlisted
        return any(self._size(way, than) >= than for way in self.words[0] if way.ids and way.by not in _LOOSE)

    def _start(self, chosen: Class) -> tuple[str, Values]:
        """Where to start from, of what an index gives: the first word of which few invoices are found."""
        names = tuple(
            one[0].term for one in chosen if len(one) == 1 and one[0].by is FoundBy.NAME and len(one[0].term) >= 3
        )
        together = [names_index(names)] if len(names) > 1 else []
        each = [_ids(one) for one in chosen if all(way.ids for way in one)]
        for ids, values in (*together, *each):
            if ids and self._count(ids, values, max(RARE, 1)) < RARE:
                return f"i.id IN ({ids})", values
        if self.view.sort is SortName.DATE:  # the order's own index knows the days
            for one in chosen:
                if len(one) == 1 and one[0].by is FoundBy.DAY:
                    return f"({one[0].holds.replace(UNINDEXED_TEXT, '')})", one[0].values
        return "1 = 1", ()

    def _test(self, chosen: Class) -> tuple[str, Values]:
        """That each word finds the row in the class's way, and in none that is more exact."""
        tests: list[str] = []
        values: list[Any] = []
        for word, one in zip(self.words, chosen, strict=True):
            tests.append(f"({' OR '.join(f'({way.holds})' for way in one)})")
            values.extend(_joined(way.values for way in one))
            if len(one) == 1:
                for way in word[: word.index(one[0])]:
                    if self._size(way) != 0:
                        tests.append(f"NOT ({way.holds})")
                        values.extend(way.values)
        return " AND ".join(tests), tuple(values)

    def _size(self, way: Way, limit: int | None = None) -> int:
        """How many ids its index gives, at most so many (`RARE`); as if many where no index tells."""
        most = max(RARE, 1) if limit is None else limit
        return self._count(way.ids, way.ids_values, most) if way.ids else most

    def _count(self, ids: str, values: Values, most: int) -> int:
        if (ids, values, most) not in self._sizes:
            (count,) = execute(f"SELECT count(*) FROM ({ids} LIMIT {most}) AS few", values).fetchone()  # noqa: S608
            self._sizes[ids, values, most] = int(count)
        return self._sizes[ids, values, most]


def _classes(words: tuple[tuple[Way, ...], ...]) -> tuple[Class, ...]:
    """Every choice of a way for each word, the most exact first; of the words that are too many, any way."""
    choices: list[list[tuple[Way, ...]]] = []
    count = 1
    for word in words:
        count *= len(word)
        choices.append([(way,) for way in word] if count <= MOST_CLASSES else [word])
        count = count if count <= MOST_CLASSES else count // len(word)
    return tuple(sorted(product(*choices), key=_exactness))


def _exactness(chosen: Class) -> tuple[int, tuple[int, ...]]:
    """What orders the classes: how exact the words' ways are together, then the first word's."""
    ranks = tuple(int(one[0].by) for one in chosen if len(one) == 1)
    return sum(ranks), ranks


def _all(words: Class) -> tuple[str, Values]:
    """That each word finds the row, in whatever way."""
    tests = (f"({' OR '.join(f'({way.holds})' for way in word)})" for word in words)
    return " AND ".join(tests) or "1 = 1", _joined(way.values for word in words for way in word)


def _ids(ways: tuple[Way, ...]) -> tuple[str, Values]:
    """The ids that the indexes of these ways give together."""
    if len(ways) == 1:
        return ways[0].ids, ways[0].ids_values
    parts = (f"SELECT id FROM ({way.ids}) AS one" for way in ways)  # noqa: S608
    return " UNION ALL ".join(parts), _joined(way.ids_values for way in ways)


def _joined(parts: Iterator[Values]) -> Values:
    return tuple(value for part in parts for value in part)
