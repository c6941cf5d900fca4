"""A day at the desk costs no memory: of a screen that was left nothing stays."""

from __future__ import annotations

import asyncio
import gc
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from textual.dom import DOMNode
from textual.screen import Screen

from models.domain.place import Practice
from tests.tui.desk import CANCEL, MENU, PATIENCE, UNVALIDATED, Desk, at_desk
from tests.tui.ways import already_cancelled
from tui.terminal.idle import sweep

TIMES = 2
SPARE = 500
"""Objects more after so many openings that are caches filling up: one screen that stayed would be thousands."""


@pytest.fixture(autouse=True)
def _apart() -> Iterator[None]:
    """What the tests before made is not looked at."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


async def kept(desk: Desk) -> tuple[Counter[str], int]:
    """The widgets and screens that there are, by kind, and how many objects in all, once no thread works any more.

    A thread that has given its answer holds for a moment longer what it was asked by: the screen, perhaps left by now.
    """
    deadline = time.monotonic() + PATIENCE / 3
    while True:
        sweep()
        objects = gc.get_objects()
        widgets = [thing for thing in objects if isinstance(thing, DOMNode)]
        left = {screen for screen in widgets if isinstance(screen, Screen)} - {*desk.app.screen_stack}
        if not left or time.monotonic() > deadline:
            return Counter(type(widget).__name__ for widget in widgets), len(objects)
        del objects, widgets, left
        await asyncio.sleep(0.01)


async def comes_and_goes(desk: Desk, *keys: str) -> None:
    """Open a screen, look, leave it."""
    for _ in range(TIMES):
        place = desk.place()
        await desk.press(*keys)
        assert desk.place() != place
        await desk.press("escape")
        assert desk.place() == place


@pytest.mark.parametrize(("listed", "keys"), [(CANCEL, ["enter"]), (UNVALIDATED, ["m", "enter", "d"])])
async def test_nothing_stays_of_a_screen_that_was_left(practice: Practice, listed: str, keys: list[str]) -> None:
    already_cancelled(1009)
    async with at_desk(practice) as desk:
        await desk.opens(MENU, listed)
        await comes_and_goes(desk, *keys)
        widgets, objects = await kept(desk)
        await comes_and_goes(desk, *keys)
        widgets_after, objects_after = await kept(desk)
        assert widgets_after == widgets
        assert objects_after - objects < SPARE
