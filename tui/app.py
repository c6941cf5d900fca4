"""The application: what the screens share, and how one leads to another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, Final, cast

from rich.console import RenderableType
from textual.binding import Binding, BindingType
from textual.events import Event, Key, Paste
from textual.screen import Screen
from textual.worker import Worker

from models.domain.author import Author
from models.domain.faults import PracticeFault, Unreachable
from models.practice import OpenPractice
from tui.base import following
from tui.base.accesses import Accesses
from tui.base.desk_screen import DeskScreen
from tui.base.following import Following, Look
from tui.base.hand import Hand
from tui.base.locking import Locking
from tui.base.rereading import EVERY, silently
from tui.screens import SCREENS
from tui.terminal.app_base import TerminalApp
from tui.terminal.environment import Terminal
from tui.terminal.pace import Pace
from tui.terminal.signals import SIGNALLED
from tui.terminal.ssh import is_confined
from tui.terminal.textual_insides import get_time
from tui.text import places

if TYPE_CHECKING:
    from models.checks.finding import Finding
    from models.commands.cancel import CancelledTogether
    from models.domain.accesses import Looked
    from models.domain.content import InvoiceContent
    from models.queries.history import History
    from models.queries.invoice_row import ListView
    from models.queries.sheets import InvoiceSheet
    from models.queries.unsaved import Unsaved


_GESTURES: Final = ("flows.cancel", "screens.detail", "flows.bill", "flows.validate", "screens.modify")
"""What the procedures of the guide need and no first screen does."""


class BottomScreen(Screen[None]):
    """Under all the others, never seen: it opens the menu whenever it comes up, at the start what was asked for.

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
        practice: the one that is open.
        operator: under whose name changes are made.
        terminal: what it runs on; None under test.
        screen: « annuler » or « verifier » to open straight on that list.
        now: the clock; another one under test.
        pace: what tells text from commands by the time between keys; with another clock under test.
        follows: seconds between two looks at what other desks did; 0 for none but those that are asked for.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+o", "lock", show=False)]
    CSS_PATH = "accueil.tcss"
    TITLE = "Accueil"

    SCREENS: ClassVar[dict[str, Callable[[], Screen[None]]]] = SCREENS

    def __init__(
        self,
        practice: OpenPractice,
        operator: str,
        terminal: Terminal | None = None,
        screen: str | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        pace: Pace | None = None,
        follows: float = following.EVERY,
    ) -> None:
        super().__init__(terminal)
        self._follows = follows
        self._following = Following(practice)
        self._behind = False
        self._looks: Worker[None] | None = None
        self.pace = pace or Pace(get_time, self._call_after)
        self._hand = Hand(self, self.pace)
        self.practice = practice
        self.operator = operator
        self.confined = is_confined()
        self.ascii_signs = terminal is not None and terminal.ascii_signs
        self.card_reader = practice.card_reader()
        self.now = now
        self.wants_demo = False
        self.corrected: int | None = None
        self.looked_on: date | None = None
        self._announcement = ""
        self._practice_name = ""
        minutes = practice.locks_after()
        seconds = None if minutes is None else 60.0 * minutes
        self._locking = Locking(seconds, self.pace.now, self.pace.after, self.lock_unasked)
        self._accesses = Accesses(practice, self.author, self._call_after, self._in_thread)
        self.start = places.STARTS.get(screen or "")

    def load_gestures(self) -> None:
        """What annuler, modifier and valider need, and what they look up."""
        for name in _GESTURES:
            import_module(f"tui.{name}")
        from models.domain.faults import PracticeFault
        from tui.flows.beforehand import try_a_form

        with suppress(PracticeFault):  # the gesture itself says so, if it is made
            self.practice.in_own_connection(lambda: try_a_form(self.today(), self.practice.book.current))

    def get_default_screen(self) -> Screen[None]:
        """What lies under all screens."""
        return BottomScreen()

    def on_ready(self) -> None:
        """From now on the screen that is shown is read again every minute, and as soon as another desk changed some."""
        self._locking.touched()
        self.set_interval(EVERY, self.read_unasked)
        if self._follows:
            self.set_interval(self._follows, self.follow)

    def read_unasked(self) -> None:
        """Read the screen again, unless something is under way there; one that still opens reads by itself."""
        screen = self.screen
        if isinstance(screen, DeskScreen) and screen.is_mounted and not screen.busy:
            self._behind = False
            silently(screen.read_again)

    def follow(self) -> None:
        """Look once what other desks did, in a worker; not where the look of before still waits for an answer."""
        if self._looks is None or self._looks.is_finished:
            silently(self._look)

    def _look(self) -> None:
        self._looks = self.run_worker(self._follow(), group="following")

    async def _follow(self) -> None:
        try:
            seen = await self._following.look()
        except Unreachable as fault:
            for screen in self._desk_screens():
                screen.tell_unreachable(fault)
            return
        if seen is Look.REACHED:
            for screen in self._desk_screens():
                screen.tell_reached()
        self._behind = self._behind or seen is not Look.SAME
        if self._behind:
            self.read_unasked()

    def _desk_screens(self) -> list[DeskScreen]:
        return [screen for screen in self.screen_stack if isinstance(screen, DeskScreen) and screen.is_mounted]

    def exit(self, result: int | None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """End the program; where that comes from outside, what is typed and not saved is kept first."""
        if return_code > SIGNALLED:
            self.keep_typed()
        self._accesses.write_now()
        self._following.end()
        self.practice.left.set()
        super().exit(result, return_code, message)

    def keep_typed(self) -> None:
        """Keep what stands unsaved on the screens, before an end that asks nobody."""
        for screen in self._desk_screens():
            with suppress(Exception):  # whatever is wrong with it, the program ends as it was about to
                screen.keep_typed()

    def end_after(self, error: BaseException | None) -> None:
        """After an exception too."""
        self.keep_typed()
        self._accesses.write_now()
        super().end_after(error)

    def looked_at(self, looked: Looked, subject: str) -> None:
        """Somebody looked at this: noted once nobody types."""
        self._accesses.looked_at(looked, subject)

    def _in_thread(self, work: Callable[[], None]) -> None:
        self.run_worker(work, thread=True, group="accesses")

    def action_lock(self) -> None:
        """Lock the desk by hand."""
        from tui.screens.locked import lock_by_hand

        lock_by_hand(self.screen, self._locking.touched)

    def lock_unasked(self) -> bool:
        """Lock the desk that nobody touches; False where something under way must end first."""
        from tui.screens.locked import lock_unasked

        return lock_unasked(self.screen, self._locking.touched)

    def leave_for_demo(self) -> None:
        """Close this practice; whoever started the application opens the demonstration next."""
        self.wants_demo = True
        self.exit(0)

    async def on_event(self, event: Event) -> None:
        """While the window is too small to show what a key would do, no key does it; letters of a text do not act."""
        if isinstance(event, Key | Paste):
            self._locking.touched()
            if not await self.screen_is_there() or self.screen.has_class("small"):
                return
            if not event.is_forwarded:
                taken = self._hand.takes(event)
                if taken is None:
                    return
                event = taken
                if isinstance(self.screen, DeskScreen):
                    self.screen.key_comes()
        await super().on_event(event)

    def on_app_blur(self) -> None:
        """Another window has the keyboard: nothing is answered until this one has it back."""
        self._hand.goes_away()

    def on_app_focus(self) -> None:
        """This window has the keyboard back."""
        self._hand.comes_back()

    def _call_after(self, seconds: float, call: Callable[[], None]) -> Callable[[], object]:
        """Call this later, unless it is called off; a timer begun for a screen would keep it, by its context."""
        return self.of_no_screen.run(self.set_timer, seconds, call).stop

    def practice_name(self) -> str:
        """What the practice is called, looked up until something tells."""
        if not self._practice_name:
            with suppress(PracticeFault):  # what cannot be read is said where it is needed
                name = self.practice.name()
                self._practice_name = f"Lecture seule · {name}" if name and self.practice.read_only else name
        return self._practice_name

    def author(self) -> Author:
        """Who acts, now."""
        return Author(self.operator, self.now())

    def today(self) -> date:
        """The day of whoever acts now."""
        return self.author().day

    def open_detail(
        self,
        invoice_id: int,
        among: ListView | tuple[int, ...] | None = None,
        left_on: Callable[[int], None] = lambda invoice_id: None,
    ) -> None:
        """Show an invoice whole, and those beside it in the list; `left_on` is told which was shown last."""
        from tui.screens.detail import Detail

        self.push_screen(Detail(invoice_id, among, left_on))

    def look_up(self) -> None:
        """Look at other invoices, above what is being done."""
        self.push_screen("all")

    def open_form(
        self,
        sheet: InvoiceSheet,
        draft: InvoiceContent,
        history: History,
        unsaved: Sequence[Unsaved],
        at: Finding | None = None,
    ) -> None:
        """Open « Modifier » on an unvalidated invoice, starting from `draft`; `unsaved` was typed there before.

        The cursor stands on what the finding `at` is about.
        """
        from models.domain.accesses import Looked
        from tui.screens.modify import Modify

        self.looked_at(Looked.FORM, f"invoice {sheet.id}")
        self.push_screen(Modify(sheet, draft, history, unsaved, at))

    def open_correction(self, invoice_id: int) -> None:
        """From the notice of the new number straight to the correction of that invoice."""
        from tui.screens.unvalidated import Unvalidated

        self.switch_screen(Unvalidated(correct=invoice_id))

    def spend_keys(self) -> None:
        """What the last keys acted on is gone: until they are let go they act on nothing else."""
        self._hand.spend()

    def open_new_numbers(self, outcome: CancelledTogether) -> None:
        """Show which number became which, and what was not cancelled."""
        from tui.screens.new_numbers import NewNumbers

        self.push_screen(NewNumbers(outcome))

    def open_alike(self, invoice_id: int) -> None:
        """Show the invoices that can be corrected as this one was."""
        from tui.screens.correct_alike import CorrectAlike

        self.push_screen(CorrectAlike(invoice_id))

    def announce(self, text: str) -> None:
        """Leave something to say to the screen that is shown next."""
        self._announcement = text

    def take_announcement(self) -> str:
        """What was left to say, once."""
        text, self._announcement = self._announcement, ""
        return text
