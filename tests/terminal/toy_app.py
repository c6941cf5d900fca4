"""The apps of `tests.terminal.toy`."""

import asyncio
import threading
from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key
from textual.widgets import Button, Input, OptionList, Static

from tests.terminal.toy import CANARY
from tui.terminal.app_base import TerminalApp
from tui.terminal.environment import Terminal


class Keys(TerminalApp):
    """Writes down the keys that come; `q` ends."""

    def compose(self) -> ComposeResult:
        yield Static("prêt", id="log", markup=False)

    def on_mount(self) -> None:
        self.heard: list[str] = []

    def on_key(self, event: Key) -> None:
        event.stop()
        if event.key == "q":
            self.exit(return_code=0)
        self.heard.append(event.key)
        self.query_one("#log", Static).update(" ".join(["touches", *self.heard, "."]))


class CalmInput(Input):
    cursor_blink = False


class Field(TerminalApp):
    """A field with the focus, and every widget that a theme colours."""

    def compose(self) -> ComposeResult:
        yield CalmInput("prêt")
        yield OptionList("un", "deux")
        yield Button("OUI", variant="error")
        yield Button("NON", variant="primary")


class Copying(Field):
    """Copies its field, as Ctrl+C in an Input does, and says so."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f5", "copy", priority=True)]

    def action_copy(self) -> None:
        self.copy_to_clipboard(CANARY)
        self.query_one(Input).value = "copié"


class Crash(TerminalApp):
    """Fails with a NIR in the message and in a local variable."""

    def compose(self) -> ComposeResult:
        yield Static("prêt")

    def on_key(self, event: Key) -> None:
        nir = CANARY
        if event.key == "w":
            self.fail_in_worker()
        elif event.key == "m":
            self.query_one(Static).update(f"[/] {nir}")  # MarkupError knows how to render itself
        elif event.key == "p":
            self.panic(f"panic {nir}")
        elif event.key == "t":
            threading.Thread(target=self.fail_in_thread).start()
        elif event.key == "c":
            asyncio.get_running_loop().call_soon(self.fail_in_thread)
        else:
            raise KeyError(f"no such patient: {nir}") from ValueError(nir)

    @work(thread=True)
    def fail_in_worker(self) -> None:
        nir = CANARY
        raise RuntimeError(f"worker: {nir}")

    def fail_in_thread(self) -> None:
        nir = CANARY
        raise RuntimeError(f"thread: {nir}")


class Compose(TerminalApp):
    """Fails before there is anything to see."""

    def compose(self) -> ComposeResult:
        nir = CANARY
        raise LookupError(nir)


class Stylesheet(TerminalApp):
    """Has a style sheet that does not parse."""

    CSS = f"Static {{ width: {CANARY}zz; }}"


SCENES: dict[str, Callable[[Terminal], TerminalApp]] = {
    "keys": Keys,
    "field": Field,
    "copying": Copying,
    "crash": Crash,
    "compose": Compose,
    "stylesheet": Stylesheet,
}
