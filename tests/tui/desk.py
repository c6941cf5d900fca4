"""The desk as a receptionist sees and works it: keys in, twenty-four lines out, nothing that sleeps."""

from __future__ import annotations

import asyncio
import math
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Final

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Input

from models.domain.place import Practice
from models.practice import OpenPractice
from models.reference.practice_book import PracticeBook
from models.store.database import db
from tui.app import AccueilApp
from tui.base.desk_screen import DeskScreen
from tui.dialogs.dialog import Dialog
from tui.terminal.pace import REST, Pace

MORNING: Final = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""The fixed hour of the tests: a Monday, after the last sample return."""

PATIENCE: Final = 30.0
"""Seconds before a wait is given up; none of them is ever slept through."""

MENU: Final = "Télétransmission"
CANCEL: Final = "Annuler factures transmises"
UNVALIDATED: Final = "Vérifier factures non validées"
TRANSMIT: Final = "Transmettre les factures validées"
RETURNS: Final = "Relever les retours"
DRE: Final = "Traiter les rejets de DRE"
IMPORT: Final = "Importer des lots envoyés (B2)"
ALL: Final = "Toutes les factures"


class Clock:
    """The time by which keys are dated: it stands still until it is moved."""

    def __init__(self) -> None:
        self.time = time.monotonic()
        self._due: list[tuple[float, Callable[[], None]]] = []

    def now(self) -> float:
        """The moment."""
        return self.time

    def after(self, seconds: float, call: Callable[[], None]) -> Callable[[], object]:
        """Call this once so much time has gone by."""
        entry = self.time + seconds, call
        self._due.append(entry)

        def call_off() -> None:
            self._due = [due for due in self._due if due is not entry]

        return call_off

    def passes(self, seconds: float) -> bool:
        """Let time go by; whether something was due."""
        self.time += seconds
        due = [entry for entry in self._due if entry[0] <= self.time]
        for entry in due:
            if entry in self._due:
                self._due.remove(entry)
                entry[1]()
        return bool(due)


class Desk:
    """The running application, by its keys and its screen.

    Args:
        app: running already.
        pilot: that of the test.
        clock: the one by which its keys are dated.
    """

    def __init__(self, app: AccueilApp, pilot: Pilot[Any], clock: Clock) -> None:
        self.clock = clock
        self.app = app
        self.pilot = pilot
        self.keys: list[str] = []
        """Every key pressed so far, what was typed with `types` left out."""

    # What the receptionist does
    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each once the one before has had its effect, and the hand rested."""
        for key in keys:
            self.keys.append(key)
            self.clock.passes(REST)
            self._send(key)
            await self.settled()
            await self.rests()

    async def follows(self) -> None:
        """Look once what other desks did: the program does so every two seconds."""
        self.app.follow()
        await self.settled()

    async def rests(self) -> None:
        """Leave the keyboard alone until what waits for that has acted."""
        if self.clock.passes(REST):
            await self.settled()

    async def types(self, text: str, pace: float = 0.02) -> None:
        """Type a text, a key every `pace` seconds; its keys are not counted."""
        for character in text:
            if not isinstance(self.app.focused, Input):
                await self.settled()
            self.clock.passes(pace)
            self._send(character)
        await self.settled()

    async def opens(self, *labels: str) -> None:
        """Take entries of the menus by their label: the letter is read beside it on the screen."""
        for label in labels:
            await self.sees(label)
            found = re.search(rf"(\w)  {re.escape(label)}", self.screen_text())
            assert found, f"no entry « {label} »:\n{self.screen_text()}"
            await self.press(found[1].lower())
            await self.sees(f"› {label}")

    async def selects(self, text: str) -> None:
        """Go down a list, from its first row, to the row that shows this text."""
        await self.press("home")
        at = self.selected()
        for _ in range(200):
            if text in at:
                return
            await self.press("down")
            before, at = at, self.selected()
            assert at != before, f"no row with « {text} »:\n{self.screen_text()}"
        raise AssertionError(f"no row with « {text} »")

    async def fills(self, value: str) -> None:
        """Replace what stands in the focused field."""
        await self.press("ctrl+u")
        await self.types(value)

    async def pastes(self, text: str) -> None:
        """Paste a text, as a terminal hands it over."""
        self.app.post_message(events.Paste(text))
        await self.settled()

    async def resize(self, columns: int, lines: int) -> None:
        """Change the size of the window."""
        await self.pilot.resize_terminal(columns, lines)
        await self.settled()

    # What the receptionist sees
    def screen_lines(self) -> list[str]:
        """The lines of the screen as text, without trailing spaces."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]

    def screen_text(self) -> str:
        """The screen as one string."""
        return "\n".join(self.screen_lines())

    def selected(self) -> str:
        """The row under the cursor; empty where there is none."""
        return next((line for line in self.screen_lines() if line.startswith("▸")), "")

    def selected_entry(self) -> str:
        """The entry of the menu under the cursor."""
        return next((line for line in self.screen_lines() if line.lstrip().startswith("▸")), "")

    def rows(self) -> list[str]:
        """The rows of a list of invoices that are visible."""
        return [line[2:] for line in self.screen_lines() if re.match(r"[▸ ] \d{9} ", line)]

    def numbers(self) -> list[int]:
        """The invoice numbers of the visible rows."""
        return [int(row[:9]) for row in self.rows()]

    def place(self) -> str:
        """The path at the top."""
        return re.split(" {2,}", self.screen_lines()[0].strip())[0]

    def who(self) -> str:
        """Which practice and who, at the right of the path; empty where there is no room for it."""
        return "".join(re.split(" {2,}", self.screen_lines()[0].strip())[1:])

    def news(self) -> str:
        """The line of news."""
        return self.screen_lines()[1].strip()

    def footer(self) -> str:
        """The line of keys."""
        return self.screen_lines()[-1]

    def focus(self) -> str:
        """What has the focus: a choice by its label, a field or a list by its name."""
        focused = self.app.focused
        if isinstance(focused, Dialog):
            return focused.marked.label
        if focused is None:
            return ""
        return (focused.id or type(focused).__name__).removeprefix("field-")

    def value(self) -> str:
        """What stands in the focused field."""
        focused = self.app.focused
        assert isinstance(focused, Input)
        return focused.value

    def dialog(self) -> Dialog[Any] | None:
        """The question that is open, if any."""
        return self.screen.dialog

    def question(self) -> str:
        """The title of the open question; empty where there is none."""
        dialog = self.dialog()
        return dialog.heading if dialog else ""

    def said(self) -> str:
        """The screen's words, those of the open question joined again across the lines of its box."""
        dialog, lines = self.dialog(), self.screen_lines()
        said = flat("\n".join(lines))
        if dialog is None:
            return said
        box = dialog.region
        return f"{said} | {flat(chr(10).join(line[box.x : box.right] for line in lines[box.y : box.bottom]))}"

    @property
    def screen(self) -> DeskScreen:
        """The screen on top."""
        screen = self.app.screen
        assert isinstance(screen, DeskScreen)
        return screen

    # Waiting, by what is there and never by the clock
    async def sees(self, *texts: str) -> None:
        """Wait until all these texts are on the screen, whatever line they are broken over."""
        for text in texts:
            await self.until(lambda text=text: flat(text) in self.said(), f"« {text} »")  # type: ignore[misc]

    async def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait until something holds.

        Raises:
            AssertionError: it did not come; with the screen.
        """
        deadline = time.monotonic() + PATIENCE
        while True:
            await self.settled()
            if holds():
                return
            assert self.app.is_running, f"{what} did not come: the program ended"
            assert time.monotonic() < deadline, f"{what} did not come:\n{self.screen_text()}"

    async def settled(self) -> None:
        """Wait until every worker is done or waits for an answer, no message is under way, and the picture stands."""
        deadline = time.monotonic() + PATIENCE
        quiet = 0
        while quiet < 2 and self.app.is_running:
            await asyncio.sleep(0)
            self.app.screen._on_timer_update()
            if self._is_busy():
                quiet = 0
                tasks = [worker._task for worker in self.app.workers if worker._task]
                await asyncio.wait(tasks, timeout=0.01, return_when=asyncio.FIRST_COMPLETED)
            elif _has_to_run() or self._has_messages() or self._has_to_paint():
                quiet = 0
            else:
                quiet += 1
            assert time.monotonic() < deadline, f"not settled: {list(self.app.workers)}\n{self.screen_text()}"

    def _is_busy(self) -> bool:
        """Whether a worker has something to do: more of them are unfinished than questions wait."""
        busy = sum(not worker.is_finished for worker in self.app.workers)
        screens = (screen for screen in self.app.screen_stack if isinstance(screen, DeskScreen))
        asked = sum(isinstance(child, Dialog) and not child.answer.done() for one in screens for child in one.children)
        return busy > asked

    def _has_messages(self) -> bool:
        """Whether a message waits anywhere; they bubble up one parent at a time."""
        return any(pump.message_queue_size for pump in (self.app, *self.app.screen.walk_children(with_self=True)))

    def _has_to_paint(self) -> bool:
        """Whether the screen has something to lay out, to paint, or to do once painted; a question, to be seen."""
        screen = self.app.screen
        dialog = screen.dialog if isinstance(screen, DeskScreen) and not screen.has_class("small") else None
        if dialog is not None and math.isinf(dialog.shown_at):
            self.screen_lines()  # a terminal would draw it, which may come before Textual tells it that it shows
        asked = screen._layout_required or screen._scroll_required or screen._repaint_required
        return asked or bool(screen._dirty_widgets or screen._callbacks)

    def _send(self, key: str) -> None:
        name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        event = events.Key(name, key if len(key) == 1 else None)
        event.time = self.clock.now()
        event.set_sender(self.app)
        self.app.post_message(event)


def _has_to_run() -> bool:
    """Whether the loop has anything to run now: all else waits for a clock, a thread or a key."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, asyncio.BaseEventLoop)
    return bool(loop._ready)  # type: ignore[attr-defined]


def flat(text: str) -> str:
    """A text as one run of words, the borders of boxes left out."""
    return " ".join(re.sub(r"[│┌┐└┘─▸◂]", " ", text).split())


@asynccontextmanager
async def at_desk(
    practice: Practice,
    *,
    operator: str = "sophie",
    now: datetime = MORNING,
    size: tuple[int, int] = (80, 24),
    screen: str | None = None,
) -> AsyncIterator[Desk]:
    """Sit down at the desk of an open practice; the program is left at the end.

    Args:
        practice: open already.
        operator: who sits there.
        now: the hour, which stands still.
        size: columns and lines.
        screen: « annuler » or « verifier » to start there.
    """
    opened = OpenPractice(practice, db.obj, PracticeBook(practice.folder))
    clock = Clock()
    app = AccueilApp(opened, operator, screen=screen, now=lambda: now, pace=Pace(clock.now, clock.after), follows=0)
    async with app.run_test(size=size) as pilot:
        desk = Desk(app, pilot, clock)
        await desk.settled()
        yield desk
