"""What a filter finds in a list: in classes, the most exact first, each read at about the same cost wherever it lies.

Two ways lead to a page of a class. The list's order is walked where what is found stands close together; where it
stands far apart, at the end, or nowhere, its ids are gathered from the index that gives the fewest. Which it is shows
when a window of the order was tried: no key waits for a walk through the whole list.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import product
from typing import Any, Final

from models.domain.lifecycle import DESK_RANK, FIRST_UNSENT
from models.domain.lists import FoundBy, ListName, SortName
from models.domain.states import InvoiceState
from models.queries.counts import by_rank
from models.queries.found import Span, Values, Vocabulary, Way, names_index, ways
from models.queries.invoice_row import SORTS, InvoiceRow, ListView, found_sql, ids_sql, row_of
from models.queries.steps import Place, beyond, steps
from models.queries.terms import search_terms
from models.store.database import execute

COUNTED: Final = 2000
"""A filter that finds more is not counted."""

GATHERED: Final = 2000
"""Of fewer ids than these a page is gathered at once; of more, the order is tried first."""

WINDOWS: Final = (150, 2500)
"""How many rows of the order are tried, one window after the other: a row looked at costs about a microsecond."""

MOST_CLASSES: Final = 64
"""Words beyond those whose ways make so many classes find, and no longer rank."""

_SEVERAL: Final = 4
"""Days or ranges of them: of more, the order by urgency would take longer to ask for each than to be walked."""

_LOOSE: Final = frozenset({FoundBy.LINKED, FoundBy.LINKED_BEGINS, FoundBy.CODE})
"""The ways whose index may give an invoice twice, or one that the condition leaves out."""

Class = tuple[tuple[Way, ...], ...]
"""Of each word of the filter, the ways of which one must hold; the first words' classes name one way each."""

Sql = tuple[str, Values]
"""A condition or a query, with its values."""


class Filtered:
    """What a view's filter finds, as the database stands now."""

    def __init__(self, view: ListView) -> None:
        self.view = view
        known = Vocabulary()
        self.words = tuple(ways(term, known) for term in dict.fromkeys(search_terms(view.typed)))
        self.classes = _classes(self.words)
        self._sizes: dict[Sql, tuple[int, int]] = {}

    def rows(self, rank: int, place: Place | None, limit: int, *, ascending: bool, inclusive: bool) -> list[InvoiceRow]:
        """At most so many rows of a class that stand beyond the place, in the list's order or in reverse."""
        chosen = self.classes[rank]
        if limit <= 0 or self._is_empty(chosen):
            return []
        if few := self._fewest(chosen, GATHERED):
            return self._gathered(rank, few, beyond(self._columns, place, ascending, inclusive), limit, ascending)
        is_indexed = any(all(way.ids for way in one) for one in chosen)
        for window in WINDOWS if is_indexed else (None,):
            rows: list[InvoiceRow] = []
            for condition, fixed in self._ways_through(chosen, place, ascending, inclusive):
                if len(rows) >= limit:
                    break
                rows += self._walked(rank, condition, fixed, window, limit - len(rows), ascending)
            if len(rows) >= limit or window is None:
                return rows
        all_of_them = self._fewest(chosen, self._invoices + 1) or ("SELECT id FROM invoice", ())
        return self._gathered(rank, all_of_them, beyond(self._columns, place, ascending, inclusive), limit, ascending)

    def row(self, rank: int, invoice_id: int) -> InvoiceRow | None:
        """This invoice's row, where it belongs to the class."""
        if self._is_empty(self.classes[rank]):
            return None
        rows = self._gathered(rank, ("?", (invoice_id,)), ("1 = 1", ()), 1, ascending=True)
        return rows[0] if rows else None

    def preceding(self, rank: int, place: Place) -> int:
        """How many rows stand before this place."""
        before = beyond(self._columns, place, self.view.descending, inclusive=False)
        return sum(map(self._counted, range(rank))) + self._counted(rank, before)

    def count(self) -> int | None:
        """How many rows are found; None where they are more than are counted."""
        if self._are_many():
            return None
        count = 0
        for rank in range(len(self.classes)):
            count += self._counted(rank, most=COUNTED + 1 - count)
            if count > COUNTED:
                return None
        return count

    @cached_property
    def _columns(self) -> tuple[str, ...]:
        return SORTS[self.view.sort]

    @cached_property
    def _listed(self) -> list[Sql]:
        """The ids of a short list, as an index gives them."""
        if self.view.is_narrow:
            return [(ids, ()) for ids in self.view.narrowed]
        if ranks := _SHORT.get(self.view.name):
            return [("SELECT id FROM invoice WHERE desk_rank BETWEEN ? AND ?", ranks)]
        return []

    @cached_property
    def _ranks(self) -> dict[int, int]:
        return by_rank()

    @cached_property
    def _invoices(self) -> int:
        return sum(self._ranks.values())

    def _walked(
        self, rank: int, condition: Sql, fixed: int, window: int | None, limit: int, ascending: bool
    ) -> list[InvoiceRow]:
        """What the class has among the next rows of the order, as many as the window holds."""
        if window is not None:
            sql = ids_sql(self.view, window, condition[0], ascending, fixed)
            return self._gathered(rank, (sql, condition[1]), ("1 = 1", ()), limit, ascending)
        test, values = self._test(self.classes[rank])
        sql = found_sql(self.view, limit, f"{condition[0]} AND {test}", ascending, fixed)
        return self._read(rank, sql, (*condition[1], *values))

    def _gathered(self, rank: int, ids: Sql, condition: Sql, limit: int, ascending: bool) -> list[InvoiceRow]:
        """What the class has among these ids."""
        test, values = self._test(self.classes[rank])
        sql = found_sql(self.view, limit, f"i.id IN ({ids[0]}) AND {condition[0]} AND {test}", ascending)
        return self._read(rank, sql, (*ids[1], *condition[1], *values))

    def _read(self, rank: int, sql: str, values: Values) -> list[InvoiceRow]:
        by = tuple((one[0].by, one[0].term) for one in self.classes[rank] if len(one) == 1)
        return [row_of(row, rank, by) for row in execute(sql, values).fetchall()]

    def _ways_through(
        self, chosen: Class, place: Place | None, ascending: bool, inclusive: bool
    ) -> Iterator[tuple[Sql, int]]:
        """The seeks through the order beyond a place, within what a word says of the columns that order it."""
        spans = self._spans(chosen, ascending)
        for condition, values, fixed in steps(self._columns, place, ascending, inclusive):
            for within, ends in spans:
                yield (f"{condition} AND {within}", (*values, *ends)), fixed

    def _spans(self, chosen: Class, ascending: bool) -> list[Sql]:
        """The ranges of the order, one after the other, out of which a word finds nothing."""
        single = [one[0] for one in chosen if len(one) == 1 and one[0].spans]
        for way in single:
            if way.column == self._columns[0]:
                return [_within(way.column, span) for span in _ordered(way.spans, ascending)]
        if self.view.sort is SortName.DESK:
            for way in single:
                if way.column == self._columns[1] and len(way.spans) <= _SEVERAL:
                    spans = [_within(way.column, span) for span in _ordered(way.spans, ascending)]
                    ranks = sorted(self._ranks, reverse=not ascending)
                    return [(f"{_AT_RANK} AND {test}", (at, *ends)) for at in ranks for test, ends in spans]
        return [("1 = 1", ())]

    def _counted(self, rank: int, condition: Sql = ("1 = 1", ()), most: int | None = None) -> int:
        """How many rows of a class there are for which the condition holds, at most so many."""
        chosen = self.classes[rank]
        if self._is_empty(chosen):
            return 0
        few = self._fewest(chosen, self._invoices + 1)
        test, values = self._test(chosen)
        start, start_values = (f"i.id IN ({few[0]})", few[1]) if few else ("1 = 1", ())
        kept = f"{start} AND {condition[0]} AND {test} AND {self.view.condition}"
        only = f" LIMIT {most}" if most is not None else ""
        sql = f"SELECT count(*) FROM (SELECT 1 FROM invoice i WHERE {kept}{only}) AS few"  # noqa: S608
        return int(execute(sql, (*start_values, *condition[1], *values)).fetchone()[0])

    def _are_many(self) -> bool:
        """Whether an index tells by itself that too many rows match: no invoice need be read to know."""
        if len(self.words) != 1 or self.view.is_narrow or self.view.name not in {ListName.ALL, ListName.TRANSMITTED}:
            return False
        unlisted = sum(
            count
            for rank, count in self._ranks.items()
            if rank >= FIRST_UNSENT and self.view.name == ListName.TRANSMITTED
        )
        than = COUNTED + 1 + unlisted
        return any(
            self._count((way.ids, way.ids_values), than) >= than
            for way in self.words[0]
            if way.ids and way.by not in _LOOSE
        )

    def _is_empty(self, chosen: Class) -> bool:
        """Whether the index of one of the words gives nothing."""
        return any(self._finds_none(one[0]) for one in chosen if len(one) == 1)

    def _finds_none(self, way: Way) -> bool:
        return bool(way.ids) and self._count((way.ids, way.ids_values), max(GATHERED, 1)) == 0

    def _fewest(self, chosen: Class, most: int) -> Sql | None:
        """The fewest ids that an index gives of a class; None where each gives so many, or none tells."""
        names = tuple(
            one[0].term for one in chosen if len(one) == 1 and one[0].by is FoundBy.NAME and len(one[0].term) >= 3
        )
        together = [names_index(names)] if len(names) > 1 else []
        together += self._listed
        each = [_ids(one) for one in chosen if all(way.ids for way in one)]
        fewest = None
        for ids in (*together, *each):
            if ids[0] and (count := self._count(ids, most)) < most:
                fewest, most = ids, count
        return fewest

    def _test(self, chosen: Class) -> Sql:
        """That each word finds the row in the class's way, and in none that is more exact."""
        tests: list[str] = []
        values: list[Any] = []
        for word, one in zip(self.words, chosen, strict=True):
            tests.append(f"({' OR '.join(f'({way.holds})' for way in one)})")
            values.extend(_joined(way.values for way in one))
            if len(one) == 1:
                for way in word[: word.index(one[0])]:
                    if not self._finds_none(way):
                        tests.append(f"NOT ({way.holds})")
                        values.extend(way.values)
        return " AND ".join(tests) or "1 = 1", tuple(values)

    def _count(self, ids: Sql, most: int) -> int:
        """How many ids this gives, at most so many."""
        count, counted = self._sizes.get(ids, (0, 0))
        if count == counted and counted < most:
            (found,) = execute(f"SELECT count(*) FROM ({ids[0]} LIMIT {most}) AS few", ids[1]).fetchone()  # noqa: S608
            self._sizes[ids] = count, counted = int(found), most
        return min(count, most)


_SHORT: Final = {
    ListName.UNVALIDATED: (DESK_RANK[InvoiceState.UNVALIDATED], DESK_RANK[InvoiceState.UNVALIDATED]),
    ListName.VALIDATED: (DESK_RANK[InvoiceState.VALIDATED], DESK_RANK[InvoiceState.VALIDATED]),
    ListName.CANCELLABLE: (DESK_RANK[InvoiceState.REJECTED], DESK_RANK[InvoiceState.REJECTED]),
    ListName.DRE: (DESK_RANK[InvoiceState.REJECTED], DESK_RANK[InvoiceState.PARTLY_PAID]),
}
"""The lists of what waits: the first and the last rank of the desk that they hold."""

_AT_RANK: Final = f"{SORTS[SortName.DESK][0]} = ?"


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


def _ids(ways: tuple[Way, ...]) -> Sql:
    """The ids that the indexes of these ways give together."""
    if len(ways) == 1:
        return ways[0].ids, ways[0].ids_values
    parts = (f"SELECT id FROM ({way.ids}) AS one" for way in ways)  # noqa: S608
    return " UNION ALL ".join(parts), _joined(way.ids_values for way in ways)


def _ordered(spans: tuple[Span, ...], ascending: bool) -> list[Span]:
    return sorted(spans, reverse=not ascending)


def _within(column: str, span: Span) -> Sql:
    return f"{column} BETWEEN ? AND ?", span


def _joined(parts: Iterator[Values]) -> Values:
    return tuple(value for part in parts for value in part)
