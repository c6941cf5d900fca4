"""Leaving: nothing unsaved is lost without a question, and what comes back to a screen that was left is dropped."""

from __future__ import annotations

import asyncio

import pytest

from models.domain.place import Practice
from tests.models.practice import contents
from tests.tui.desk import CANCEL, MENU, at_desk
from tests.tui.ways import already_cancelled, open_form
from tui.dialogs.notice import Notice


class TestCtrlQ:
    async def test_from_a_form_with_something_unsaved_it_asks(self, practice: Practice) -> None:
        new = already_cancelled(1009)[0]
        before = contents()
        async with at_desk(practice) as desk:
            await open_form(desk, new)
            billed = contents()
            await desk.types("4")
            await desk.press("ctrl+q")
            assert desk.question() == "Quitter sans enregistrer ?"
            await desk.press("n")
            assert (desk.question(), desk.value()) == ("", "4")
            await desk.press("ctrl+q", "o")
            assert desk.app.return_code == 0
            assert not desk.app.is_running or desk.app._exit
            assert contents() == billed != before

    async def test_with_nothing_unsaved_it_leaves_at_once(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, CANCEL)
            await desk.press("ctrl+q")
            assert desk.app.return_code == 0

    async def test_while_a_question_stands_it_answers_nothing(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, CANCEL)
            await desk.press("a")
            question = desk.question()
            await desk.press("ctrl+q")
            assert desk.question() == question != ""


async def test_what_a_worker_brings_back_to_a_screen_that_was_left_is_dropped(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        await desk.press("enter")
        left = desk.screen
        await desk.press("escape")
        assert desk.screen is not left
        with pytest.raises(asyncio.CancelledError):
            await left.perform(lambda: "found")
        with pytest.raises(asyncio.CancelledError):
            await left.ask(Notice("Trop tard"))
        await desk.sees(CANCEL)


async def test_a_detail_left_while_it_is_read(practice: Practice) -> None:
    """Enter then Escape before the invoice came back: « WorkerFailed ← NoMatches » ended the program."""
    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        for turns in range(0, 60, 3):
            desk._send("enter")
            for _ in range(turns):
                await asyncio.sleep(0)
            desk._send("escape")
            await desk.settled()
            assert desk.app.is_running
            if desk.place().endswith("Détail de la facture"):
                await desk.press("escape")
            elif not desk.place().endswith(CANCEL):
                await desk.opens(CANCEL)


async def test_a_key_right_behind_the_one_that_opens_a_list_waits_for_it(practice: Practice) -> None:
    """A, then F3 within 10 ms: the list had no widgets yet, and « NoMatches » ended the program."""
    async with at_desk(practice) as desk:
        await desk.opens(MENU)
        for turns in range(16):
            desk.clock.passes(1)
            desk._send("a")
            for _ in range(turns):
                await asyncio.sleep(0)
            desk.clock.passes(0.01)
            desk._send("f3")
            await desk.settled()
            assert desk.place().endswith(CANCEL)
            while not desk.place().endswith(MENU):
                await desk.press("escape")
