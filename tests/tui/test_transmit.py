"""Transmettre les factures validées: files written, invoices gone, a lot in doubt decided both ways."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, cast

import pytest
from textual.events import Key

from models.commands import transmit
from models.commands.settle_lot import settle_doubt
from models.domain.exchanges import LotStatus
from models.domain.place import Practice
from models.formats.b2.read import read_b2
from models.queries.lots import KnownLot, own_lots
from models.queries.verification import breaches
from models.store.whole_file import write_whole
from tests.models.practice import SOPHIE, TEAM, contents, ready, sheet
from tests.models.test_transmit import disk_full_at, validated
from tests.tui.desk import CANCEL, MENU, TRANSMIT, Desk, at_desk
from tui.base import underway
from tui.base.desk_screen import DeskScreen


def interrupted(outbox: Path, monkeypatch: pytest.MonkeyPatch, *, after_the_file: bool) -> None:
    """Send, and lose power before or after the file was written."""

    def lose_power(*_: object) -> None:
        raise SystemError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(transmit, "_mark_sent" if after_the_file else "write_whole", lose_power)
        with pytest.raises(SystemError):
            transmit.transmit_all(outbox, SOPHIE)


async def press_too_early(desk: Desk, gesture: str, key: str) -> None:
    """Ask with the first key; the second comes when the question has the focus and is not on the screen yet."""
    desk._send(gesture)
    while (question := desk.dialog()) is None or not question.is_attached:
        await asyncio.sleep(0)
    question.post_message(Key(key, key if len(key) == 1 else None))
    await desk.settled()


async def test_what_is_ready_leaves_in_a_file_and_is_listed(empty: Practice) -> None:
    number = ready(1001).number
    async with at_desk(empty) as desk:
        await desk.opens(MENU, TRANSMIT)
        await desk.sees("1 à transmettre", "MARTIN CLAIRE 336012349", "dégradé", "31,50")
        await desk.press("t")
        assert desk.question() == "Transmettre les factures validées ?"
        assert desk.focus() == "NON (N)"
        await desk.sees("1 facture, 31,50 €, 1 lot.", "Une facture transmise ne se modifie plus.")
        await desk.press("o")
        await desk.sees("1 lot transmis", "1 facture, 31,50 €, fichier 336012349-lot")
        await desk.sees("1 feuille de soins à envoyer à la caisse : menu « Papiers ».")
        await desk.press("enter")
        await desk.sees("Aucune facture validée à transmettre.", "transmis")
        assert "(Transmettre)" in desk.footer()
        await desk.press("escape")
        await desk.opens(CANCEL)
        assert number in desk.numbers()
    (file,) = empty.outbox.iterdir()
    (lot,) = read_b2(file.read_bytes()).lots
    assert [invoice.number for invoice in lot.invoices] == [number]
    assert sheet(number).state == "transmitted"
    assert list(breaches(empty)) == []


@pytest.mark.parametrize("key", ["enter", "n", "escape"])
async def test_non_sends_nothing(empty: Practice, key: str) -> None:
    ready(1001)
    before = contents()
    async with at_desk(empty) as desk:
        await desk.opens(MENU, TRANSMIT)
        await desk.press("f4", key)
        assert desk.news() == "Rien n’a été transmis."
    assert contents() == before
    assert not empty.outbox.exists()


async def test_nothing_ready_and_no_doubt_both_are_off(empty: Practice) -> None:
    async with at_desk(empty) as desk:
        await desk.opens(MENU, TRANSMIT)
        assert "(Transmettre)" in desk.footer()
        assert "(Trancher)" in desk.footer()
        for key, reason in [("t", "Aucune facture validée à transmettre."), ("d", "Aucun lot en doute.")]:
            await desk.press(key)
            assert desk.news() == reason
            assert desk.question() == ""


@pytest.mark.parametrize("after_the_file", [False, True], ids=["no file", "file written"])
async def test_a_lot_in_doubt_that_left(empty: Practice, monkeypatch: pytest.MonkeyPatch, after_the_file: bool) -> None:
    number = ready(1001).number
    interrupted(empty.outbox, monkeypatch, after_the_file=after_the_file)
    async with at_desk(empty) as desk:
        await desk.opens(MENU)
        await desk.sees("1 en doute")
        await desk.opens(TRANSMIT)
        await desk.sees("EN DOUTE")
        await desk.press("d")
        assert "est-il parti ?" in desk.question()
        assert desk.focus() == "Plus tard (Échap)"
        there = "est dans le dossier d’envoi, entier" if after_the_file else "n’est pas dans le dossier d’envoi"
        await desk.sees(f"Son fichier {there}.")
        await desk.sees("Parti : ses factures sont transmises.", "Annuler le lot : ses factures attendent de nouveau")
        await desk.press("p")
        assert desk.news().endswith(" : parti, 1 facture transmise, 31,50 €.")
        assert desk.question() == ""
        assert "EN DOUTE" not in desk.screen_text()
    assert sheet(number).state == "transmitted"
    assert list(breaches(empty)) == []


async def test_a_lot_in_doubt_that_did_not_leave_waits_again(empty: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    number = ready(1001).number
    interrupted(empty.outbox, monkeypatch, after_the_file=True)
    async with at_desk(empty) as desk:
        await desk.opens(MENU, TRANSMIT)
        await desk.press("d", "a")
        assert desk.news().endswith("annulé : ses factures attendent de nouveau d’être transmises.")
        assert desk.question() == ""
        assert "T/F4 Transmettre" in desk.footer()
    assert sheet(number).state == "validated"
    assert [path.suffix for path in empty.outbox.iterdir()] == [".annule"]


@pytest.mark.parametrize("key", ["escape", "enter"])
async def test_a_lot_in_doubt_can_stay_in_doubt(empty: Practice, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    ready(1001)
    interrupted(empty.outbox, monkeypatch, after_the_file=False)
    before = contents()
    async with at_desk(empty) as desk:
        await desk.opens(MENU, TRANSMIT)
        await desk.press("f6", key)
        assert desk.question() == ""
        assert desk.news().endswith(" : rien n’a été décidé, il reste en doute.")
        assert "EN DOUTE" in desk.screen_text()
    assert contents() == before


@pytest.mark.parametrize("key", ["p", "a", "o", "enter", "right"])
async def test_a_key_typed_before_the_question_is_seen_decides_nothing(
    empty: Practice, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    ready(1001)
    interrupted(empty.outbox, monkeypatch, after_the_file=False)
    before = contents()
    async with at_desk(empty) as desk:
        await desk.opens(MENU, TRANSMIT)
        await press_too_early(desk, "d", key)
        assert desk.focus() == "Plus tard (Échap)"
        assert contents() == before


@pytest.mark.parametrize("keys", [("o",), ("a",), ("p",), ("O", "P"), ("right", "enter")])
async def test_escape_ends_it_whatever_comes_behind(
    empty: Practice, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]
) -> None:
    ready(1001)
    interrupted(empty.outbox, monkeypatch, after_the_file=False)
    before = contents()
    async with at_desk(empty) as desk:
        await desk.opens(MENU, TRANSMIT)
        await desk.press("tab", "d")
        for key in ("escape", *keys):
            desk._send(key)
        await desk.settled()
        assert desk.question() == ""
        assert "EN DOUTE" in desk.screen_text()
    assert contents() == before


class TestWhichLot:
    """Two lots in doubt and one that left between them: the selected one, if it is in doubt; else the first that is."""

    @pytest.fixture
    def doubtful(self, empty: Practice, monkeypatch: pytest.MonkeyPatch) -> list[KnownLot]:
        for number in (1001, 1101, 1201):
            ready(number)
            interrupted(empty.outbox, monkeypatch, after_the_file=False)
        lots = own_lots()
        settle_doubt(lots[1].id, True, empty.outbox, SOPHIE)
        return lots

    @pytest.mark.parametrize(
        ("keys", "lot"),
        [((), 0), (("tab",), 0), (("tab", "down"), 0), (("tab", "down", "down"), 2)],
        ids=["other list", "first", "not in doubt", "last"],
    )
    async def test_it_is_named(
        self, empty: Practice, doubtful: list[KnownLot], keys: tuple[str, ...], lot: int
    ) -> None:
        async with at_desk(empty) as desk:
            await desk.opens(MENU, TRANSMIT)
            await desk.press(*keys, "d")
            assert desk.question() == f"Le lot {doubtful[lot].number:03d} est-il parti ?"

    async def test_the_help_says_so(self, empty: Practice) -> None:
        async with at_desk(empty) as desk:
            await desk.opens(MENU, TRANSMIT)
            await desk.press("f1")
            await desk.sees("Dire si un lot en doute est parti : celui sélectionné, sinon le premier en doute.")


async def test_a_folder_that_refuses_the_file_is_told(empty: Practice) -> None:
    number = ready(1001).number
    empty.outbox.write_text("pas un dossier", encoding="utf-8")
    async with at_desk(empty) as desk:
        await desk.opens(MENU, TRANSMIT)
        await desk.press("t", "o")
        assert desk.question() == "Rien n’a été changé"
        await desk.press("enter")
        assert desk.place().endswith(TRANSMIT)
    assert sheet(number).state == "validated"


async def test_a_disk_that_fills_half_way_does_not_hide_what_left(
    empty: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    validated((1001, TEAM[0], "331", "card"), (2001, TEAM[1], "331", "card"))
    disk_full_at(monkeypatch, 2)
    async with at_desk(empty) as desk:
        await desk.opens(MENU, TRANSMIT)
        await desk.press("t", "o")
        assert desk.question() == "1 lot transmis"
        await desk.sees("1 facture, 31,50 €, fichier 336012349-lot", "le disque est plein")
        await desk.press("enter")
        await desk.sees("1 à transmettre en 1 lot")


async def test_escape_ends_a_sending_between_two_lots(empty: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    validated((1001, TEAM[0], "331", "card"), (2001, TEAM[1], "331", "card"))
    async with at_desk(empty) as desk:

        def escaped(*of_the_file: Any) -> None:
            cast(DeskScreen, desk.app.screen).give_up()
            write_whole(*of_the_file)

        monkeypatch.setattr(transmit, "write_whole", escaped)
        monkeypatch.setattr(underway, "_SOON", 0.0)
        await desk.opens(MENU, TRANSMIT)
        await desk.press("t", "o")
        await desk.sees("Arrêté : 1 lot transmis (1 facture), le reste attend.")
        assert desk.question() == ""
    assert [lot.status for lot in own_lots()] == [LotStatus.SENT]


async def test_enter_on_a_lot_of_ours_opens_its_invoices_and_one_line_alone_is_marked(empty: Practice) -> None:
    first = ready(1001).number
    transmit.transmit_all(empty.outbox, SOPHIE)
    second = ready(2001).number
    transmit.transmit_all(empty.outbox, SOPHIE)
    waiting = ready(3001).number
    async with at_desk(empty) as desk:
        await desk.opens(MENU, TRANSMIT)
        assert desk.screen_text().count("▸") == 1
        await desk.press("tab", "down")
        assert desk.screen_text().count("▸") == 1
        await desk.press("enter")
        assert desk.numbers() == [first]
        await desk.sees("› Factures du lot", "transmis · 1 facture, 31,50 €")
        await desk.press("f", *str(second), "enter")
        assert desk.numbers() == []
        await desk.press("escape", "escape")
        await desk.press("up", "enter")
        assert desk.numbers() == [second]
        await desk.press("escape", "tab", "enter")
        assert desk.numbers() == [waiting]


async def test_what_is_said_of_a_refused_key_goes_with_the_next_one(empty: Practice) -> None:
    ready(1001)
    async with at_desk(empty) as desk:
        await desk.opens(MENU, TRANSMIT)
        before = desk.news()
        await desk.press("d")
        assert desk.news() == "Aucun lot en doute."
        await desk.press("d")
        assert desk.news() == "Aucun lot en doute."
        await desk.press("tab")
        assert desk.news() == before
