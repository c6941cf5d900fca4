"""A day at the desk costs no memory: of a screen that was left nothing stays."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator

import pytest
from textual.dom import DOMNode

from models.domain.place import Practice
from tests.tui.desk import CANCEL, MENU, UNVALIDATED, Desk, at_desk
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


def kept() -> tuple[Counter[str], int]:
    """The widgets and screens that there are, by kind, and how many objects in all."""
    sweep()
    objects = gc.get_objects()
    return Counter(type(thing).__name__ for thing in objects if isinstance(thing, DOMNode)), len(objects)


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
        widgets, objects = kept()
        await comes_and_goes(desk, *keys)
        widgets_after, objects_after = kept()
        assert widgets_after == widgets
        assert objects_after - objects < SPARE
