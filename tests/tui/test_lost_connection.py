"""A practice out of reach is an event: said in one sentence, nothing typed is lost, and it goes on by itself."""

from __future__ import annotations

import os
import re
import threading
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from peewee import OperationalError

from models.commands.cancel import Cancelled, cancel_invoice
from models.domain.place import Practice
from models.store.database import db
from tests.models.practice import CLAIRE, sheet
from tests.tui.desk import ALL, CANCEL, MENU, UNVALIDATED, at_desk
from tests.tui.ways import already_cancelled, asked
from tui.flows import meanwhile

AWAY = "La base du cabinet n’est plus à sa place : Accueil réessaie, la saisie reste."
BACK = "La base du cabinet répond de nouveau."


async def test_a_folder_that_is_away_is_said_and_the_form_goes_on_once_it_is_back(practice: Practice) -> None:
    already_cancelled(1009)
    home, away = practice.folder, practice.folder.with_name("ailleurs")
    async with at_desk(practice) as desk:
        await desk.opens(MENU, UNVALIDATED)
        await desk.press("m", "enter", "d")
        await desk.fills("4")
        home.rename(away)
        await desk.follows()
        assert desk.news() == AWAY
        await desk.press("f2")
        assert desk.question() == "Rien n’a été changé"
        assert "rien n’a été enregistré" in desk.said()
        await desk.press("enter")
        assert desk.value() == "4"
        await desk.follows()
        assert desk.news() == AWAY
        assert not home.exists()
        away.rename(home)
        await desk.follows()
        assert desk.news() == BACK
        await desk.press("f2")
        await desk.sees("enregistrée")
    assert sheet(1009).replaced_by is not None


async def test_a_file_that_is_away_is_not_made_anew_and_its_list_stays(practice: Practice) -> None:
    base, away = Path(practice.location), practice.folder / "ailleurs.db"
    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        rows = desk.rows()
        base.rename(away)
        await desk.follows()
        assert desk.news() == AWAY
        await desk.press("down", "end", "home", "escape", "a")
        assert desk.question() == ""
        assert desk.rows() == rows
        assert not base.exists()
        away.rename(base)
        await desk.follows()
        await desk.press("down", "a", "o")
        await desk.sees("La facture n° 1009 devient la facture n° 1061")


async def test_an_open_list_follows_what_another_desk_does(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(ALL)
        await desk.follows()
        before = desk.screen_text()
        await desk.follows()
        assert desk.screen_text() == before
        assert isinstance(cancel_invoice(sheet(1009).id, None, CLAIRE), Cancelled)
        await desk.follows()
        assert desk.news().startswith("61 factures")


async def test_what_another_desk_does_waits_for_the_end_of_a_question(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(ALL)
        await desk.press("f1")
        cancel_invoice(sheet(1009).id, None, CLAIRE)
        await desk.follows()
        assert desk.screen.news_told.startswith("60 factures")
        await desk.press("enter")
        await desk.follows()
        assert desk.news().startswith("61 factures")


@pytest.mark.parametrize("key", ["n", "escape"])
async def test_non_after_another_desk_cancelled_says_who_did(practice: Practice, key: str) -> None:
    async with at_desk(practice) as desk:
        await asked(desk, 1009)
        cancel_invoice(sheet(1009).id, None, CLAIRE)
        await desk.press(key)
        assert re.fullmatch(r"N° 1009 : claire l’a annulée entre-temps \(.+\), devenue n° 1061\.", desk.news())
        assert "000001009" not in desk.selected()
        await desk.press("down", "a", key)
        assert desk.news() == "La facture n° 1027 n’a pas été annulée."


async def test_the_key_that_follows_non_is_not_lost_while_that_is_looked_up(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = threading.Event()
    monkeypatch.setattr(meanwhile, "changed_since", lambda *_: looked.wait(20) and None)
    async with at_desk(practice) as desk:
        await asked(desk, 1009)
        desk.clock.passes(1)
        desk._send("n")
        while "n’a pas été annulée" not in desk.news():
            await desk.pilot.pause(0)
        desk._send("f3")
        while desk.focus() != "filter":
            await desk.pilot.pause(0)
            assert not desk.screen.busy
        looked.set()


FULL = "Le disque de la base est plein : Accueil réessaie, la saisie reste."
READ_ONLY = "La base est passée en lecture seule : Accueil réessaie, la saisie reste."


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"f_bfree": 9, "f_bavail": 9}, FULL), ({"f_flag": os.ST_RDONLY}, READ_ONLY)],
    ids=["full", "read-only"],
)
async def test_a_disk_that_takes_no_change_any_more_is_said_until_it_does(
    practice: Practice, monkeypatch: pytest.MonkeyPatch, changed: dict[str, int], said: str
) -> None:
    already_cancelled(1009)
    facts = os.statvfs(practice.folder)
    sound = {name: getattr(facts, name) for name in ("f_bfree", "f_bavail", "f_frsize", "f_flag")}
    disk = dict(sound)
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(**disk))
    async with at_desk(practice) as desk:
        await desk.opens(MENU, UNVALIDATED)
        await desk.press("m", "enter", "d")
        await desk.fills("4")
        disk |= changed
        await desk.follows()
        assert desk.news() == said
        assert desk.value() == "4"
        disk |= sound
        await desk.follows()
        assert desk.news() == BACK
        await desk.press("f2")
        await desk.sees("enregistrée")


async def test_a_change_that_meets_the_full_disk_keeps_the_form_and_is_made_once_there_is_room(
    practice: Practice,
) -> None:
    already_cancelled(1009)
    async with at_desk(practice) as desk:
        await desk.opens(MENU, UNVALIDATED)
        await desk.press("m", "enter", "d")
        await desk.fills("4")
        with patch.object(db.obj, "commit", side_effect=OperationalError("database or disk is full")):
            await desk.press("f2")
        assert desk.question() == "Rien n’a été changé"
        assert "Le disque est plein : rien n’a été enregistré" in desk.said()
        await desk.press("enter")
        assert desk.value() == "4"
        await desk.press("f2")
        await desk.sees("enregistrée")
