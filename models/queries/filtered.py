"""What a filter finds in a list: in classes, the most exact first, each read at about the same cost wherever it lies.

Two ways lead to a page of a class. The list's order is walked where what is found stands close together; where it
stands far apart, at the end, or nowhere, its ids are gathered from the index that gives the fewest. Which it is shows
when a window of the order was tried: no key waits for a walk through the whole list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import product
from typing import Any, Final

from models.domain.lifecycle import DESK_RANK, FIRST_UNSENT
from models.domain.lists import FoundBy, ListName, SortName
from models.domain.states import InvoiceState
from models.queries.counts import by_rank
from models.queries.found import Source, Span, Values, Vocabulary, Way, among, named, ways
from models.queries.invoice_row import SORTS, InvoiceRow, ListView, found_sql, row_of, window_sql
from models.queries.steps import Place, beyond, steps
from models.queries.terms import search_terms
from models.store.database import execute, is_sqlite

COUNTED: Final = 2000
"""A filter that finds more is not counted."""

GATHERED: Final = 2000
"""Of fewer ids than these a page is gathered at once; of more, the order is tried first."""

WINDOWS: Final = (150, 1000)
"""How many rows of the order are tried, one window after the other: a row looked at costs some five microseconds."""

WIDEST: Final = 6_000
"""The last window of an order whose index holds what filters ask: an entry of it costs less than a microsecond."""

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
        self._sizes: dict[Source, tuple[int, int]] = {}
        self._named: dict[tuple[str, ...], Source] = {}

    def rows(self, rank: int, place: Place | None, limit: int, *, ascending: bool, inclusive: bool) -> list[InvoiceRow]:
        """At most so many rows of a class that stand beyond the place, in the list's order or in reverse."""
        chosen = self.classes[rank]
        if limit <= 0 or self._is_empty(chosen):
            return []
        windows = self._windows(chosen)
        there = beyond(self._columns, place, ascending, inclusive)
        if few := self._fewest(chosen, GATHERED):
            return self._gathered(rank, few, there, limit, ascending)
        seeks = list(self._ways_through(chosen, place, ascending, inclusive))
        for window in windows:
            rows: list[InvoiceRow] = []
            for condition, fixed in seeks:
                rows += self._walked(rank, condition, fixed, window, limit - len(rows), ascending)
                if len(rows) >= limit:
                    return rows
                if condition is seeks[-1][0] or not self._ends_within(condition, window):
                    break  # what follows would stand before the rest of this seek
            if WIDEST not in windows and self._fewest(chosen, GATHERED * 2):
                break  # rows that are looked up one by one: gathered as soon as walked further
        few = self._start(chosen, in_turn=self._reads_in_turn)
        return self._gathered(rank, few, there, limit, ascending)

    def row(self, rank: int, invoice_id: int) -> InvoiceRow | None:
        """This invoice's row, where it belongs to the class."""
        if self._is_empty(self.classes[rank]):
            return None
        rows = self._gathered(rank, Source("invoice i", "i.id = ?", (invoice_id,)), ("1 = 1", ()), 1, ascending=True)
        return rows[0] if rows else None

    def standing(self, rank: int, place: Place | None) -> tuple[int | None, int | None]:
        """How many rows stand before this place, and how many are found; both None where they are too many to count."""
        if self._are_many():
            return None, None
        here = beyond(self._columns, place, self.view.descending, inclusive=False)
        before = count = 0
        for each in range(len(self.classes)):
            condition = here if each == rank else ("1 = 1", ()) if each < rank else ("1 = 0", ())
            found, preceding = self._counted(each, condition, COUNTED + 1 - count)
            count, before = count + found, before + preceding
            if count > COUNTED:
                return None, None
        return before, count

    def count(self) -> int | None:
        """How many rows are found; None where they are more than are counted."""
        return self.standing(len(self.classes), None)[1]

    @cached_property
    def _columns(self) -> tuple[str, ...]:
        return SORTS[self.view.sort]

    @cached_property
    def _listed(self) -> list[Source]:
        """The invoices of a short list, as an index gives them."""
        if self.view.is_narrow:
            return [among(ids, ()) for ids in self.view.narrowed]
        if ranks := _SHORT.get(self.view.name):
            return [among("SELECT id FROM invoice WHERE desk_rank BETWEEN ? AND ?", ranks)]
        return []

    @property
    def _reads_in_turn(self) -> bool:
        """Whether the names are gathered in the list's own order, and no further than a page."""
        return self.view.sort is SortName.PATIENT and is_sqlite()

    @cached_property
    def _ranks(self) -> dict[int, int]:
        return by_rank()

    def _windows(self, chosen: Class) -> tuple[int, ...]:
        """How much of the order is tried; less where a row is tested by other rows than its own, which takes long."""
        if any(way.by in _LOOSE for one in chosen for way in one):
            return WINDOWS[:1]
        if self._reads_in_turn and _names(chosen):
            return ()
        held = _HELD.get(self.view.sort, frozenset()) if is_sqlite() else frozenset()
        return (*WINDOWS, WIDEST) if held.issuperset(self._asked(chosen)) else WINDOWS

    def _asked(self, chosen: Class) -> set[str]:
        """The columns of an invoice that tell whether it is of a class and of the list, and where it stands."""
        return set(_COLUMN.findall(" ".join((self._test(chosen)[0], self.view.condition, *self._columns))))

    def _walked(
        self, rank: int, condition: Sql, fixed: int, window: int, limit: int, ascending: bool
    ) -> list[InvoiceRow]:
        """What the class has among the next rows of the order, as many as the window holds."""
        test, values = self._test(self.classes[rank])
        asked = sorted({*self._asked(self.classes[rank]), "id"})
        tables = window_sql(self.view, window, asked, condition[0], ascending, fixed)
        sql = found_sql(self.view, limit, test, ascending, fixed, tables)
        return self._read(rank, sql, (*condition[1], *values))

    def _ends_within(self, condition: Sql, window: int) -> bool:
        """Whether the order has no more rows there than the window holds."""
        rows = f"SELECT 1 FROM invoice i WHERE {condition[0]} AND {self.view.condition} LIMIT {window + 1}"  # noqa: S608
        (count,) = execute(f"SELECT count(*) FROM ({rows}) AS few", condition[1]).fetchone()  # noqa: S608
        return int(count) <= window

    def _gathered(self, rank: int, source: Source, condition: Sql, limit: int, ascending: bool) -> list[InvoiceRow]:
        """What the class has of this source."""
        test, values = self._test(self.classes[rank])
        kept = f"{source.condition} AND {condition[0]} AND {test} AND {self.view.condition}"
        sql = found_sql(self.view, limit, kept, ascending, tables=source.tables)
        return self._read(rank, sql, (*source.values, *condition[1], *values))

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

    def _counted(self, rank: int, condition: Sql, most: int) -> tuple[int, int]:
        """How many rows of a class there are, at most so many, and for how many of them the condition holds."""
        chosen = self.classes[rank]
        if self._is_empty(chosen):
            return 0, 0
        few = self._start(chosen, in_turn=True)
        test, values = self._test(chosen)
        kept = f"{few.condition} AND {test} AND {self.view.condition}"
        told = f"SELECT CASE WHEN {condition[0]} THEN 1 ELSE 0 END AS told FROM {few.tables} WHERE {kept} LIMIT {most}"  # noqa: S608
        sql = f"SELECT count(*), coalesce(sum(told), 0) FROM ({told}) AS few"  # noqa: S608
        found, held = execute(sql, (*condition[1], *few.values, *values)).fetchone()
        return int(found), int(held)

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
        return any(self._count(way.source, than) >= than for way in self.words[0] if way.by not in _LOOSE)

    def _is_empty(self, chosen: Class) -> bool:
        """Whether the index of one of the words gives nothing."""
        return any(self._finds_none(one[0]) for one in chosen if len(one) == 1)

    def _finds_none(self, way: Way) -> bool:
        return self._count(way.source, max(GATHERED, 1)) == 0

    def _start(self, chosen: Class, *, in_turn: bool) -> Source:
        """What gives the fewest invoices of a class; where each gives many, the names, whose index holds what is asked.

        Nothing is counted beyond: that would take as long as to read them. Names that are read in turn, up to what is
        enough, are not counted either.
        """
        if few := self._fewest(chosen, GATHERED):
            return few
        names = _names(chosen)
        others = tuple(one for one in chosen if one[0].by is not FoundBy.NAME) if names and in_turn else chosen
        if few := self._fewest(others, GATHERED * 10):
            return few
        if names:
            return self._together(names)
        return _source(next((one for one in chosen if one[0].by not in _LOOSE), chosen[0]))

    def _fewest(self, chosen: Class, most: int) -> Source | None:
        """What gives the fewest invoices of a class; None where each gives so many."""
        names = _names(chosen)
        each = [self._together(names)] if len(names) > 1 else []
        each += [_source(one) for one in chosen if not each or one[0].term not in names]
        fewest = None
        for source in (*each, *self._listed):
            if (count := self._count(source, most)) < most:
                fewest, most = source, count
        return fewest

    def _together(self, names: tuple[str, ...]) -> Source:
        if names not in self._named:
            self._named[names] = named(names)
        return self._named[names]

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

    def _count(self, source: Source, most: int) -> int:
        """How many invoices this gives, at most so many."""
        count, counted = self._sizes.get(source, (0, 0))
        if count == counted and counted < most:
            ids, values = source.told_by or (source.ids, source.values)
            (found,) = execute(f"SELECT count(*) FROM ({ids} LIMIT {most}) AS few", values).fetchone()  # noqa: S608
            self._sizes[source] = count, counted = int(found), most
        return min(count, most)


_ASKED: Final = frozenset({"id", "desk_rank", "billed_on", "search", "number", "total"})
_WHOSE: Final = frozenset({"signature", "regime", "caisse", "batch_id", "practitioner_id"})
_HELD: Final = {
    SortName.DESK: _ASKED | _WHOSE,
    SortName.NUMBER: _ASKED - {"total"},
    SortName.DATE: _ASKED,
    SortName.AMOUNT: _ASKED,
    SortName.PATIENT: _ASKED | _WHOSE | {"last_name", "first_name"},
}
"""What the index of an order holds on SQLite (migrations 0028 and 0031)."""

_COLUMN: Final = re.compile(r"\bi\.(\w+)")

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


def _names(chosen: Class) -> tuple[str, ...]:
    """The words that find by a name."""
    return tuple(one[0].term for one in chosen if len(one) == 1 and one[0].by is FoundBy.NAME)


def _exactness(chosen: Class) -> tuple[int, tuple[int, ...]]:
    """What orders the classes: how exact the words' ways are together, then the first word's."""
    ranks = tuple(int(one[0].by) for one in chosen if len(one) == 1)
    return sum(ranks), ranks


def _source(ways: tuple[Way, ...]) -> Source:
    """What the indexes of these ways give together."""
    if len(ways) == 1:
        return ways[0].source
    return among(" UNION ALL ".join(way.source.ids for way in ways), _joined(way.source.values for way in ways))


def _ordered(spans: tuple[Span, ...], ascending: bool) -> list[Span]:
    return sorted(spans, reverse=not ascending)


def _within(column: str, span: Span) -> Sql:
    return f"{column} BETWEEN ? AND ?", span


def _joined(parts: Iterator[Values]) -> Values:
    return tuple(value for part in parts for value in part)
