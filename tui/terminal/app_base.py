"""The app without its screens: Textual with this program's driver, colours, signals and manners in a crash."""

import asyncio
import gc

from rich.console import RenderableType
from rich.text import Text
from textual.app import App

from tui.terminal import crash, signals
from tui.terminal.driver import TerminalDriver, TimedDriver
from tui.terminal.environment import Terminal
from tui.terminal.theme import ACCUEIL_16


class TerminalApp(App[int]):
    """An app that can be left on a receptionist's terminal all day.

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

    def __init__(self, terminal: Terminal | None = None) -> None:
        self.terminal = terminal
        asks = terminal is None or terminal.asks_for_escape
        # The filters for NO_COLOR are chosen in App.__init__: only an app of ANSI colours then gets none at all.
        super().__init__(driver_class=TerminalDriver if asks else TimedDriver, ansi_color=True)
        self.register_theme(ACCUEIL_16)
        self.set_reactive(App.theme, ACCUEIL_16.name)
        self.stylesheet.set_variables(self.get_css_variables())

    def run_in_terminal(self) -> int:
        """Run until the end; the exit code of the process, 0 only if all went well."""
        self.run(mouse=self.terminal is not None and self.terminal.mouse)
        return self.return_code or 0

    def on_load(self) -> None:
        """Before the terminal is taken over: be ready to give it back."""
        crash.silence_loop(asyncio.get_running_loop())
        if not self.is_headless:
            signals.install(self)

    def on_ready(self) -> None:
        """After the first paint: what lives now lives to the end, so no collection need look at it again."""
        self.call_after_refresh(_freeze)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy nothing: OSC 52 puts a field's content on the clipboard of whatever machine is at the other end."""

    def panic(self, *renderables: RenderableType) -> None:
        """End the app after an error, with a report that holds no value; what was to be shown is not."""
        self._fatal_error()

    def _fatal_error(self) -> None:
        """End the app after an exception, with a report that holds no value."""
        self._return_code = crash.FAILURE
        self._exit_renderables.append(Text(crash.report(self._exception)))
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        """Print the first thing left to say, without Textual's advice to its developers."""
        if self._exit_renderables:
            self.error_console.print(self._exit_renderables[0], soft_wrap=True)
        self._exit_renderables.clear()


def _freeze() -> None:
    """Spare each key the collector's pauses: 25 ms down to 3 ms, measured."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
