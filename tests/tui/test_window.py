"""The list of a thousand invoices: the right rows under every key, and never more of them than lines."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from models.domain.place import Practice
from models.practice import close_practice, open_practice
from models.store.database import db
from tests.models.practice import TEAM, an_answer, an_invoice, hear, take_in
from tests.practices import copy_practice, follow_the_files, practice_in
from tests.tui.desk import ALL, CANCEL, MENU, Desk, at_desk
from tui.widgets.invoice_list import InvoiceList

COUNT = 1000
NAMES = ("PETIT", "ROUX", "ÉTIENNE", "MARTIN", "BLANC", "FAURE", "GIRARD")


@pytest.fixture(scope="module")
def made_long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two lots of invoices over forty days, several a day under one name."""
    folder = tmp_path_factory.mktemp("long")
    follow_the_files(practice_in(folder))
    open_practice(practice_in(folder), create=True)
    for lot, team in enumerate(TEAM):
        take_in(
            *(
                an_invoice(
                    1000 * (lot + 1) + place,
                    practitioner=team,
                    last_name=NAMES[place % len(NAMES)],
                    billed_on=date(2026, 9, 1) + timedelta(days=place % 40),
                    coefficients=(100 + place % 9,),
                )
                for place in range(COUNT // 2)
            ),
            lot=lot + 1,
        )
    close_practice()
    return folder


@pytest.fixture
def long(made_long: Path, tmp_path: Path) -> Iterator[Practice]:
    """The long practice, open; closed afterwards."""
    place = copy_practice(made_long, tmp_path)
    open_practice(place)
    yield place
    close_practice()


def order(by: str) -> list[int]:
    """All numbers in an order that the database is asked for plainly."""
    return [number for (number,) in db.execute_sql(f"SELECT number FROM invoice ORDER BY {by}").fetchall()]


BY_DATE = "billed_on DESC, id DESC"
"""« Toutes les factures » opens on the last ones."""


def window(desk: Desk) -> InvoiceList:
    found = desk.screen.query_one(InvoiceList)
    assert len(found.rows) <= found.room == found.size.height - 1
    assert [row.number for row in found.rows] == desk.numbers()
    return found


def stands(desk: Desk, all_numbers: list[int], index: int) -> None:
    """The cursor is on the row at `index` of the whole list, and what is around it is contiguous."""
    found = window(desk)
    assert found.row is not None
    assert found.row.number == all_numbers[index]
    first = index - found.cursor
    assert desk.numbers() == all_numbers[first : first + len(found.rows)]
    assert f"{all_numbers[index]:09d}" in desk.selected()


async def test_every_key_moves_to_the_row_that_it_should(long: Practice) -> None:
    numbers = order(BY_DATE)
    async with at_desk(long) as desk:
        await desk.opens(ALL)
        room = window(desk).room
        stands(desk, numbers, 0)
        await desk.press("up")
        stands(desk, numbers, 0)
        await desk.press(*["down"] * (room + 3))
        stands(desk, numbers, room + 3)
        assert desk.numbers()[-1] == numbers[room + 3]
        await desk.press(*["up"] * (room + 1))
        stands(desk, numbers, 2)
        assert desk.numbers()[0] == numbers[2]
        await desk.press("home")
        stands(desk, numbers, 0)
        await desk.press("pagedown")
        stands(desk, numbers, room)
        await desk.press("down", "pagedown")
        stands(desk, numbers, 2 * room + 1)
        await desk.press("pageup")
        stands(desk, numbers, room + 1)
        await desk.press("end")
        stands(desk, numbers, COUNT - 1)
        assert len(desk.numbers()) == room
        await desk.press("down", "pagedown")
        stands(desk, numbers, COUNT - 1)
        await desk.press("pageup")
        stands(desk, numbers, COUNT - 1 - room)
        await desk.press("home")
        stands(desk, numbers, 0)


async def test_paging_to_the_end_passes_by_every_row_once(empty: Practice) -> None:
    take_in(*(an_invoice(number) for number in range(1001, 1101)))
    async with at_desk(empty) as desk:
        await desk.opens(ALL)
        room, seen = window(desk).room, desk.numbers()
        while len(seen) + room <= 100:
            await desk.press("pagedown")
            seen += desk.numbers()
        await desk.press("pagedown")
        rest = [number for number in desk.numbers() if number not in seen]
        assert seen + rest == list(range(1100, 1000, -1))


@pytest.mark.parametrize(
    ("presses", "by"),
    [(0, BY_DATE), (1, "last_name, first_name, id"), (2, "total DESC, id DESC")],
    ids=["date", "patient", "montant"],
)
async def test_a_walk_at_random_never_loses_its_place(long: Practice, presses: int, by: str) -> None:
    numbers, chance, index = order(by), random.Random(presses), 0
    async with at_desk(long) as desk:
        await desk.opens(ALL)
        await desk.press(*["t"] * presses, "home")
        for _ in range(60):
            key = chance.choice(["up", "down", "down", "pageup", "pagedown", "pagedown"])
            await desk.press(key)
            now = window(desk).row
            assert now is not None
            before, index = index, numbers.index(now.number)
            if key in {"up", "down"}:
                assert index == max(0, before + (1 if key == "down" else -1))
            stands(desk, numbers, index)


@pytest.mark.parametrize(("before", "after"), [(24, 40), (40, 24), (60, 26)])
async def test_another_height_keeps_the_invoice_under_the_cursor(long: Practice, before: int, after: int) -> None:
    numbers = order(BY_DATE)
    async with at_desk(long, size=(80, before)) as desk:
        await desk.opens(ALL)
        await desk.press("pagedown", *["down"] * (window(desk).room - 1))
        at = numbers.index(int(desk.selected()[2:11]))
        await desk.resize(80, after)
        stands(desk, numbers, at)
        await desk.press("down")
        stands(desk, numbers, at + 1)


async def test_what_another_desk_cancels_leaves_no_hole(long: Practice) -> None:
    take_in(lost := an_invoice(5001, billed_on=date(2026, 10, 10)), lot=9)
    async with at_desk(long) as desk:
        await desk.opens(MENU, CANCEL)
        await desk.press("end", "up")
        hear(an_answer(lost, "rejected"))
        await desk.press("escape", "a", "home")
        assert desk.numbers()[0] == 5001
        assert len(desk.numbers()) == window(desk).room


async def test_a_filter_shows_its_rows_in_order_and_the_way_back_is_whole(long: Practice) -> None:
    numbers = order(BY_DATE)
    named = [
        number
        for (number,) in db.execute_sql(
            f"SELECT number FROM invoice WHERE last_name = 'ÉTIENNE' ORDER BY {BY_DATE}"
        ).fetchall()
    ]
    async with at_desk(long) as desk:
        await desk.opens(ALL)
        await desk.press("f")
        await desk.types("etienne")
        stands(desk, named, 0)
        await desk.sees(f"{len(named)} factures")
        await desk.press("enter", "end")
        stands(desk, named, len(named) - 1)
        await desk.press("escape")
        stands(desk, numbers, numbers.index(named[-1]))
