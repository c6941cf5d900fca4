"""What every screen of the desk shares: its place, its keys, its questions, and the way to a command."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Coroutine
from contextlib import nullcontext
from functools import cache
from typing import Any, ClassVar, Final, TypeVar, cast

from rich.text import Text
from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Blur, Key, Resize
from textual.widget import Widget
from textual.widgets import Input, Static

from models.domain.faults import PracticeFault, Unreachable
from models.domain.patience import GivenUp, Patience, WaitGivenUp
from models.domain.place import DEMO_NAME
from models.formats.errors import FormatError
from models.reference.rejections import RejectionBook
from tui.base.desk import Desk
from tui.base.news_screen import NewsScreen
from tui.base.rereading import is_unasked
from tui.dialogs.confirm import Confirm
from tui.dialogs.dialog import INSIDE, Dialog, HelpAsked
from tui.dialogs.notice import Notice
from tui.terminal import pens
from tui.terminal.environment import too_small
from tui.terminal.pace import Weight
from tui.text import display
from tui.text.entries import entries
from tui.text.faults import fault_sentence
from tui.text.sentences import WAITS
from tui.text.title import title
from tui.widgets.key_bar import KeyBar

Result = TypeVar("Result")

SIGN_OF_LIFE: Final = 0.3
"""Seconds after which a command that another desk holds up says so."""

_EVERYWHERE: Final = (
    ("Tab", "À la liste ou au champ d’après ; Maj+Tab : d’avant."),
    ("Ctrl+Q", "Quitter Accueil. Ctrl+L : redessiner. Ctrl+O : verrouiller."),
)


class DeskScreen(NewsScreen, inherit_bindings=False):
    """A screen with a path at the top, a line of news, and its keys at the bottom.

    `PLACE` is the path in the guide's words; `KEYS` are the actions of the bar, in order: each is one of the
    screen's bindings, whose `tooltip` is the help line under F1.
    """

    PLACE: ClassVar[tuple[str, ...]] = ()
    KEYS: ClassVar[tuple[str, ...]] = ()
    WRITES: ClassVar[frozenset[str]] = frozenset()
    """The actions that change the practice without a question: their letter acts only when it comes alone."""
    HELP_LINES: ClassVar[tuple[tuple[str, str], ...]] = ()
    HOLDS: ClassVar[bool] = False
    """Whether an invoice is being changed here: nothing is done with another one from above it."""
    AUTO_FOCUS = ""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "Aide", key_display="F1", tooltip="Montrer toutes les touches de cet écran."),
        Binding("escape", "back", "Retour", key_display="Échap", tooltip="Revenir à l’écran d’avant."),
        Binding("ctrl+q", "leave_program", show=False),
        Binding("tab", "app.focus_next", show=False),
        Binding("shift+tab", "app.focus_previous", show=False),
    ]

    _busy = False
    _begun = -math.inf
    _escaped = False
    _helps = False
    _focused_before: Widget | None = None
    key_bar = getters.query_one(KeyBar)

    @property
    def desk(self) -> Desk:
        """The application, with the practice and the person at the desk."""
        return cast("Desk", self.app)

    @property
    def book(self) -> RejectionBook:
        """What the practice knows of rejections, its own file as it stands now."""
        return self.desk.practice.book.current

    def compose(self) -> ComposeResult:
        """Place, news, the screen's own body, keys."""
        with Vertical(id="desk"):
            yield Static("", id="place")
            yield Static("", id="news")
            yield from self.compose_body()
            yield KeyBar()
        yield Static("", id="small")

    def compose_body(self) -> ComposeResult:
        """What is particular to the screen."""
        yield from ()

    def on_mount(self) -> None:
        """Show the keys as they are now."""
        self.refresh_keys()

    def on_screen_resume(self) -> None:
        """Shown, for the first time or again: others may have worked meanwhile."""
        self.read_again()

    def read_again(self) -> None:
        """Start to read what others change: at each return to the screen, and every minute (see `rereading`)."""

    def on_resize(self, event: Resize) -> None:
        """The title in the width that there is; in a window too small for the screens, one sentence instead of them."""
        self.query_one("#place", Static).update(self._title(event.size.width), layout=False)
        sentence = too_small(event.size.width, event.size.height)
        self.query_one("#small", Static).update(display.text(sentence or ""), layout=False)
        was_small, is_small = self.has_class("small"), sentence is not None
        for dialog in self.query(Dialog):
            dialog.lay_out()
        if is_small and not was_small:
            self._focused_before = self.focused  # what is not shown loses the focus
        self.set_class(is_small, "small")
        if was_small and not is_small:
            self.call_after_refresh(self._focus_again)

    def _title(self, width: int) -> Text:
        """Where one is, and at the right end which practice and who; a demonstration stands out."""
        practice = self.desk.practice_name()
        place, who = title(self.PLACE, practice, self.desk.operator, width)
        line = Text(place.ljust(width - len(who)) + who, no_wrap=True)
        if who.startswith(DEMO_NAME):
            line.stylize(pens.style(pens.DEMO), width - len(who), width - len(who) + len(DEMO_NAME))
        return line

    def _focus_again(self) -> None:
        before, self._focused_before = self._focused_before, None
        if before is not None and before.is_attached:
            self.set_focus(before, scroll_visible=False)

    @property
    def dialog(self) -> Dialog[object] | None:
        """The question that is open, if any."""
        asked = (child for child in reversed(self.children) if isinstance(child, Dialog) and not child.answer.done())
        return next(asked, None)

    def begin(self, work: Coroutine[Any, Any, Any]) -> None:
        """Start what a key asked for; until it is done, no other key of the screen starts anything."""
        self._busy, self._escaped, self._said_at = True, False, None
        self._begun = self.desk.pace.now()
        self.run_worker(self._until_done(work), group="desk")

    async def _until_done(self, work: Coroutine[Any, Any, Any]) -> None:
        try:
            await work
        finally:
            self._busy = False
            if self.is_attached:
                self.refresh_keys()
                self.work_done()

    def work_done(self) -> None:
        """What a key asked for is done; no question is open."""

    def began_since(self, moment: float) -> bool:
        """Whether what is under way was asked for at this moment or later."""
        return self._begun >= moment

    takes_text: ClassVar[bool] = False
    """Whether a text that is typed here has somewhere to go."""

    def take_text(self, text: str) -> None:
        """A text was typed where letters act; lost unless a screen has a filter."""

    def remember(self) -> None:
        """A letter is about to act, perhaps the first one of a text: be ready to put back what it changes."""

    def weight(self, letter: str) -> Weight:
        """What a letter (in lower case) does here."""
        keys = (binding.key.split(",") for action, binding in self.declared().items() if action in self.WRITES)
        return Weight.WRITES if any(letter in names for names in keys) else Weight.SHOWS

    def on_key(self, event: Key) -> None:
        """Escape while a question is on its way answers it: what follows in the same packet must not say OUI.

        PuTTY's function keys in VT100+ mode come as Escape, « O », a letter.
        """
        if event.key == "escape" and self._busy:
            event.stop()
            self.give_up()

    def give_up(self) -> None:
        """Give up the question that is open, or on its way."""
        if self.dialog is not None:
            self.dialog.give_up()
        elif self._busy:
            self._escaped = True

    @property
    def gives_up(self) -> bool:
        """Whether what is under way should end: Escape was pressed meanwhile, or the program is ending."""
        return self._escaped or self.app.return_code is not None

    def heard(self) -> None:
        """Escape has had its effect: it does not answer what is said of it."""
        self._escaped = False

    @property
    def busy(self) -> bool:
        """Whether a question is open or a command is under way."""
        return self._busy or self.dialog is not None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a question is open or a command is under way, no key of the screen starts another."""
        return not self.busy

    def refusal(self, action: str) -> str | None:
        """Why this action cannot be done now, in French; None where it can."""
        return None

    @classmethod
    @cache
    def declared(cls) -> dict[str, Binding]:
        """The desk's bindings of this screen by action: its own first, then those that it shares."""
        found: dict[str, Binding] = {}
        for owner in cls.__mro__:
            if issubclass(owner, DeskScreen):
                for binding in owner.__dict__.get("BINDINGS", ()):
                    found.setdefault(binding.action, binding)
        return found

    @property
    def shown_keys(self) -> tuple[str, ...]:
        """The actions of the bar now, in order."""
        return self.KEYS

    def refresh_keys(self) -> None:
        """Show the bar again, what is off in parentheses."""
        dialog = self.dialog
        if dialog is not None:
            self.key_bar.show((key, does, False) for key, does in dialog.keys)
            return
        bindings = self.declared()
        self.key_bar.show(
            (key_names(bindings[action]), bindings[action].description, self.refusal(action) is not None)
            for action in self.shown_keys
        )

    async def ask(self, dialog: Dialog[Result]) -> Result:
        """Put a question on top, wait for its answer, give the focus back."""
        self._drop_if_left()
        before = self.focused
        dialog.clock = self.desk.pace.now
        mounted = self.mount(dialog)
        # A list goes on marking the row that the question is about; a field must not look as if one typed in it.
        with nullcontext() if isinstance(before, Input) else self.prevent(Blur):
            self.set_focus(dialog.first, scroll_visible=False)  # at once: the keys that follow are for it
        if self._escaped:
            dialog.give_up()
        try:
            await mounted
            self.refresh_keys()  # in the same paint
            return await dialog.answer
        finally:
            if before is not None and before.is_attached:
                self.set_focus(before, scroll_visible=False)
            dialog.display = False  # in the same paint as what is said of the answer; to remove it takes longer
            if self.is_attached:
                self.refresh_keys()
            dialog.remove()

    async def show(self, title: str, *lines: str) -> None:
        """A notice with OK."""
        await self.ask(Notice(title, lines))

    async def perform(self, command: Callable[[], Result]) -> Result | None:
        """Run a command or a query in a thread with its own connection; its refusals are shown.

        Returns:
            The outcome; None where the practice refused and the person was told, unless nobody asked for it, and
            where the person gave it up.
        """
        try:
            outcome = await self._watched(command)
        except GivenUp:
            self._drop_if_left()
            return None
        except (PracticeFault, FormatError) as fault:
            if isinstance(fault, Unreachable) and not self._busy:  # no key asked for it: no question stands in the way
                self.tell_unreachable(fault)
            if is_unasked() or (isinstance(fault, Unreachable) and not self._busy):
                return None
            if isinstance(fault, WaitGivenUp):
                self.heard()
            await self.show("Rien n’a été changé", fault_sentence(fault))
            return None
        self._drop_if_left()
        return outcome

    async def _watched(self, command: Callable[[], Result]) -> Result:
        """Run it in a thread; where another desk holds it up, say so, and let Escape end that."""
        patience = Patience(lambda: self.gives_up)
        with patience.kept():
            work = asyncio.create_task(asyncio.to_thread(self.desk.practice.in_own_connection, command))
        before, said = self.news_told, False
        try:
            while not (await asyncio.wait({work}, timeout=SIGN_OF_LIFE))[0]:
                if patience.waits and not said and not is_unasked():
                    said = True
                    self.tell(WAITS)
        except asyncio.CancelledError:
            work.cancel()
            raise
        if said:
            self.tell(before)
        return work.result()

    def _drop_if_left(self) -> None:
        """End the worker that comes back to a screen that was left meanwhile: its widgets are going, or gone.

        Raises:
            CancelledError: the screen was left. Textual cancels the worker too, but only once the widgets are gone.
        """
        if self not in self.app.screen_stack:
            raise asyncio.CancelledError

    def command_done(self) -> None:
        """A command has run: show what it may have changed."""
        self.read_again()

    def action_back(self) -> None:
        """Leave this screen."""
        self.dismiss()

    @property
    def unsaved(self) -> bool:
        """Whether leaving the program would lose something that was typed here."""
        return False

    def keep_typed(self) -> None:
        """Keep, in place, what is typed here and not saved: the program is about to end."""

    async def forget_typed(self) -> None:
        """What is typed here and not saved is given up."""

    def action_leave_program(self) -> None:
        """Leave the program from wherever one is; where something would be lost, ask first."""
        self.begin(self._leave_program())

    async def _leave_program(self) -> None:
        screens = [screen for screen in self.app.screen_stack if isinstance(screen, DeskScreen)]
        if not any(screen.unsaved for screen in screens) or await self.agrees_to_lose():
            for screen in screens:
                await screen.forget_typed()
            self.app.exit(0)

    async def agrees_to_lose(self) -> bool:
        """Whether what was typed and not saved may be lost: asked before every way out."""
        lost = "Ce que vous avez changé n’est pas enregistré. OUI le perd ; NON revient à la facture (F2 enregistre)."
        return await self.ask(Confirm("Quitter sans enregistrer ?", (lost,)))

    def action_help(self) -> None:
        """All keys of this screen, with what they do."""
        self.begin(self._help())

    @on(HelpAsked)
    def help_with_question(self, event: HelpAsked) -> None:
        """All keys of the question that is open, above it."""
        if not self._helps:
            self._helps = True
            self.run_worker(self._help_with(event), group="desk")

    async def _help_with(self, event: HelpAsked) -> None:
        try:
            await self.ask(Notice(f"Aide : {event.title}", entries(event.lines, INSIDE, label=9)))
        finally:
            self._helps = False

    def help_lines(self) -> list[tuple[str, str]]:
        """Every key that does something here, and what: the screen's own, those of its lists and fields, the shared."""
        own = [(key_names(binding), binding.tooltip) for binding in self.declared().values() if binding.tooltip]
        widgets = (getattr(widget, "KEYS_SAID", None) for widget in self.walk_children(Widget))
        return [*own, *self.HELP_LINES, *dict.fromkeys(said for said in widgets if said is not None), *_EVERYWHERE]

    async def _help(self) -> None:
        keys = self.help_lines()
        if self.news_is_cut:
            keys = [("Message", self.news_told), *keys]
        label = max(len(names) for names, _ in keys) + 1
        await self.ask(Notice(f"Aide : {self.PLACE[-1]}", entries(keys, INSIDE, label=label)))


def key_names(binding: Binding) -> str:
    """How a binding's keys are written in the bar and in the help."""
    return binding.key_display or binding.key
