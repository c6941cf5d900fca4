"""A command that another program holds up says so, and Escape leaves it while nothing is begun."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from models.commands.cancel import cancel_invoice
from models.domain.patience import Patience, WaitGivenUp
from models.domain.place import Practice
from tests.models.practice import SOPHIE, contents, sheet
from tests.sqlite_file import raw
from tests.tui.desk import Desk, at_desk
from tests.tui.ways import asked
from tui.base import underway
from tui.terminal.pace import REST
from tui.text.sentences import WAITS

if TYPE_CHECKING:
    from tui.base.desk_screen import DeskScreen


async def test_how_far_a_gesture_is_is_said_as_it_changes_and_once_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(underway, "_SOON", 0.0)
    told = list[str]()
    screen = cast("DeskScreen", SimpleNamespace(gives_up=False, tell=told.append))
    gesture = underway.Underway(screen, "Lecture de faux.noe…")
    for done in (1, 1, 5):
        gesture.step(done, 10)
    await asyncio.sleep(0)
    assert told == ["Lecture de faux.noe… 10 % (Échap arrête)", "Lecture de faux.noe… 50 % (Échap arrête)"]


async def says_oui_and_waits(desk: Desk) -> None:
    """OUI, and the command finds the practice taken."""
    await desk.press("right")
    desk.clock.passes(REST)
    desk._send("enter")
    while desk.news() != WAITS:
        await desk.pilot.pause(0.01)


async def test_it_says_so_and_escape_leaves_it_or_it_goes_on_once_it_may(practice: Practice) -> None:
    other = raw(practice.location, None)
    before = contents()
    async with at_desk(practice) as desk:
        await asked(desk, 1009)
        other.execute("BEGIN IMMEDIATE")
        await says_oui_and_waits(desk)
        desk._send("escape")
        await desk.sees("Un autre poste écrivait et vous avez renoncé : rien n’a été enregistré.")
        await desk.press("enter")
        assert WAITS not in desk.screen_text()
        assert contents() == before
        await desk.press("a")
        await says_oui_and_waits(desk)
        other.execute("ROLLBACK")
        await desk.sees("La facture n° 1009 devient la facture n° 1061")
        assert WAITS not in desk.screen_text()
    other.close()


def test_who_waits_is_asked_until_giving_up_and_not_where_nobody_else_writes(practice: Practice) -> None:
    other = raw(practice.location, None)
    other.execute("BEGIN IMMEDIATE")
    before, rejected = contents(), sheet(1009).id
    asks: list[bool] = []

    def gives_up() -> bool:
        asks.append(True)
        return len(asks) == 2

    with Patience(gives_up).kept(), pytest.raises(WaitGivenUp):
        cancel_invoice(rejected, None, SOPHIE)
    assert len(asks) == 2
    assert contents() == before
    other.execute("ROLLBACK")
    other.close()
    with Patience(gives_up).kept():
        cancel_invoice(rejected, None, SOPHIE)
    assert len(asks) == 2
