"""Every screen's line of keys: seven at most, all of it in 80 columns, each entry a key that works and is explained."""

from __future__ import annotations

import pytest

from models.domain.place import Practice
from tests.models.practice import contents
from tests.tui.desk import CANCEL, MENU, UNVALIDATED, Desk, at_desk, flat
from tests.tui.ways import already_cancelled, asked
from tui.app import AccueilApp
from tui.widgets.key_bar import KeyBar

FORM = "modify"
DETAIL = "detail"
NOT_OURS = {"ctrl+h", "ctrl+i", "ctrl+m", "ctrl+a", "ctrl+b", "ctrl+z", "left_square_bracket", "backslash", "at"}
"""What terminals cannot tell apart, what screen and tmux take, what AZERTY types with AltGr."""


async def go(desk: Desk, screen: str) -> None:
    """To this screen, by its name in the application."""
    if screen in {FORM, DETAIL}:
        desk.app.push_screen("unvalidated" if screen == FORM else "cancel")
        await desk.settled()
        await desk.press(*(["m", "enter", "d"] if screen == FORM else ["enter"]))
    elif screen != "home":
        desk.app.push_screen(screen)
    await desk.settled()


@pytest.mark.parametrize("screen", [*AccueilApp.SCREENS, FORM, DETAIL])
async def test_the_line_of_keys_and_its_help(practice: Practice, screen: str) -> None:
    already_cancelled(1009)
    async with at_desk(practice) as desk:
        await go(desk, screen)
        bindings, bar = desk.screen.declared(), desk.screen.query_one(KeyBar)
        assert len(desk.screen.shown_keys) <= 7
        assert len(bar.render().plain) <= 80
        assert desk.footer() == bar.render().plain
        for action in desk.screen.shown_keys:
            binding = bindings[action]
            assert binding.tooltip, f"{action} has no help line"
            assert binding.key_display, action
            assert f"{binding.key_display} " in desk.footer()
            assert binding.description in desk.footer()
            for key in binding.key.split(","):
                assert key not in NOT_OURS
                assert not key.isdigit()
                assert not key.startswith("shift+")
                found = desk.screen.active_bindings.get(key)
                assert found is not None, f"{key} does nothing on {screen}"
                assert found.binding.action in {action, "choose"}, f"{key} does {found.binding.action}"
        await desk.press("f1")
        assert desk.question().startswith("Aide")
        assert desk.focus() == "OK"
        said = desk.said()
        for _ in range(2):  # the help of a screen with many keys goes on below
            await desk.press("pagedown")
            said += " " + desk.said()
        for binding in (bindings[action] for action in desk.screen.KEYS):
            assert flat(str(binding.tooltip)) in said, binding.tooltip
            assert str(binding.key_display) in said
        await desk.press("enter")
        assert desk.question() == ""


async def test_capitals_write_nothing(practice: Practice) -> None:
    already_cancelled(1009)
    before = contents()
    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        await desk.press(*"AOFTD")
        assert desk.question() == "Annuler la facture n° 1008 ?"
        await desk.press("escape", "escape")
        await desk.opens(UNVALIDATED)
        await desk.press(*"MVO")
        assert desk.question() == "Préparer le chargement de la facture"
    assert contents() == before


class TestSmallWindow:
    async def test_one_sentence_instead_of_half_a_screen(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, CANCEL)
            seen = desk.screen_text()
            await desk.resize(60, 15)
            await desk.sees("Fenêtre trop petite (60 × 15) : agrandissez-la à 80 colonnes et 20 lignes au moins.")
            assert desk.rows() == []
            await desk.resize(80, 24)
            assert desk.screen_text() == seen

    async def test_a_question_that_cannot_be_seen_is_not_answered(self, practice: Practice) -> None:
        before = contents()
        async with at_desk(practice) as desk:
            await asked(desk, 1042)
            await desk.resize(60, 15)
            await desk.press("o", "right", "enter")
            await desk.resize(80, 24)
            assert desk.question() in {"", "Annuler la facture n° 1042 ?"}
        assert contents() == before

    async def test_back_at_its_size_the_keys_go_where_they_went(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, CANCEL)
            await desk.resize(79, 24)
            await desk.resize(80, 24)
            first = desk.selected()
            await desk.press("down")
            assert desk.selected() != first
            await desk.press("a")
            question = desk.question()
            await desk.resize(60, 15)
            await desk.resize(80, 24)
            assert (desk.question(), desk.focus()) == (question, "NON (N)")
            await desk.press("n")
            assert desk.question() == ""

    async def test_a_wider_window_shows_more_of_the_names(self, practice: Practice) -> None:
        async with at_desk(practice, size=(132, 43)) as desk:
            await desk.opens(MENU, CANCEL)
            assert len(desk.numbers()) > 25
            assert all(len(line) <= 132 for line in desk.screen_lines())
