"""Keys at random over every screen: no invoice changes that no question or message named, nothing typed is lost."""

from __future__ import annotations

import os
import random
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from models.domain.place import Practice
from models.practice import close_practice, open_practice
from models.store.database import db
from tests.practices import copy_practice
from tests.tui.desk import Desk, at_desk
from tests.tui.ways import already_cancelled
from tui.base.desk_screen import DeskScreen
from tui.screens.modify import Modify
from tui.terminal.signals import SIGNALLED

LONG: Final = bool(os.environ.get("ACCUEIL_LONG"))
SEEDS: Final = range(500) if LONG else range(1)
KEYS: Final = 400 if LONG else 160

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
OFTEN: Final = ("enter", "enter", "enter", "down", "down", "up", "right", "tab", "o", "m", "a", "t", "v", "escape")
SELDOM: Final = (
    *(f"f{number}" for number in range(1, 11)),
    *("left", "home", "end", "pageup", "pagedown", "backspace", "delete", "space", "shift+tab"),
    *("ctrl+q", "ctrl+l", "ctrl+u", "ctrl+c", "ctrl+z", "ctrl+s", "alt+o", "alt+shift+o"),
    *LETTERS.upper(),
    *"0123456789",
)
PACES: Final = (0.0, 0.02, 0.2, 0.45, 0.6, 0.6, 0.6, 3.0)
SIZES: Final = ((80, 24), (80, 20), (100, 30), (40, 10))
PASTES: Final = ("chaoui", "martin ali\noui\n", "2 69 05 49 588 157 80")
BY_LOT: Final = ("lot", "retour", "fichier", ".noe", ".b2", "facture")
"""What names a change of many: the lots that leave, the files that are read."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What stood on the screen and in the practice before a key."""

    invoices: dict[int, tuple[object, ...]]
    typed: bool
    question: str
    news: str

    @property
    def named(self) -> str:
        """What the question and the message said."""
        return f"{self.question} {self.news}"


def version() -> int:
    """Changes with each transaction of another connection: the desk's commands have their own."""
    (found,) = db.execute_sql("PRAGMA data_version").fetchone()
    return int(found)


def invoices() -> dict[int, tuple[object, ...]]:
    """Each invoice's number, state and version."""
    found = db.execute_sql("SELECT id, number, state, version FROM invoice").fetchall()
    return {row[0]: tuple(row[1:]) for row in found}


def look(desk: Desk, known: dict[int, tuple[object, ...]]) -> Seen:
    """What the receptionist sees."""
    dialog = desk.dialog()
    question = "" if dialog is None else f"{dialog.heading} " + " ".join(line.plain for line in dialog._text)
    top = desk.app.screen
    typed = isinstance(top, Modify) and top.unsaved and dialog is None
    news = desk.news() if isinstance(top, DeskScreen) else ""
    return Seen(known, typed, question, news)


def unnamed(before: Seen, after: Seen) -> list[object]:
    """The numbers of the invoices that changed and that neither the question nor what was said since names."""
    said = f"{before.named} {after.named}"
    numbers = {int(digits) for digits in re.findall(r"\d+", said)}
    changed = [row for id_, row in after.invoices.items() if before.invoices.get(id_) != row]
    lost = [row for id_, row in before.invoices.items() if id_ not in after.invoices]
    many = len(changed) > 1 and any(word in said.lower() for word in BY_LOT)
    return [row[0] for row in (*changed, *lost) if row[0] not in numbers and not many]


async def step(desk: Desk, dice: random.Random) -> str:
    """One gesture."""
    chance = dice.random()
    desk.clock.passes(dice.choice(PACES))
    if chance < 0.01:
        size = dice.choice(SIZES)
        await desk.resize(*size)
        return f"resize {size}"
    if chance < 0.02:
        pasted = dice.choice(PASTES)
        await desk.pastes(pasted)
        return f"paste {pasted!r}"
    key = dice.choice(OFTEN if chance < 0.6 else LETTERS if chance < 0.8 else SELDOM)
    times = dice.choice((1, 1, 1, 1, 1, 2, 8))
    for _ in range(times):
        desk._send(key)
        desk.clock.passes(0.033 if times > 2 else dice.choice(PACES))
    await desk.settled()
    return f"{key} × {times}"


async def walk(practice: Practice, dice: random.Random, keys: int) -> None:
    """One day of keys at random, the program begun again whenever it is left."""
    known, was, done = invoices(), version(), 0
    trail: list[str] = []
    while done < keys:
        async with at_desk(practice, screen=dice.choice((None, "annuler", "verifier"))) as desk:
            before = look(desk, known)
            while desk.app.is_running and done < keys:
                trail.append(await step(desk, dice))
                done += 1
                if not desk.app.is_running:
                    break
                if version() != was:
                    known, was = invoices(), version()
                after = look(desk, known)
                assert not unnamed(before, after), (trail[-12:], before.named, after.named)
                held = [screen for screen in desk.app.screen_stack if isinstance(screen, Modify)]
                saved = before.invoices != after.invoices or "enregistr" in after.news
                assert held or saved or not before.typed, ("left with something typed", trail[-12:], desk.screen_text())
                before = after
                if dice.random() < 0.003:
                    desk.app.exit(None, SIGNALLED + 1)
                    trail.append("hang up")
                    break
            assert desk.app._exception is None, trail[-12:]


@pytest.mark.parametrize("seed", SEEDS)
async def test_no_key_changes_what_was_not_named(made: Path, tmp_path: Path, seed: int) -> None:
    practice = copy_practice(made, tmp_path)
    open_practice(practice)
    try:
        already_cancelled(1009)
        await walk(practice, random.Random(seed), KEYS)
    finally:
        close_practice()
