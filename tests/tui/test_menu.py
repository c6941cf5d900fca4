"""The menus: entries in the guide's words, live counts beside them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from models.commands.cancel import cancel_invoice
from models.domain.place import Practice
from models.domain.states import InvoiceState
from models.queries.counts import Counts
from tests.models.practice import SOPHIE, sheet
from tests.tui.desk import ALL, CANCEL, DRE, IMPORT, MENU, MORNING, RETURNS, TRANSMIT, UNVALIDATED, at_desk
from tui.text import menu_counts
from tui.widgets.menu import Menu

KNOWN = "Rejets courants"
OVERVIEW = "Bilan des rejets"


def beside(text: str, label: str) -> str:
    """What the screen says beside an entry."""
    line = next(line for line in text.splitlines() if f"  {label}" in line)
    return line.split(label, 1)[1].strip()


async def test_the_first_screen_says_what_waits(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        assert desk.place() == "Accueil"
        text = desk.screen_text()
        assert beside(text, MENU) == "14 rejets"
        assert beside(text, ALL) == "60 factures"
        assert beside(text, IMPORT) == ""


async def test_the_entries_of_the_guide_are_under_teletransmission(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU)
        assert desk.place() == "Accueil › Télétransmission"
        text = desk.screen_text()
        assert beside(text, CANCEL) == "14 rejets à traiter"
        assert beside(text, DRE) == "3 DRE rejetées"
        assert [beside(text, label) for label in (UNVALIDATED, TRANSMIT, RETURNS)] == ["", "", ""]


async def test_the_counts_are_read_again_when_the_menu_comes_back(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        await desk.press("a", "o", "enter", "escape")
        text = desk.screen_text()
        assert beside(text, CANCEL) == "13 rejets à traiter"
        assert beside(text, UNVALIDATED).startswith("1 non validée")
        await desk.press("escape")
        assert beside(desk.screen_text(), MENU).startswith("13 rejets · 1 non validée")


@pytest.mark.parametrize(("day", "late"), [(16, ""), (23, "1 en retard (3 j)")])
async def test_late_is_counted_by_the_desks_clock(practice: Practice, day: int, late: str) -> None:
    cancel_invoice(sheet(1009).id, None, SOPHIE)  # care of the 5th: it must have left on the 18th at the latest
    async with at_desk(practice, now=MORNING.replace(day=day)) as desk:
        await desk.opens(MENU)
        assert beside(desk.screen_text(), UNVALIDATED) == " · ".join(["1 non validée", *([late] if late else [])])


async def test_the_longest_count_of_a_day_stands_whole_on_the_line_of_its_entry(
    empty: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Counts({InvoiceState.VALIDATED: 12}, dre=0, aside=0, held=0, in_doubt=2)
    monkeypatch.setattr(menu_counts, "counts", lambda: found)
    monkeypatch.setattr(menu_counts, "unsent_sheet_days", lambda _: {date(2026, 9, 1): 12})
    async with at_desk(empty) as desk:
        await desk.opens(MENU)
        assert beside(desk.screen_text(), TRANSMIT) == "12 prêtes · 2 en doute · 12 en retard"


async def test_a_count_without_end_is_cut_and_moves_no_entry(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU)
        before = desk.screen_lines()
        desk.screen.query_one(Menu).counts = {"transmit": "1000000 prêtes · 1000 en doute · 1000000 en retard"}
        await desk.settled()
        lines = desk.screen_lines()
        assert [line[:39].rstrip() for line in lines] == [line[:39].rstrip() for line in before]
        line = next(line for line in lines if TRANSMIT in line)
        assert len(line) == 80
        assert line.endswith("…")


@pytest.mark.parametrize("label", [ALL, IMPORT])
async def test_each_entry_of_the_first_menu_opens_and_escape_comes_back(practice: Practice, label: str) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(label)
        await desk.press("escape")
        assert desk.place() == "Accueil"


@pytest.mark.parametrize("label", [CANCEL, UNVALIDATED, TRANSMIT, RETURNS, DRE, KNOWN, OVERVIEW])
async def test_each_entry_opens_by_its_letter_and_by_enter(practice: Practice, label: str) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU, label)
        await desk.press("escape")
        assert desk.place() == "Accueil › Télétransmission"
        assert label in desk.selected_entry()
        await desk.press("enter")
        assert desk.place() == f"Accueil › Télétransmission › {label}"


async def test_arrows_go_round_and_home_and_end_go_to_the_ends(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU)
        for key, label in [
            ("up", OVERVIEW),
            ("down", CANCEL),
            ("end", OVERVIEW),
            ("home", CANCEL),
            ("down", UNVALIDATED),
        ]:
            await desk.press(key)
            assert label in desk.selected_entry()


async def test_escape_stays_on_the_first_screen_and_q_leaves(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.press("escape", "escape")
        assert desk.place() == "Accueil"
        await desk.press("q")
        assert not desk.app.is_running
        assert desk.app.return_code == 0


async def test_the_first_screen_says_that_a_backup_was_asked_for_and_never_made(
    practice: Practice, tmp_path: Path
) -> None:
    practice.settings_file.write_text(f'[sauvegarde]\ndossier = "{tmp_path / "disque"}"\n', encoding="utf-8")
    async with at_desk(practice) as desk:
        await desk.sees("Aucune sauvegarde de ce cabinet")
