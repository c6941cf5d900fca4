"""The validated invoices before they leave: seen one by one, and one validated by mistake taken back."""

from __future__ import annotations

import pytest

from models.commands.validate import Reopened, reopen_invoice
from models.domain.place import Practice
from models.queries.verification import breaches
from tests.models.practice import CLAIRE, contents, ready, sheet
from tests.tui.desk import MENU, TRANSMIT, UNVALIDATED, Desk, at_desk, flat
from tests.tui.test_transmit import interrupted
from tui.screens.ready_invoices import ReadyInvoices
from tui.widgets.key_bar import KeyBar

FACTURES = f"… › {TRANSMIT} › Factures"


async def open_list(desk: Desk, key: str = "v") -> None:
    """From the menu to the list of the validated invoices."""
    await desk.opens(MENU, TRANSMIT)
    await desk.press(key)
    assert desk.place() == FACTURES


@pytest.mark.parametrize("key", ["v", "f2", "enter"])
async def test_each_key_opens_the_list_of_what_would_leave(empty: Practice, key: str) -> None:
    numbers = {ready(number).number for number in (1001, 1003)}
    async with at_desk(empty) as desk:
        await open_list(desk, key)
        assert set(desk.numbers()) == numbers
        assert desk.news() == "Validées, à transmettre 2 · non validées 0"
        await desk.press("escape")
        assert desk.place().endswith(TRANSMIT)


@pytest.mark.parametrize("key", ["r", "f2"])
async def test_one_is_taken_back_and_the_others_stay(empty: Practice, key: str) -> None:
    mistaken, sound = (ready(number).number for number in (1001, 1003))
    async with at_desk(empty) as desk:
        await open_list(desk)
        await desk.selects(f"{mistaken:09d}")
        assert "R/F2 Reprendre" in desk.footer()
        await desk.press(key)
        assert desk.news() == f"La facture n° {mistaken} est de nouveau à vérifier (Vérifier factures non validées)."
        assert desk.question() == ""
        assert desk.numbers() == [sound]
        await desk.press("escape")
        await desk.sees("1 à transmettre en 1 lot", "31,50")
        await desk.press("escape")
        await desk.opens(UNVALIDATED)
        assert desk.numbers() == [mistaken]
    assert (sheet(mistaken).state, sheet(sound).state) == ("unvalidated", "validated")
    assert list(breaches(empty)) == []


async def test_the_only_one_taken_back_is_validated_again(empty: Practice) -> None:
    number = ready(1001).number
    async with at_desk(empty) as desk:
        await open_list(desk)
        await desk.press("r")
        await desk.sees("Aucune facture validée.")
        assert "(Reprendre)" in desk.footer()
        before = contents()
        await desk.press("r")
        assert desk.news() == "Aucune facture sélectionnée."
        assert contents() == before
        await desk.press("escape")
        await desk.sees("Aucune facture validée à transmettre.")
        await desk.press("escape")
        await desk.opens(UNVALIDATED)
        await desk.press("v")
        if desk.question() == "À vérifier avant de valider":
            await desk.press("a")
        await desk.sees(f"La facture n° {number} est validée")
    assert sheet(number).state == "validated"


async def test_nothing_validated_nothing_to_see(empty: Practice) -> None:
    async with at_desk(empty) as desk:
        await desk.opens(MENU, TRANSMIT)
        assert "(Voir)" in desk.footer()
        for key in ("v", "enter"):
            await desk.press(key)
            assert desk.news() == "Aucune facture validée."
            assert desk.place().endswith(TRANSMIT)


async def test_enter_on_the_lots_below_opens_nothing(empty: Practice) -> None:
    ready(1001)
    async with at_desk(empty) as desk:
        await desk.opens(MENU, TRANSMIT)
        await desk.press("tab", "enter")
        assert desk.place().endswith(TRANSMIT)


async def test_one_in_a_lot_in_doubt_stays_and_the_screen_says_why(
    empty: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = ready(1001).number
    interrupted(empty.outbox, monkeypatch, after_the_file=False)
    before = contents()
    async with at_desk(empty) as desk:
        await open_list(desk)
        assert desk.numbers() == [number]
        assert "(Reprendre)" in desk.footer()
        await desk.sees("Reprendre impossible. Elle est dans le lot", "en doute : tranchez-le d’abord.")
        await desk.press("r")
        assert desk.news().endswith("en doute : tranchez-le d’abord.")
    assert contents() == before


async def test_one_that_another_desk_took_back_meanwhile(empty: Practice) -> None:
    found = ready(1001)
    async with at_desk(empty) as desk:
        await open_list(desk)
        assert isinstance(reopen_invoice(found.id, found.version, CLAIRE), Reopened)
        before = contents()
        await desk.press("r")
        assert desk.question() == "La facture n’a pas été reprise"
        await desk.sees("claire l’a rouverte entre-temps")
        await desk.press("enter")
        await desk.sees("Aucune facture validée.")
        assert contents() == before


async def test_a_capital_takes_nothing_back(empty: Practice) -> None:
    ready(1001)
    before = contents()
    async with at_desk(empty) as desk:
        await open_list(desk)
        await desk.press("R")
    assert contents() == before


async def test_the_line_of_keys_is_whole_when_everything_is_off(empty: Practice) -> None:
    ready(1001)
    async with at_desk(empty) as desk:
        await desk.opens(MENU, TRANSMIT)
        await desk.press("v", "r")
        bars = [desk.screen.query_one(KeyBar).render().plain]
        await desk.press("f1")
        assert flat(str(ReadyInvoices.declared()["take_back"].tooltip)) in desk.said()
        await desk.press("enter", "escape")
        bars.append(desk.screen.query_one(KeyBar).render().plain)
    assert "(Reprendre)" in bars[0]
    assert "(Voir)" in bars[1]
    assert max(map(len, bars)) <= 80
