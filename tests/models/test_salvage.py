"""A table of which pages are damaged is read around them, and the holes are told by their ids."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace

import pytest
from peewee import DatabaseError, OperationalError

from models.store import salvage
from models.store.salvage import Hole, Row, readable

DAMAGE = DatabaseError("database disk image is malformed")


class Table:
    """Rows of these ids, those of the damaged ids on pages that cannot be read.

    Args:
        ids: of its rows.
        damaged: of those that cannot be read.
        index: whether the index of the ids reads whole: the table of damaged rows then still tells where they are.
    """

    def __init__(self, ids: Sequence[int], damaged: Sequence[int], *, index: bool) -> None:
        self.ids, self.damaged, self.index = sorted(ids), set(damaged), index

    def read(self, after: int, count: int) -> Sequence[Row]:
        """As a query would: the first damaged row on its way ends it."""
        some = [row_id for row_id in self.ids if row_id > after][:count]
        if self.damaged & set(some):
            raise DAMAGE
        return [(row_id,) for row_id in some]

    def execute(self, _: str, values: tuple[int]) -> SimpleNamespace:
        """The lowest id behind this one, as the index tells it."""
        if not self.index:
            raise DAMAGE
        return SimpleNamespace(fetchall=lambda: [(min((i for i in self.ids if i > values[0]), default=None),)])


def passed(monkeypatch: pytest.MonkeyPatch, table: Table) -> tuple[list[int], list[Hole]]:
    """The ids that are read, and the holes."""
    monkeypatch.setattr(salvage, "AT_ONCE", 4)
    monkeypatch.setattr(salvage, "execute", table.execute)
    found = list(readable("invoice", table.read))
    read = [row[0] for some in found if not isinstance(some, Hole) for row in some]
    return read, [hole for hole in found if isinstance(hole, Hole)]


@pytest.mark.parametrize(
    ("damaged", "index", "holes"),
    [
        ([], True, []),
        ([5], True, [Hole(5, 5)]),
        ([5, 6], True, [Hole(5, 5), Hole(6, 6)]),
        ([5], False, [Hole(5, 5)]),
        ([5, 6, 7, 8, 9], False, [Hole(5, 9)]),
        ([1, 2, 3], False, [Hole(1, 3)]),
        ([2, 15], False, [Hole(2, 2), Hole(15, 15)]),
        ([5, 6, 7, 9, 10], False, [Hole(5, 7), Hole(9, 10)]),
        ([2, 3, 4, 5, 6, 7, 9, 11, 12, 13], False, [Hole(2, 7), Hole(9, 9), Hole(11, 13)]),
        ([*range(15, 20)], False, [Hole(15, 19)]),
        ([18, 19, 20], False, [Hole(18, None)]),
        ([*range(1, 21)], False, [Hole(1, None)]),
    ],
)
def test_all_that_reads_is_read_and_each_hole_is_told(
    monkeypatch: pytest.MonkeyPatch, damaged: list[int], index: bool, holes: list[Hole]
) -> None:
    table = Table(range(1, 21), damaged, index=index)
    assert passed(monkeypatch, table) == ([row_id for row_id in range(1, 21) if row_id not in damaged], holes)


def test_ids_that_leave_gaps_hide_no_row_behind_a_hole(monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table([3, 4, 50, 51, 4000], [4, 50], index=False)
    read, (hole,) = passed(monkeypatch, table)
    assert read == [3, 51, 4000]
    assert (hole.first, hole.last) == (4, 50)


def test_a_hole_longer_than_is_tried_id_by_id_ends_where_rows_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(salvage, "STEPS", 3)
    for last in (11, 12, 19):
        table = Table(range(1, 21), range(5, last + 1), index=False)
        assert passed(monkeypatch, table) == ([*range(1, 5), *range(last + 1, 21)], [Hole(5, last)])
    ends = Table(range(1, 21), range(5, 21), index=False)
    assert passed(monkeypatch, ends) == ([1, 2, 3, 4], [Hole(5, None)])


@pytest.mark.parametrize("rows", [3, 9])
def test_a_page_that_reads_the_second_time_leaves_no_hole(monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    table = Table(range(1, rows + 1), [], index=True)

    def read(after: int, count: int) -> Sequence[Row]:
        if count > 1:
            raise DatabaseError("disk I/O error")
        return table.read(after, count)

    monkeypatch.setattr(salvage, "AT_ONCE", 4)
    assert [some[0][0] for some in readable("invoice", read) if not isinstance(some, Hole)] == [*range(1, rows + 1)]


def test_a_base_that_is_busy_or_away_is_no_hole(monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: int) -> Sequence[Row]:
        raise OperationalError("database is locked")

    with pytest.raises(OperationalError, match="locked"):
        list(readable("invoice", busy))
