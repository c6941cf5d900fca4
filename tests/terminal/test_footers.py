"""The line of keys of every screen, at 80 columns: whole, and no more than seven keys."""

import asyncio
from pathlib import Path

import pytest

from models.practice import close_practice, open_practice
from tests.practices import practice_in
from tui.app import AccueilApp
from tui.base.desk_screen import DeskScreen
from tui.widgets.key_bar import KeyBar


@pytest.mark.parametrize("name", sorted(AccueilApp.SCREENS))
def test_every_key_is_visible(base: Path, name: str) -> None:
    practice = practice_in(base.parent)

    async def run() -> Path:
        app = AccueilApp(open_practice(practice), "sophie")
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(name)
            await pilot.pause()
            screen = app.screen
            assert isinstance(screen, DeskScreen)
            said = str(screen.query_one(KeyBar).render())
            assert 0 < len(said) <= 80
            assert len(screen.KEYS) <= 7
        return base

    open_practice(practice)
    try:
        asyncio.run(run())
    finally:
        close_practice()
