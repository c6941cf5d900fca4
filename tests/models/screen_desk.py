"""A desk by its screens, at work until it is killed: a JSON line on its output for all that a screen says is done.

It cancels, corrects and validates, sends, and decides on lots en doute, as a person does: by keys, from the lists, and
a refusal is read, closed, and the next thing
is begun.
"""

from __future__ import annotations

import asyncio
import gc
import json
import random
import re
import sys
import time
from typing import Final

from models.domain.exchanges import LotStatus
from models.domain.faults import PracticeFault, Unreachable
from models.domain.place import Practice
from models.practice import open_practice
from models.queries.lots import own_lots
from models.store.database import execute
from tests.tui.desk import CANCEL, MENU, TRANSMIT, UNVALIDATED, Desk, at_desk

AWAY: Final = "Le serveur de la base"
"""What a screen says that lost its server begins with."""


def say(*words: object) -> None:
    """Tell whoever reads what was told here, and when."""
    sys.stdout.write(json.dumps([time.monotonic(), *words]) + "\n")
    sys.stdout.flush()


class ScreenDesk:
    """The person at this desk.

    Args:
        desk: the running program.
        chance: what is done next, and to which line.
    """

    def __init__(self, desk: Desk, chance: random.Random) -> None:
        self.desk, self.chance = desk, chance

    async def work(self) -> None:
        """One thing after the other."""
        tasks = (self.cancel, self.cancel, self.correct, self.correct, self.send)
        while True:
            await self.desk.follows()
            await self.home()
            self.tell_doubts()
            await self.chance.choice(tasks)()

    async def home(self) -> None:
        """Back to the menu, whatever stands open."""
        desk = self.desk
        for _ in range(12):
            if desk.question().startswith("Quitter sans enregistrer"):
                await desk.press("o")
            elif desk.question():
                await self.close()
            elif desk.place().endswith(MENU):
                return
            elif "›" not in desk.place() and MENU in desk.screen_text():
                await desk.opens(MENU)
            else:
                await desk.press("escape")
        raise AssertionError(f"no way back:\n{desk.screen_text()}")

    async def close(self) -> None:
        """Read what is asked or told, and change nothing."""
        said = self.desk.said()
        if AWAY in said:
            say("away", self.desk.question())
        await self.desk.press("escape")

    async def goes_to(self, label: str) -> bool:
        """Take this entry of the menu; whether its screen came."""
        found = re.search(rf"(\w)  {re.escape(label)}", self.desk.screen_text())
        assert found, self.desk.screen_text()
        await self.desk.press(found[1].lower())
        return self.desk.place().endswith(label)

    async def stands_on_a_row(self) -> bool:
        """Go some rows down; whether there is one."""
        for _ in range(self.chance.randrange(6)):
            await self.desk.press("down")
        return bool(self.desk.selected())

    async def cancel(self) -> None:
        """Annuler, from the list of what was sent."""
        desk = self.desk
        if not await self.goes_to(CANCEL) or not await self.stands_on_a_row():
            return
        await desk.press("a")
        if not desk.question().startswith("Annuler la facture"):
            return
        await desk.press("o")
        if found := re.match(r"La facture n° (\d+) devient la facture n° (\d+)", desk.question()):
            say("cancelled", int(found[1]), int(found[2]))

    async def correct(self) -> None:
        """Modifier, with another prescriber, then Valider from the form."""
        desk = self.desk
        if not await self.goes_to(UNVALIDATED) or not await self.stands_on_a_row():
            return
        number = int(desk.selected()[2:11])
        await desk.press("m", "enter")
        if desk.question():
            await desk.press(self.chance.choice("dc"))
        if not desk.place().endswith("Modifier"):
            return
        desk.screen.query_one("#field-prescriber").focus()
        await desk.settled()
        await desk.fills(self.chance.choice(("331265587", "331397141")))
        await desk.press("f4")
        if desk.question().startswith("À vérifier"):
            await desk.press("a")
        if "validée" in desk.news():
            say("validated", number)

    async def send(self) -> None:
        """Transmettre; before it, what is en doute is decided."""
        desk = self.desk
        if not await self.goes_to(TRANSMIT):
            return
        await desk.press("d")
        if desk.question().endswith("est-il parti ?"):
            lot = int(desk.question().split()[2])
            await desk.press(self.chance.choice("pa"))
            if f"{lot:03d} : parti" in desk.news() or f"{lot:03d} annulé" in desk.news():
                say("decided", lot)
        await desk.press("t")
        if not desk.question().startswith("Transmettre"):
            return
        say("sending")
        await desk.press("o")
        for file in re.findall(r"fichier (\S+\.b2)", desk.said()):
            say("sent", file)

    def tell_doubts(self) -> None:
        """Which lots are said to be en doute, and whose they are."""
        try:
            for lot in own_lots(LotStatus.IN_DOUBT):
                if lot.in_doubt:
                    ((writer,),) = execute("SELECT writer FROM batch WHERE id = ?", (lot.id,)).fetchall()
                    say("doubt", lot.id, lot.number, writer)
        except PracticeFault:
            pass


async def sit_down(practice: Practice, seed: str) -> None:
    """Open the program and work in it until one is killed."""
    async with at_desk(practice, operator=seed) as desk:
        say("ready")
        await ScreenDesk(desk, random.Random(seed)).work()


def work_for_ever(practice: Practice, seed: str) -> None:
    """Open the practice and work in it."""
    gc.set_threshold(50_000, 20, 100)  # the program's own pace
    while True:
        try:
            open_practice(practice)
            break
        except Unreachable:  # whoever begins is told so, and begins again
            say("away", "opening")
    asyncio.run(sit_down(practice, seed))
