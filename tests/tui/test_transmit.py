"""Transmettre les factures validées: files written, invoices gone, a lot in doubt decided both ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.commands import transmit
from models.formats.b2 import read_b2
from models.practice import Practice
from models.verification import breaches
from tests.models.practice import SOPHIE, contents, ready, sheet
from tests.tui.desk import CANCEL, MENU, TRANSMIT, at_desk


def interrupted(outbox: Path, monkeypatch: pytest.MonkeyPatch, *, after_the_file: bool) -> None:
    """Send, and lose power before or after the file was written."""

    def lose_power(*_: object) -> None:
        raise SystemError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(transmit, "_mark_sent" if after_the_file else "write_whole", lose_power)
        with pytest.raises(SystemError):
            transmit.transmit_all(outbox, SOPHIE)


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
        await desk.press("enter")
        await desk.sees("Aucune facture validée à transmettre.", "transmis")
        assert "(Transmettre)" in desk.footer()
        await desk.press("escape")
        await desk.opens(CANCEL)
        assert number in desk.numbers()
    (file,) = empty.outbox.iterdir()
    (batch,) = read_b2(file.read_bytes()).batches
    assert [invoice.number for invoice in batch.invoices] == [number]
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
        await desk.sees("1 lot en doute")
        await desk.opens(TRANSMIT)
        await desk.sees("EN DOUTE")
        await desk.press("d")
        assert "est-il parti ?" in desk.question()
        assert desk.focus() == "NON (N)"
        there = "est dans le dossier d’envoi" if after_the_file else "n’est pas dans le dossier d’envoi"
        await desk.sees(f"Son fichier {there}.")
        await desk.press("o")
        await desk.sees("transmis")
        assert "EN DOUTE" not in desk.screen_text()
    assert sheet(number).state == "transmitted"
    assert list(breaches(empty)) == []


async def test_a_lot_in_doubt_that_did_not_leave_waits_again(empty: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    number = ready(1001).number
    interrupted(empty.outbox, monkeypatch, after_the_file=True)
    async with at_desk(empty) as desk:
        await desk.opens(MENU, TRANSMIT)
        await desk.press("d", "n")
        assert desk.question().startswith("Annuler le lot")
        assert desk.focus() == "NON (N)"
        await desk.press("o")
        await desk.sees("annulé")
        assert "T/F4 Transmettre" in desk.footer()
    assert sheet(number).state == "validated"
    assert [path.suffix for path in empty.outbox.iterdir()] == [".annule"]


async def test_a_lot_in_doubt_can_stay_in_doubt(empty: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    ready(1001)
    interrupted(empty.outbox, monkeypatch, after_the_file=False)
    before = contents()
    async with at_desk(empty) as desk:
        await desk.opens(MENU, TRANSMIT)
        for keys in (["escape", "escape"], ["enter", "enter"], ["n", "n"]):
            await desk.press("f6", *keys)
            assert desk.question() == ""
            assert "EN DOUTE" in desk.screen_text()
    assert contents() == before


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
