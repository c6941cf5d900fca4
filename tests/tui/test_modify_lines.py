"""Modifier, the lines: edit, add, remove, raise, lower; the amounts follow, nothing is saved before F2."""

from __future__ import annotations

import pytest

from models.domain.place import Practice
from tests.models.practice import contents, sheet
from tests.tui.desk import Desk, at_desk
from tests.tui.ways import already_cancelled, amounts, go_to, open_form
from tui.widgets.act_lines import ActLines


async def on_lines(desk: Desk, number: int) -> None:
    """The form of this invoice, on its lines."""
    await open_form(desk, number)
    await go_to(desk, "ActLines")


def lines(desk: Desk) -> list[str]:
    """The lines as shown: date, code, coefficient…"""
    start = next(index for index, line in enumerate(desk.screen_lines()) if "Coef." in line)
    below = desk.screen_lines()[start + 1 : -1]
    return [line[4:].strip() for line in below if line.strip() and "retirée" not in line]


def codes(desk: Desk) -> list[str]:
    """The codes of the lines, in order."""
    return [line.split()[1] for line in lines(desk)]


async def test_a_rejection_of_the_lines_starts_on_them(practice: Practice) -> None:
    already_cancelled(1008)
    async with at_desk(practice) as desk:
        await open_form(desk, 1061)
        assert desk.focus() == "ActLines"
        assert codes(desk) == ["NMI", "IFS", "RAO"]
        assert desk.selected().startswith("▸")
        assert "NMI" in desk.selected()


@pytest.mark.parametrize(
    ("keys", "after", "cursor"),
    [
        (["b"], ["IFS", "NMI", "RAO"], "NMI"),
        (["b", "b"], ["IFS", "RAO", "NMI"], "NMI"),
        (["b", "b", "b"], ["IFS", "RAO", "NMI"], "NMI"),
        (["h"], ["NMI", "IFS", "RAO"], "NMI"),
        (["down", "down", "h"], ["NMI", "RAO", "IFS"], "RAO"),
        (["x"], ["IFS", "RAO"], "IFS"),
        (["down", "delete"], ["NMI", "RAO"], "RAO"),
        (["down", "down", "x"], ["NMI", "IFS"], "IFS"),
        (["x", "x", "x", "x"], [], ""),
    ],
)
async def test_letters_move_and_remove_and_the_cursor_follows(
    practice: Practice, keys: list[str], after: list[str], cursor: str
) -> None:
    already_cancelled(1008)
    async with at_desk(practice) as desk:
        await on_lines(desk, 1061)
        before = contents()
        await desk.press(*keys)
        assert codes(desk) == after
        assert cursor in desk.selected()
        assert contents() == before


async def test_what_is_asked_of_lines_that_are_others_by_now_is_dropped(practice: Practice) -> None:
    """Two keys in one packet: the second one's line may be gone, or another one."""
    already_cancelled(1008)
    async with at_desk(practice) as desk:
        await on_lines(desk, 1061)
        for what in ("remove", "edit", "up"):
            shown = desk.app.screen.query_one(ActLines)
            shown.action_ask("remove")
            shown.action_ask(what)
            await desk.settled()
            assert desk.question() == ""
        assert codes(desk) == []


@pytest.mark.parametrize("key", ["X", "H", "B", "R"])
async def test_a_capital_changes_no_line(practice: Practice, key: str) -> None:
    already_cancelled(1008)
    async with at_desk(practice) as desk:
        await on_lines(desk, 1061)
        await desk.press("down", key)
        await desk.sees("Verr. Maj.")
        assert codes(desk) == ["NMI", "IFS", "RAO"]


async def test_what_was_moved_is_what_is_saved(practice: Practice) -> None:
    already_cancelled(1008)
    async with at_desk(practice) as desk:
        await on_lines(desk, 1061)
        await desk.press("down", "down", "h", "f2")
        await desk.sees("La facture n° 1061 est enregistrée")
    assert [act.code for act in sheet(1061).draft.acts] == ["NMI", "RAO", "IFS"]
    assert sheet(1061).total == sheet(1008).total


async def test_travel_before_its_act_is_marked_and_told(practice: Practice) -> None:
    already_cancelled(1008)
    async with at_desk(practice) as desk:
        await on_lines(desk, 1061)
        await desk.press("b")
        assert any("✗" in line and "IFS" in line for line in desk.screen_lines())
        assert desk.news().endswith("avant son acte : placez-la après lui (R range les lignes).")
        await desk.press("h")
        assert not any("✗" in line for line in desk.screen_lines())


async def test_removing_a_line_moves_the_total(practice: Practice) -> None:
    already_cancelled(1008)
    async with at_desk(practice) as desk:
        await on_lines(desk, 1061)
        await desk.sees("47,76 €")
        await desk.press("down", "x")
        assert "43,76 € = AMO 43,76" in amounts(desk)
        assert "43,76 € ◂ 47,76 = AMO 43,76 ◂ 47,76" in desk.screen_text()


async def test_without_a_line_a_birth_keeps_its_century_and_is_not_said_to_have_changed(practice: Practice) -> None:
    already_cancelled(1009)
    async with at_desk(practice) as desk:
        await on_lines(desk, 1061)
        (before,) = (line for line in desk.screen_lines() if "né(e) le" in line)
        await desk.press(*["x"] * len(sheet(1061).draft.acts))
        await desk.sees("0,00 € ◂")
        await go_to(desk, "birth")
        await desk.press("down")
        assert [line for line in desk.screen_lines() if "né(e) le" in line] == [before]


UNREADABLE = (
    (0, "31/02/2026", "Cette date n’existe pas"),
    (0, "hier", "Date illisible"),
    (1, "", "Acte : une lettre-clé de 1 à 5 caractères"),
    (1, "AMÉ", "Acte : une lettre-clé"),
    (2, "0", "Coefficient : un nombre de 0,01 à 9999,99"),
    (2, "x", "Coefficient illisible"),
    (3, "0", "Quantité : un nombre de 1 à 99"),
    (3, "²", "Quantité : un nombre de 1 à 99"),
    (4, "X", "Lieu : C pour le cabinet, D pour le domicile"),
)
"""How far down the field is, what is typed there, what is told."""


class TestEditing:
    async def test_enter_corrects_the_line_under_the_cursor(self, practice: Practice) -> None:
        already_cancelled(1010)
        async with at_desk(practice) as desk:
            await on_lines(desk, 1061)
            await desk.press("enter")
            assert desk.question() == "Ligne 1"
            assert desk.focus() == "line-day"
            await desk.press("down", "down")
            await desk.fills("10")
            await desk.press("down", "down")
            await desk.fills("d")
            await desk.press("enter")
            assert desk.question() == ""
            assert "22,10 € = AMO 13,26" in amounts(desk)
            assert "domicile" in lines(desk)[0]
            assert "NMI 10,00" in " ".join(lines(desk)[0].split())

    async def test_n_adds_a_line_after_the_last(self, practice: Practice) -> None:
        already_cancelled(1010)
        async with at_desk(practice) as desk:
            await on_lines(desk, 1061)
            await desk.press("n")
            assert desk.question() == "Nouvelle ligne"
            await desk.press("down")
            await desk.fills("ifd")
            await desk.press("down")
            await desk.fills("1")
            await desk.press("enter")
            assert codes(desk) == ["NMI", "IFD"]
            assert "IFD" in desk.selected()
            await desk.sees("20,40 €")

    async def test_a_first_line_can_be_added_where_none_is_left(self, practice: Practice) -> None:
        already_cancelled(1010)
        async with at_desk(practice) as desk:
            await on_lines(desk, 1061)
            await desk.press("x", "n", "down")
            await desk.fills("AMK")
            await desk.press("down")
            await desk.fills("8,1")
            await desk.press("enter")
            assert codes(desk) == ["AMK"]

    @pytest.mark.parametrize("keys", [["escape", "escape"], ["tab", "tab", "tab", "tab", "tab", "tab", "enter"]])
    async def test_giving_up_leaves_the_line(self, practice: Practice, keys: list[str]) -> None:
        already_cancelled(1010)
        async with at_desk(practice) as desk:
            await on_lines(desk, 1061)
            before = lines(desk)
            await desk.press("enter")
            await desk.fills("01/01/2026")
            await desk.press(*keys)
            assert desk.question() == ""
            assert desk.focus() == "ActLines"
            assert lines(desk) == before

    async def test_what_cannot_be_read_is_told_in_the_box(self, practice: Practice) -> None:
        already_cancelled(1010)
        async with at_desk(practice) as desk:
            await on_lines(desk, 1061)
            for downs, typed, error in UNREADABLE:
                await desk.press("enter", *["down"] * downs)
                await desk.fills(typed)
                await desk.press("enter")
                assert desk.question() == "Ligne 1"
                await desk.sees(f"✗ {error}")
                await desk.press("escape")
                await desk.sees("Échap de nouveau l’abandonne")
                await desk.press("escape")
                assert codes(desk) == ["NMI"]

    async def test_enter_on_no_line_does_nothing(self, practice: Practice) -> None:
        already_cancelled(1010)
        async with at_desk(practice) as desk:
            await on_lines(desk, 1061)
            await desk.press("x", "enter", "h", "b")
            assert desk.question() == ""


async def test_a_line_that_changed_is_marked_and_says_what_stood_there(practice: Practice) -> None:
    already_cancelled(1008)
    async with at_desk(practice) as desk:
        await on_lines(desk, 1061)
        assert not any(line.endswith("◂") for line in lines(desk))
        await desk.press("b")
        assert [line.endswith("◂") for line in lines(desk)] == [True, True, False]
        await desk.press("h")
        assert not any(line.endswith("◂") for line in lines(desk))
