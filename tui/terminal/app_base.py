"""The app without its screens: Textual with this program's driver, colours, signals and manners in a crash."""

import asyncio
from contextvars import copy_context
from typing import Any, ClassVar

from rich.console import RenderableType
from textual.app import App
from textual.binding import Binding, BindingType
from textual.events import Event, Key, Resize
from textual.geometry import Offset
from textual.screen import Screen
from textual.widgets import Input

from tui.terminal import crash, early, painter, signals
from tui.terminal.driver import TerminalDriver, TimedDriver
from tui.terminal.environment import Terminal
from tui.terminal.idle import Idle
from tui.terminal.textual_insides import SYNC_END, SYNC_START, ChopsUpdate, LayoutUpdate, OpenApp
from tui.terminal.theme import ACCUEIL_16

SYNC_FROM = 512
"""Characters from which a frame is worth the two sequences that make a terminal show it all at once."""


class TerminalApp(OpenApp, inherit_bindings=False):
    """An app that can be left on a receptionist's terminal all day.

    None of Textual's own keys is live: its Ctrl+Q ends the program whatever stands unsaved.

    Subclass it and add screens; start it with `run_in_terminal`, and hand its code to `sys.exit`.

    Args:
        terminal: What `environment.prepare` found; None under test, where there is no terminal.
    """

    ENABLE_COMMAND_PALETTE = False  # it offers a picture of the screen, written to disk
    ALLOW_SELECT = False  # a selection copies a NIR to the clipboard of who knows which machine

    # Textual paints an ANSI field's cursor black on white, then in reverse: invisible on a black terminal.
    DEFAULT_CSS = """
    Input:ansi > .input--cursor { background: ansi_default; color: ansi_default; text-style: reverse; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+l", "repaint", show=False)]

    def __init__(self, terminal: Terminal | None = None) -> None:
        self.terminal = terminal
        self._paints_cells = painter.is_at_home()
        self._revealed = False
        self._idle: Idle | None = None
        asks = terminal is None or terminal.asks_for_escape
        # The filters for NO_COLOR are chosen in App.__init__: only an app of ANSI colours then gets none at all.
        super().__init__(driver_class=TerminalDriver if asks else TimedDriver, ansi_color=True)
        self.do_without_pop_ups()
        self.register_theme(ACCUEIL_16)
        self.set_reactive(App.theme, ACCUEIL_16.name)
        self.stylesheet.set_variables(self.get_css_variables())

    def run_in_terminal(self) -> int:
        """Run until the end; the exit code of the process, 0 only if all went well."""
        self.run(mouse=self.terminal is not None and self.terminal.mouse)
        return self.return_code or 0

    def on_load(self) -> None:
        """Before the terminal is taken over: be ready to give it back."""
        self.of_no_screen = copy_context()
        crash.silence_loop(asyncio.get_running_loop())
        if not self.is_headless:
            signals.install(self)

    def on_ready(self) -> None:
        """Once the first screen has what it shows, send it: its making is no sight, and would cost bytes."""
        self.call_after_refresh(self._reveal)

    def _reveal(self) -> None:
        self._revealed = True
        if not self.is_headless:
            self._idle = Idle(self.load_gestures)
        line = self._line
        if line is not None:
            self._send(line)
        if isinstance(self.driver, TerminalDriver):
            self.driver.typed_ahead.open()

    def load_gestures(self) -> None:
        """Load what the gestures of the day need, in a thread: the first of each would wait for it."""

    async def on_event(self, event: Event) -> None:
        """Nothing is swept up while one types."""
        if self._idle is not None and isinstance(event, Key):
            self._idle.key()
        await super().on_event(event)

    def on_resize(self, event: Resize) -> None:
        """The terminal may have moved or lost what it showed, even where it is back at its size of before."""
        line = self._line
        if line is not None and (self._revealed or event.size != line.painter.size):
            line.painter.forget()
            if event.size == line.painter.size:
                self._send(line)

    def action_repaint(self) -> None:
        """Paint the whole screen again, after something else wrote on the terminal."""
        line = self._line
        if line is not None:
            line.painter.forget()
            self._send(line)

    @property
    def _line(self) -> TerminalDriver | None:
        """The driver, where the painter of this program does the painting and may do it now."""
        driver = self.driver
        return driver if self._paints_cells and self.may_paint and isinstance(driver, TerminalDriver) else None

    def take_frame(self, screen: Screen[Any], renderable: RenderableType | None) -> bool:
        """Send a frame of the compositor down the line: only the cells that differ (see `painter`).

        Takes the place of Textual's, which does the same with whole lines.
        """
        line = self._line
        if line is None or not isinstance(renderable, LayoutUpdate | ChopsUpdate):
            return False
        line.painter.take(renderable, self.screen.outer_size, self.colour_system)
        if self._revealed:
            self._send(line)
        return True

    def _send(self, line: TerminalDriver) -> None:
        """Bring the terminal up to date; its cursor goes where a field has its own, for who reads by ear or finger."""
        cursor = None
        if isinstance(self.focused, Input):
            # At the end of its text Textual tells the cell after the one that it paints the cursor in.
            column, row = self.focused.cursor_screen_offset - Offset(self.focused.cursor_at_end, 0)
            column, row = self.screen.outer_size.clamp_offset(Offset(column, row))
            cursor = row, column
        frame = line.painter.paint(cursor)
        if not frame:
            return
        if self.shows_at_once and len(frame) >= SYNC_FROM:
            frame = f"{SYNC_START}{frame}{SYNC_END}"
        line.write(frame)
        line.flush()

    def copy_to_clipboard(self, text: str) -> None:
        """Copy nothing: OSC 52 puts a field's content on the clipboard of whatever machine is at the other end."""

    def end_after(self, error: BaseException | None) -> None:
        """End the app after an exception, with a report that holds no value."""
        self.end_with(crash.FAILURE, crash.report(error))

    def say_at_the_end(self) -> RenderableType | None:
        """Say it on the terminal as it was found."""
        early.give_back()
        return super().say_at_the_end()
