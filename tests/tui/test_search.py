"""What a filter finds on the screen: the exact number first, why a row is there, the row that stays selected."""

from __future__ import annotations

import re
from typing import Final

from models.commands.cancel import cancel_invoice
from models.domain.place import Practice
from tests.models.practice import SOPHIE, contents, sheet
from tests.tui.desk import ALL, CANCEL, MENU, UNVALIDATED, Desk, at_desk

TURNED: Final = str.maketrans("▴▾", "▾▴")


async def test_an_exact_number_is_what_annuler_asks_about(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        await desk.press("1", "0")
        assert desk.focus() == "filter"
        await desk.press("0", "9", "enter", "a")
        assert "1009" in desk.question()
        await desk.press("n", "escape")
        assert "1009" in desk.selected()
        assert len(desk.numbers()) > 10


async def test_a_number_that_is_a_code_too_comes_before_it(practice: Practice) -> None:
    before = contents()
    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        await desk.types("1001", pace=0.05)
        assert desk.numbers() == [1001, 1031, 1041, 1002]
        assert "1001" in desk.selected()
    assert contents() == before


async def test_the_panel_says_why_where_the_row_does_not(practice: Practice) -> None:
    nir = sheet(1042).draft.nir
    cancel_invoice(sheet(1008).id, None, SOPHIE)
    async with at_desk(practice) as desk:
        await desk.opens(ALL)
        for typed, reason in {
            "1008": "Trouvée remplace la facture n° 1008",
            nir: "Trouvée NIR de l’assuré",
            "lot 5": "Trouvée lot 005",
            "dégradé": "Trouvée facturée en dégradé",
            "11/2026": "Trouvée facturée le",
        }.items():
            await desk.press("f")
            await desk.types(typed)
            await desk.press("enter", *(["down"] if typed == "1008" else []))
            await desk.sees(reason)
            await desk.press("escape")
        for typed in ("martin", "1009", "05/11", "0450 054", "rejet"):
            await desk.press("f")
            await desk.types(typed)
            assert desk.numbers(), typed
            assert "Trouvée" not in desk.screen_text(), typed
            await desk.press("escape")


async def test_clearing_the_filter_and_sorting_keep_the_row(practice: Practice) -> None:
    cancel_invoice(sheet(1008).id, None, SOPHIE)
    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        await desk.types("lot 5", pace=0.05)
        await desk.press("enter", "down", "down")
        chosen = desk.selected()
        await desk.press("escape")
        assert desk.selected() == chosen
        for _ in range(4):
            await desk.press("t")
            assert desk.selected() == chosen
        await desk.press("escape", "v")
        await desk.sees(UNVALIDATED)
        assert desk.numbers() == [1061]
        await desk.types("1008", pace=0.05)
        assert desk.numbers() == [1061]
        assert "Trouvée" not in desk.screen_text()


def rule(desk: Desk) -> str:
    """The position, as the line under the list says it."""
    line = next(line for line in desk.screen_lines() if line.startswith("─"))
    return line.strip("─ ")


async def test_a_list_says_where_one_stands_and_what_lies_beyond(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(ALL)
        room = len(desk.rows())
        for key, told in {
            "down": "2 / 60 ↓",
            "pagedown": f"{room + 2} / 60 ↑↓",
            "up": f"{room + 1} / 60 ↑↓",
            "end": "60 / 60 ↑",
            "pageup": f"{60 - room} / 60 ↑↓",
            "home": "1 / 60 ↓",
        }.items():
            await desk.press(key)
            assert rule(desk) == told, key
        await desk.types("mart", pace=0.05)
        assert rule(desk) == "1 / 9"
        await desk.press("enter", "end")
        assert rule(desk) == "9 / 9"
        await desk.press("escape")
        at = next(n for n in range(1, 61) if rule(desk).startswith(f"{n} /"))
        await desk.press("home", *["down"] * (at - 1))
        assert rule(desk).startswith(f"{at} /")
        await desk.press("f")
        await desk.types("zzz")
        assert rule(desk) == ""


async def test_every_column_sorts_both_ways_and_says_so_at_its_head(practice: Practice) -> None:
    async with at_desk(practice, size=(80, 80)) as desk:
        await desk.opens(MENU, CANCEL)
        head = 3 if "N°" in desk.screen_lines()[3] else 2
        seen = []
        for _ in range(8):
            await desk.press("right")
            line = desk.screen_lines()[head]
            seen.append(re.sub(r".*?(\S*[▴▾]).*|(▾ \w+).*", r"\1", line))
            rows = desk.rows()
            await desk.press("i")
            assert desk.rows() == rows[::-1]
            assert desk.screen_lines()[head].translate(TURNED) == line
        assert seen == ["N°▴", "Date▴", "Patient▴", "Organisme▴", "▴", "AMO▾", "AMC▾", "Rejet▾"]
        await desk.press("right")
        assert not set("▴▾") & set(desk.screen_lines()[head])
        await desk.press("left")
        assert "Rejet▾" in desk.screen_lines()[head]
