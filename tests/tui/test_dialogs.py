"""The box of a question: where it breaks its lines, what takes a choice, what stays visible behind and after it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import pytest
from textual.events import Key

from models.domain.place import Practice
from tests.models.practice import an_act
from tests.tui.desk import Desk, at_desk
from tui.dialogs.advice import AdviceDialog
from tui.dialogs.amc import AmcDialog
from tui.dialogs.confirm import Confirm
from tui.dialogs.dialog import COLUMN, INSIDE, Dialog
from tui.dialogs.line import LineDialog
from tui.dialogs.notice import Notice

Answer = TypeVar("Answer")

LINES = ("MARTIN Claire · 18,79 €", "OUI : annulée pour de bon, refaite sous un nouveau numéro.")


@asynccontextmanager
async def asking(practice: Practice, make: Callable[[], Dialog[Answer]]) -> AsyncIterator[Desk]:
    """A dialog open over the list of transmitted invoices."""
    async with at_desk(practice, screen="annuler") as desk:
        desk.screen.begin(desk.screen.ask(make()))
        await desk.settled()
        yield desk


def box(desk: Desk) -> list[str]:
    """The lines of the open dialog, as they are on the screen."""
    dialog = desk.dialog()
    assert dialog is not None
    region = dialog.region
    lines = [line.ljust(80)[region.x : region.right] for line in desk.screen_lines()]
    return lines[region.y : region.bottom]


def answer(desk: Desk) -> asyncio.Future[object]:
    """What the open dialog waits for."""
    dialog = desk.dialog()
    assert dialog is not None
    return dialog.answer


async def test_a_key_that_comes_once_it_is_drawn_is_heard_however_late_the_loop_hears_of_it(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Dialog, "on_show", lambda self, event: None)  # the machine has other things to do
    async with asking(practice, lambda: Confirm("Annuler la facture n° 1041 ?", LINES)) as desk:
        asked = answer(desk)
        await desk.sees("▸ NON (N) ◂")
        await desk.press("right")
        await desk.sees("▸ OUI (O) ◂")
        await desk.press("n")
        assert asked.done()


class TestBox:
    async def test_is_narrow_and_closed_all_round(self, practice: Practice) -> None:
        async with asking(practice, lambda: Confirm("Annuler la facture n° 1041 ?", LINES)) as desk:
            heading, *body, choices = box(desk)
            assert heading.strip() == "Annuler la facture n° 1041 ?"
            assert len(heading) == COLUMN + 4
            assert [line.strip("│ ") for line in body] == [
                "MARTIN Claire · 18,79 €",
                "OUI : annulée pour de bon, refaite",
                "sous un nouveau numéro.",
            ]
            assert all(line.startswith("│ ") and line.endswith(" │") for line in body)
            assert choices.startswith("└ ▸ NON (N) ◂  OUI (O)  ─")
            assert choices.endswith("─┘")

    async def test_leaves_number_date_and_amount_of_the_rows_behind(self, practice: Practice) -> None:
        async with at_desk(practice, screen="annuler") as desk:
            rows = desk.rows()
            await desk.press("a")
            assert [(row[:15], row[56:]) for row in desk.rows()] == [(row[:15], row[56:]) for row in rows]

    async def test_grows_for_a_word_that_is_longer_but_never_beyond_its_most(self, practice: Practice) -> None:
        path = "/srv/" + "c" * 45
        async with asking(practice, lambda: Confirm("Transmettre ?", (path,))) as desk:
            assert f"│ {path} │" in desk.screen_text()
        async with asking(practice, lambda: Confirm("Transmettre ?", ("x" * 150,))) as desk:
            assert {len(line) for line in box(desk)} == {INSIDE + 4}
            assert "".join(line.strip("│ ") for line in box(desk)[1:-1]) == "x" * 150

    async def test_a_text_without_end_leaves_the_choices_in_sight(self, practice: Practice) -> None:
        async with asking(practice, lambda: Confirm("Question ?", ("mot " * 140,) * 4)) as desk:
            lines = box(desk)
            assert len(lines) <= 22
            assert "…" in lines[-2]
            assert "NON (N)" in lines[-1]

    async def test_wide_characters_keep_the_border_straight(self, practice: Practice) -> None:
        async with asking(practice, lambda: Notice("Reçu", ("漢字の名前 " * 5,))) as desk:
            dialog = desk.dialog()
            assert dialog is not None
            assert {dialog.render_line(y).cell_length for y in range(dialog.size.height)} == {dialog.size.width}


class TestChoices:
    @pytest.mark.parametrize(
        ("keys", "expected"),
        [
            (("enter",), False),
            (("n",), False),
            (("N",), False),
            (("escape",), False),
            (("o",), True),
            (("right", "enter"), True),
            (("left", "enter"), True),
            (("shift+tab", "enter"), True),
            (("tab", "tab", "enter"), False),
        ],
    )
    async def test_by_letter_and_by_mark(self, practice: Practice, keys: tuple[str, ...], expected: bool) -> None:
        async with asking(practice, lambda: Confirm("Question ?", LINES)) as desk:
            waited = answer(desk)
            await desk.press(*keys)
            assert waited.result() is expected

    async def test_no_other_key_answers(self, practice: Practice) -> None:
        async with asking(practice, lambda: Confirm("Question ?", LINES)) as desk:
            await desk.press(*"acektxyz 0", "up", "down", "home", "f2", "space", "backspace")
            desk.app.post_message(Key("alt+shift+o", "O"))  # what PuTTY's F5 in VT100+ mode is read as
            await desk.settled()
            assert not answer(desk).done()

    @pytest.mark.parametrize(("key", "answered"), [("o", False), ("enter", False), ("escape", True)])
    async def test_a_key_typed_before_the_question_is_seen_says_at_most_non(
        self, practice: Practice, key: str, answered: bool
    ) -> None:
        async with at_desk(practice, screen="annuler") as desk:
            question = Confirm("Question ?", LINES)
            desk.screen.begin(desk.screen.ask(question))
            while not question.is_attached:
                await asyncio.sleep(0)
            pressed = Key(key, key if len(key) == 1 else None)
            pressed.time = desk.clock.now() - 0.1
            question.post_message(pressed)
            await desk.settled()
            assert question.answer.done() == answered
            await desk.press("n")
            assert question.answer.result() is False

    @pytest.mark.parametrize(("column", "expected"), [(3, False), (12, False), (13, True), (20, True)])
    async def test_by_a_click(self, practice: Practice, column: int, expected: bool) -> None:
        async with asking(practice, lambda: Confirm("Question ?", LINES)) as desk:
            waited, dialog = answer(desk), desk.dialog()
            assert dialog is not None
            await desk.pilot.click(dialog, offset=(column, dialog.size.height - 1))
            await desk.settled()
            assert waited.result() is expected

    @pytest.mark.parametrize("place", [(30, 4), (5, 1), (1, 4)])
    async def test_a_click_beside_them_answers_nothing(self, practice: Practice, place: tuple[int, int]) -> None:
        async with asking(practice, lambda: Confirm("Question ?", LINES)) as desk:
            dialog = desk.dialog()
            assert dialog is not None
            await desk.pilot.click(dialog, offset=place)
            await desk.settled()
            assert not answer(desk).done()


class TestFields:
    async def test_tab_goes_round_fields_and_choices(self, practice: Practice) -> None:
        async with asking(practice, lambda: AmcDialog("DRE", (), "0012345678")) as desk:
            seen = []
            for _ in range(4):
                seen.append(desk.focus())
                await desk.press("tab")
            assert seen == ["amc", "OK", "Renoncer (Échap)", "amc"]
            await desk.press("shift+tab")
            assert desk.focus() == "amc"

    async def test_what_is_wrong_stays_above_the_choices_until_it_is_right(self, practice: Practice) -> None:
        async with asking(practice, lambda: AmcDialog("DRE", (), "")) as desk:
            waited = answer(desk)
            await desk.types("000")
            await desk.press("enter")
            assert "✗ Saisissez le numéro de l’organisme" in box(desk)[-2]
            assert not waited.done()
            await desk.fills("ok1")
            await desk.press("tab", "enter")
            assert waited.result() == "OK1"

    async def test_letters_and_arrows_are_for_the_field(self, practice: Practice) -> None:
        async with asking(practice, lambda: AmcDialog("DRE", (), "")) as desk:
            await desk.types("kno")
            await desk.press("left", "left")
            await desk.types("x")
            assert desk.value() == "kxno"
            assert not answer(desk).done()


async def test_the_row_in_question_stays_marked_and_the_list_gets_its_keys_back(practice: Practice) -> None:
    async with at_desk(practice, screen="annuler") as desk:
        row = desk.screen._compositor.render_strips()[3]
        await desk.press("a")
        assert desk.screen._compositor.render_strips()[3] == row
        await desk.press("n", "down")
        assert desk.selected() == desk.screen_lines()[4]


@pytest.mark.usefixtures("drawn_at_once")
async def test_comes_in_one_paint_and_goes_with_what_is_said_of_the_answer(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_desk(practice, screen="annuler") as desk:
        painted: list[str] = []
        monkeypatch.setattr(desk.app, "post_display_hook", lambda: painted.append(desk.screen_text()))
        before = desk.screen_text()
        await desk.press("a")
        assert set(painted) <= {before, desk.screen_text()}
        painted.clear()
        asked = desk.screen_text()
        await desk.press("n")
        assert set(painted) <= {asked, desk.screen_text()}
        assert "n’a pas été annulée" in painted[-1]


async def test_a_field_behind_does_not_look_as_if_one_typed_in_it(practice: Practice) -> None:
    async with at_desk(practice, screen="annuler") as desk:
        await desk.press("f", "f1")
        assert desk.question().startswith("Aide")
        assert not desk.screen.query_one("#filter").has_focus
        await desk.press("enter")
        assert desk.focus() == "filter"


@pytest.mark.parametrize(("keys", "answer"), [(["escape", "o"], False), ([], True)])
async def test_escape_while_a_question_is_on_its_way_means_non_and_what_follows_says_nothing(
    practice: Practice, keys: list[str], answer: bool
) -> None:
    """PuTTY's function keys in VT100+ mode come as Escape, « O », a letter."""
    answers: list[bool] = []
    found_out = asyncio.Event()

    async with at_desk(practice, screen="annuler") as desk:

        async def asks() -> None:
            await found_out.wait()
            answers.append(await desk.screen.ask(Confirm("Annuler ?", ("Une fois pour toutes.",))))

        desk.screen.begin(asks())
        for key in keys:
            desk._send(key)
        desk.clock.passes(0.1)  # the question comes after
        while desk._has_messages():
            await desk.pilot.pause(0)
        found_out.set()
        await desk.settled()
        if not keys:
            await desk.press("o")
        assert answers == [answer]
        assert desk.question() == ""


async def test_a_text_longer_than_the_window_scrolls_and_says_so(practice: Practice) -> None:
    async with at_desk(practice, size=(80, 20)) as desk:
        lines = tuple(f"Ligne {number}" for number in range(1, 31))
        desk.screen.begin(desk.screen.ask(Notice("Longue", lines)))
        await desk.sees("Ligne 1", "… (flèche bas : la suite)", "▸ OK ◂")
        assert "Ligne 16" not in desk.screen_text()
        await desk.press("down")
        await desk.sees("… (flèche haut)", "Ligne 16")
        await desk.press("pagedown", "pagedown")
        await desk.sees("Ligne 30", "▸ OK ◂")
        assert "la suite" not in desk.screen_text()
        await desk.resize(80, 43)
        await desk.sees("Ligne 1", "Ligne 30")
        assert "flèche" not in desk.screen_text()
        await desk.press("enter")
        assert desk.dialog() is None


async def test_escape_says_first_that_what_was_typed_would_be_lost(practice: Practice) -> None:
    asked = "n’est pas enregistré"
    async with at_desk(practice) as desk:
        for dialog in (LineDialog("Ligne 1", an_act()), AdviceDialog(())):
            desk.screen.begin(desk.screen.ask(dialog))
            await desk.settled()
            dialog.fields[0].focus()
            await desk.fills("2")
            for _ in range(30):  # held down
                desk._send("escape")
                desk.clock.passes(0.04)
            await desk.sees(asked)
            await desk.fills("3")
            await desk.press("escape")
            assert desk.dialog() is dialog  # what was typed since was not asked about
            await desk.press("escape")
            assert desk.dialog() is None
            assert dialog.answer.result() is None
        untouched = LineDialog("Ligne 1", an_act())
        desk.screen.begin(desk.screen.ask(untouched))
        await desk.settled()
        await desk.press("tab", "tab", "escape")
        assert desk.dialog() is None
