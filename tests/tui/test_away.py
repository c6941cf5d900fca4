"""Another window has the keyboard: nothing is answered here, and the first key after the return only shows."""

from __future__ import annotations

from textual import events

from models.domain.place import Practice
from tests.models.practice import contents
from tests.tui.desk import Desk, at_desk
from tests.tui.ways import already_cancelled, asked, open_form
from tui.text.sentences import BACK


async def leaves(desk: Desk, *, returns: bool = True) -> None:
    """Alt+Tab to another window, and back."""
    desk.app.post_message(events.AppBlur())
    await desk.settled()
    if returns:
        desk.app.post_message(events.AppFocus())
        await desk.settled()


async def test_what_was_meant_for_another_window_answers_nothing(practice: Practice) -> None:
    before = contents()
    async with at_desk(practice) as desk:
        await asked(desk, 1009)
        for keys in (["o"], ["right", "enter"], ["n"], ["f4"]):
            await leaves(desk)
            await desk.press(*keys[:-1])
            if len(keys) == 1:
                await desk.press(*keys)
                assert desk.news() == BACK
            assert desk.question() == "Annuler la facture n° 1009 ?"
        await leaves(desk, returns=False)
        await desk.press("o", "enter", "n")
        assert desk.question() == "Annuler la facture n° 1009 ?"
        assert desk.news() == BACK
        desk.app.post_message(events.AppFocus())
        await desk.settled()
        assert desk.focus() == "OUI (O)"
        await desk.press("left", "enter")
        assert desk.question() == ""
    assert contents() == before


async def test_a_first_key_that_shows_or_is_typed_acts_and_a_deaf_terminal_comes_back(practice: Practice) -> None:
    already_cancelled(1009)
    async with at_desk(practice) as desk:
        await desk.opens("Télétransmission", "Annuler factures transmises")
        await leaves(desk)
        await desk.press("a")
        assert desk.question() == "Annuler la facture n° 1008 ?"
        await desk.press("n")
        await leaves(desk, returns=False)
        first = desk.numbers()[0]
        await desk.press("down", "a")  # the terminal forgot to say that it is back
        assert desk.question() != f"Annuler la facture n° {first} ?" != ""
        await desk.press("escape", "escape", "escape")
        await open_form(desk, 1061)
        before = desk.value()
        await leaves(desk)
        await desk.press("4")
        assert desk.value() == "4" != before
        await leaves(desk)
        await desk.press("f2")
        assert (desk.question(), desk.news()) == ("", BACK)
