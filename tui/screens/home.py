"""The first screen: the menu of the practice."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from models.domain.actions import Action
from models.domain.place import DEMO_NAME
from models.queries.operators import may_not
from tui.base.desk_screen import DeskScreen
from tui.flows.come_back import bring_back
from tui.flows.daily_backup import back_up_the_day
from tui.flows.reserve import ask_numbering
from tui.text import places
from tui.text.menu_counts import menu_counts, with_late
from tui.text.places import Entry
from tui.widgets.menu import Menu

_EMPTY: Final = "Ce cabinet est vide : importez vos lots envoyés, ou essayez la démonstration."


class MenuScreen(DeskScreen):
    """A menu whose counts are read anew each time that it is shown."""

    ENTRIES: ClassVar[tuple[Entry, ...]] = ()
    KEYS = ("help", "back")
    AUTO_FOCUS = "Menu"

    menu = getters.query_one(Menu)

    def compose_body(self) -> ComposeResult:
        """The menu."""
        yield Menu(self.ENTRIES)

    def read_again(self) -> None:
        """Count again."""
        self.count()

    @work(exclusive=True, group="counts")
    async def count(self) -> None:
        """Say beside each entry how many there are."""
        practice, today = self.desk.practice, self.desk.today()
        await bring_back(self)
        found = await self.perform(lambda: practice.while_there(lambda: menu_counts(practice.place.inbox)))
        if found is None:
            return
        self.menu.counts = found
        self.show_emptiness(not found["all"])
        late = await self.perform(lambda: practice.while_there(lambda: with_late(found, today)))
        if late is not None:
            self.menu.counts = late

    def show_emptiness(self, empty: bool) -> None:
        """What an empty practice offers; nothing on most menus."""

    @on(Menu.Chosen)
    def open_entry(self, event: Menu.Chosen) -> None:
        """Open the screen of the entry."""
        if event.name == "demo":
            self.desk.leave_for_demo()
        else:
            self.app.push_screen(event.name)


class Home(MenuScreen):
    """The menu of the practice."""

    PLACE = places.HOME
    ENTRIES = places.HOME_ENTRIES
    KEYS = ("help", "quit")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,f12", "quit", "Quitter", key_display="Q/F12", tooltip="Quitter Accueil."),
        Binding("escape", "stay", show=False),
    ]

    _asked = False
    _is_empty = False
    _of_backups = ""

    def on_screen_resume(self) -> None:
        """Once, ask which numbers are ours, where nobody has said it yet."""
        super().on_screen_resume()
        if not self._asked:
            self._asked = True
            is_demo = self.desk.practice_name() == DEMO_NAME
            if not (is_demo or self.desk.practice.read_only or self.desk.practice.says_numbering()):
                self.begin(self._ask_numbering())

    def on_mount(self) -> None:
        """Behind what is shown, make the backup of the day where one is due, and say where the last one is old."""
        self.run_worker(self._back_up())

    async def _back_up(self) -> None:
        self._of_backups = await back_up_the_day(self)
        if self._of_backups:
            self.show_emptiness(self._is_empty)

    async def _ask_numbering(self) -> None:
        """Ask who may answer."""
        operator = self.desk.operator
        if await self.perform(lambda: may_not(operator, Action.RESERVE_NUMBERS)) is None:
            await ask_numbering(self)

    def show_emptiness(self, empty: bool) -> None:
        """An empty practice offers the demonstration beside the import."""
        self._is_empty = empty
        self.menu.entries = (*self.ENTRIES, places.DEMO_ENTRY) if empty else self.ENTRIES
        self.tell_state(_EMPTY if empty else self._of_backups)

    def action_quit(self) -> None:
        """End the program: everything that was confirmed is saved already."""
        self.app.exit(0)

    def action_stay(self) -> None:
        """Escape does nothing on the first screen."""


class Teletransmission(MenuScreen):
    """The entries of the guide (1.1, 2.1), each with its live count."""

    PLACE = places.TELETRANSMISSION
    ENTRIES = places.TELETRANSMISSION_ENTRIES
