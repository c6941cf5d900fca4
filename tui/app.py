"""The application: which screens there are, and what they share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any, ClassVar, cast

from textual.events import Event, Key, Paste
from textual.screen import Screen

from models.domain.author import Author
from models.domain.place import Practice
from models.practice import card_reader
from tui.terminal.app_base import TerminalApp
from tui.terminal.environment import Terminal


def _from(module: str, screen: str) -> Callable[[], Screen[Any]]:
    """A screen whose module is imported when it is first shown: the first one does not wait for the others."""

    def make() -> Screen[Any]:
        made: Screen[Any] = getattr(import_module(f"tui.screens.{module}"), screen)()
        return made

    return make


class Ground(Screen[None]):
    """Never seen: whenever nothing lies on it, the menu is opened; at the start, the list that was asked for instead.

    So a list asked for is on the screen before the menu behind it is made and has counted.
    """

    def on_screen_resume(self) -> None:
        """Open what comes first."""
        app = cast("AccueilApp", self.app)
        first, app.start = app.start or "home", None
        app.push_screen(first)


class AccueilApp(TerminalApp):
    """The desk of one practice.

    Args:
        practice: open already.
        operator: under whose name changes are made.
        terminal: what it runs on; None under test.
        screen: « annuler » or « verifier » to open straight on that list.
        now: the clock; another one under test.
    """

    CSS_PATH = "accueil.tcss"
    TITLE = "Accueil"

    SCREENS: ClassVar[dict[str, Callable[[], Screen[Any]]]] = {
        "home": _from("home", "Home"),
        "teletransmission": _from("home", "Teletransmission"),
        "cancel": _from("transmitted", "Transmitted"),
        "unvalidated": _from("unvalidated", "Unvalidated"),
        "transmit": _from("transmit", "Transmit"),
        "returns": _from("returns", "Returns"),
        "dre": _from("dre", "Dre"),
        "import": _from("import_files", "ImportFiles"),
        "all": _from("all_invoices", "AllInvoices"),
        "known_rejections": _from("known_rejections", "KnownRejections"),
        "overview": _from("overview", "OverviewScreen"),
    }

    def __init__(
        self,
        practice: Practice,
        operator: str,
        terminal: Terminal | None = None,
        screen: str | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(terminal)
        self.practice = practice
        self.operator = operator
        self.card_reader = card_reader(practice)
        self.now = now
        self.wants_demo = False
        self._announcement = ""
        self.start = {"annuler": "cancel", "verifier": "unvalidated"}.get(screen or "")

    def get_default_screen(self) -> Screen[Any]:
        """What lies under all screens."""
        return Ground()

    def leave_for_demo(self) -> None:
        """Close this practice; whoever started the application opens the demonstration next."""
        self.wants_demo = True
        self.exit(0)

    async def on_event(self, event: Event) -> None:
        """While the window is too small to show what a key would do, no key does it."""
        if isinstance(event, Key | Paste) and self.screen.has_class("small"):
            return
        await super().on_event(event)

    def author(self) -> Author:
        """Who acts, now."""
        return Author(self.operator, self.now())

    def today(self) -> date:
        """The day of whoever acts now."""
        return self.author().day

    def open_correction(self, invoice_id: int) -> None:
        """From the notice of the new number straight to the correction of that invoice."""
        from tui.screens.unvalidated import Unvalidated

        self.switch_screen(Unvalidated(correct=invoice_id))

    def announce(self, text: str) -> None:
        """Leave something to say to the screen that is shown next."""
        self._announcement = text

    def take_announcement(self) -> str:
        """What was left to say, once."""
        text, self._announcement = self._announcement, ""
        return text
