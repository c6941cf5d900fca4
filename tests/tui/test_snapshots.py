"""A picture of each screen and dialog at 80x24; after a wanted change, `--snapshot-update` and look at the diff."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from models.domain.place import Practice
from models.practice import close_practice, open_practice
from tests.models.practice import a_return, an_answer, an_invoice
from tests.practices import copy_practice
from tests.tui.desk import CANCEL, DRE, MENU, MORNING, RETURNS, TRANSMIT, UNVALIDATED, Clock, Desk
from tests.tui.ways import already_cancelled, asked, open_form, take_up
from tui.app import AccueilApp
from tui.terminal.pace import Pace

FOLDER = "cabinet-de-kinesitherapie-des-lilas-rue-de-la-republique-a-bordeaux"
"""Long enough for the screens to show nothing of the folders above it, which change with each run."""

Scene = Callable[[Desk], Awaitable[None]]


@pytest.fixture
def pictured(made: Path, tmp_path: Path) -> Iterator[Practice]:
    """The sample practice in a folder of a known name, two invoices cancelled, a strange return waiting."""
    place = copy_practice(made, tmp_path / FOLDER)
    open_practice(place)
    already_cancelled(1008, 1009)
    place.inbox.mkdir()
    (place.inbox / "retour-04.noe").write_bytes(a_return(an_answer(an_invoice(4040), "paid")))
    yield place
    close_practice()


async def menu(desk: Desk) -> None:
    """The first screen."""


async def teletransmission(desk: Desk) -> None:
    await desk.opens(MENU)


async def annuler(desk: Desk) -> None:
    await desk.opens(MENU, CANCEL)


async def annuler_off(desk: Desk) -> None:
    await desk.opens(MENU, CANCEL)
    await desk.press("end")


async def oui_non(desk: Desk) -> None:
    await asked(desk, 1041)


async def nouveau_numero(desk: Desk) -> None:
    await asked(desk, 1041)
    await desk.press("o")


async def verifier(desk: Desk) -> None:
    await desk.opens(MENU, UNVALIDATED)


async def preparer(desk: Desk) -> None:
    await take_up(desk, 1062)


async def carte_vitale(desk: Desk) -> None:
    await take_up(desk, 1062)
    await desk.press("enter")


async def modifier(desk: Desk) -> None:
    await open_form(desk, 1062)


async def lignes(desk: Desk) -> None:
    await open_form(desk, 1061)
    await desk.press("b", "enter")


async def conseils(desk: Desk) -> None:
    await open_form(desk, 1062)
    await desk.press("f4")


async def transmettre(desk: Desk) -> None:
    await desk.opens(MENU, TRANSMIT)


async def relever(desk: Desk) -> None:
    await desk.opens(MENU, RETURNS)


async def dre(desk: Desk) -> None:
    await desk.opens(MENU, DRE)
    await desk.selects("1002")
    await desk.press("d")


async def detail(desk: Desk) -> None:
    await desk.opens(MENU, CANCEL)
    await desk.press("enter")


async def aide(desk: Desk) -> None:
    await desk.opens(MENU, CANCEL)
    await desk.press("f1")


SCENES: tuple[Scene, ...] = (
    *(menu, teletransmission, annuler, annuler_off, oui_non, nouveau_numero, verifier, preparer, carte_vitale),
    *(modifier, lignes, conseils, transmettre, relever, dre, detail, aide),
)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_screen(pictured: Practice, snap_compare: Callable[..., bool], scene: Scene) -> None:
    clock = Clock()
    pace = Pace(clock.now, clock.after)
    app = AccueilApp(open_practice(pictured), "sophie", now=lambda: MORNING, pace=pace)

    async def play(pilot: Pilot[Any]) -> None:
        desk = Desk(app, pilot, clock)
        await desk.settled()
        await scene(desk)

    assert snap_compare(app, run_before=play, terminal_size=(80, 24))
