"""Poste verrouillé: nothing of a patient is shown until the code is typed; what was typed below stays as it was."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input, Static

from models.domain.faults import PracticeFault
from models.domain.unlock_code import TRIES
from models.queries.unlock import has_code, unlocks
from tui.base.desk_screen import DeskScreen
from tui.flows.lock import FIRST_ANSWER, choose_first
from tui.text import display, places
from tui.widgets.text_field import TextField

_NO_CODE = (
    "Aucun code n’est choisi : quittez (F12), puis rouvrez Accueil. "
    "Là, Ctrl+O en fait choisir un, qui rouvrira le poste la prochaine fois."
)


def lock_by_hand(screen: Screen[Any], unlocked: Callable[[], None]) -> None:
    """Lock the desk from whatever screen is on top; who has no code chooses one first."""
    if isinstance(screen, DeskScreen) and not isinstance(screen, Locked) and not screen.has_class("small"):
        if screen.busy:
            screen.run_worker(_lock(screen, unlocked, by_hand=True), group="lock")
        else:
            screen.begin(_choose_and_lock(screen, unlocked))


def lock_unasked(screen: Screen[Any], unlocked: Callable[[], None]) -> bool:
    """Lock a desk that nobody touches; False where something is under way, which may go on to another screen."""
    if not isinstance(screen, DeskScreen) or isinstance(screen, Locked):
        return True
    if screen.busy and screen.dialog is None:
        return False
    screen.run_worker(_lock(screen, unlocked, by_hand=False), group="lock")
    return True


async def _choose_and_lock(screen: DeskScreen, unlocked: Callable[[], None]) -> None:
    if await choose_first(screen):
        screen.app.push_screen(Locked(True, unlocked))


async def _lock(screen: DeskScreen, unlocked: Callable[[], None], *, by_hand: bool) -> None:
    """With a question open, or nobody there to answer one."""
    operator, practice = screen.desk.operator, screen.desk.practice
    try:
        known = await asyncio.to_thread(practice.in_own_connection, lambda: has_code(operator))
    except PracticeFault:
        known = True  # out of reach: it is covered all the same, and the code is asked once it is back
    if by_hand and not known:
        screen.refuse(FIRST_ANSWER)
    elif screen.app.screen is screen:
        screen.app.push_screen(Locked(known, unlocked))


class Locked(DeskScreen):
    """Covers the whole desk.

    Args:
        has_code: whether the person at the desk has a code; without one they can only leave.
        unlocked: told once the code was typed.
    """

    PLACE = places.LOCKED
    KEYS = ("clear", "leave_program", "help")
    HELP_LINES = (("Entrée", "Rouvrir le poste, avec le code tapé."),)
    AUTO_FOCUS = "TextField"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f12", "leave_program", "Quitter", key_display="F12",
                tooltip="Quitter Accueil ; ce qui est saisi et pas enregistré est gardé."),
        Binding("escape", "clear", "Effacer", key_display="Échap", tooltip="Effacer ce qui est tapé."),
    ]  # fmt: skip

    def __init__(self, has_code: bool, unlocked: Callable[[], None]) -> None:
        super().__init__()
        self._has_code, self._unlocked = has_code, unlocked
        self._tries = TRIES

    def compose_body(self) -> ComposeResult:
        """Who is asked, and the field for the code."""
        who = display.clean(self.desk.operator, 60)
        said = f"Tapez le code de {who}, puis Entrée." if self._has_code else _NO_CODE
        yield Static(display.text(f"Poste verrouillé. {said}"), id="ask")
        if self._has_code:
            yield TextField(password=True, room=15, id="unlock")
        yield Static(display.text("Rien de ce qui est saisi n’est perdu."), id="report")

    def action_clear(self) -> None:
        """Begin the code anew."""
        for field in self.query(TextField):
            field.value = ""

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: is it the code?"""
        event.stop()
        if event.value and not self.busy:
            self.begin(self._try(event.value))

    async def _try(self, code: str) -> None:
        operator = self.desk.operator
        fits = await self.perform(lambda: unlocks(operator, code))
        self.action_clear()
        if fits is None:
            return
        if fits:
            self._unlocked()
            self.dismiss()
            return
        self._tries -= 1
        if self._tries:
            left = f"encore {self._tries} essais" if self._tries > 1 else "encore un essai"
            self.tell(f"Ce n’est pas ce code : {left}.")
        else:
            await self._leave_program()

    async def _leave_program(self) -> None:
        """Whoever leaves here may be somebody else: what is typed is kept, and nothing is asked."""
        self.desk.keep_typed()
        self.app.exit(0)
