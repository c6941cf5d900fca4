"""Toutes les factures: each order, the direction that one expects of it, and what the line of news says of it."""

from __future__ import annotations

import re
from datetime import date

from models.domain.place import Practice
from tests.tui.desk import ALL, Desk, at_desk
from tui.widgets.invoice_list import InvoiceList


def amounts(desk: Desk) -> list[int]:
    """The totals of the visible rows, in cents."""
    return [row.total for row in desk.screen.query_one(InvoiceList).rows]


def days(desk: Desk) -> list[date]:
    """The days of the visible rows."""
    return [row.billed_on for row in desk.screen.query_one(InvoiceList).rows]


async def test_it_opens_on_the_newest_and_says_so(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(ALL)
        assert desk.news() == "60 factures · récentes d’abord · tri : date"
        assert days(desk) == sorted(days(desk), reverse=True)
        assert len(set(days(desk))) > 1


async def test_each_order_has_its_own_direction_and_the_round_comes_back(practice: Practice) -> None:
    async with at_desk(practice, size=(80, 80)) as desk:
        await desk.opens(ALL)
        first = desk.numbers()
        await desk.press("t")
        assert desk.news() == "60 factures · de A à Z · tri : patient"
        names = [row[16:28] for row in desk.rows()]
        assert names == sorted(names)
        assert len(set(names)) > 1
        await desk.press("f5")
        assert desk.news() == "60 factures · plus gros montants d’abord · tri : montant"
        assert amounts(desk) == sorted(amounts(desk), reverse=True)
        await desk.press("t")
        assert desk.news() == "60 factures · rejets d’abord · tri : urgence"
        rejected = [bool(re.search(r"\bREJ\b", row)) for row in desk.rows()]
        assert all(rejected[:14])
        await desk.press("t")
        assert desk.news() == "60 factures · récentes d’abord · tri : date"
        assert desk.numbers() == first


async def test_a_filter_stays_when_the_order_changes(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(ALL)
        await desk.press("f")
        await desk.types("martin")
        await desk.press("enter", "t")
        names = [row[16:28] for row in desk.rows()]
        assert names == sorted(names)
        assert all("MARTIN" in name for name in names)
