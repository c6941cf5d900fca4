"""Textual's Linux driver, made fit for a surgery's lines: PuTTY, SSH, hang-ups.

What differs from textual 8.2.8, and why:

- Keys go through `tui.terminal.keys`: no byte ends the program (Textualize/textual#6456), Escape is quick.
- The thread that reads keys sleeps until something comes. Textual's wakes ten times a second, decides a lone
  ESC at such a tick only, whatever ESCDELAY says, and the program's end waits for two of them.
- A line that is gone (end of file or EIO) ends the program. Textual's thread spins at full CPU on it, and its
  writer dies on the first write, after which the program blocks on a queue that nobody empties.
- It keeps the painter, which knows what the terminal shows, and gives the terminal back with the plain pen.
- A terminal that was taken early (see `tui.terminal.early`) keeps what it shows, and is given back as it was before.
"""

import contextlib
import io
import os
import selectors
import sys
import termios
import tty
from typing import Any, ClassVar

from textual import constants
from textual.app import App
from textual.events import Key, Paste
from textual.message import Message

from tui.terminal import early
from tui.terminal.cells import RESET
from tui.terminal.environment import Terminal
from tui.terminal.keys import ASK, HELD, KeyDecoder, KeyParser
from tui.terminal.painter import Painter
from tui.terminal.textual_insides import OpenDriver
from tui.terminal.typed_ahead import TypedAhead

HUNG_UP = 129
"""Exit code after the line is gone: 128 + SIGHUP, as a shell reports it."""


class TerminalDriver(OpenDriver):
    """Reads keys from, and paints on, the terminal that the program was started in."""

    ASKS_FOR_ESCAPE: ClassVar[bool] = True
    """Whether the terminal is asked where a lone ESC ends (see `tui.terminal.keys`)."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        if sys.__stderr__ is not None:
            line = io.BufferedWriter(_Line(sys.__stderr__.fileno(), "wb", closefd=False))
            self.write_to(io.TextIOWrapper(line, encoding="utf-8", errors="replace"))
        self._woken, self._wake = os.pipe()
        self._keeps_screen = False
        self.typed_ahead = TypedAhead(app.post_message)
        terminal = getattr(app, "terminal", None)
        self.painter = Painter(ascii_signs=isinstance(terminal, Terminal) and terminal.ascii_signs)

    def send_message(self, message: Message) -> None:
        """Hand a message to the app; a key or a paste only once the one before has had its effect."""
        if isinstance(message, Key | Paste):
            self.call_in_loop(self.typed_ahead.put, message)
        else:
            super().send_message(message)

    def start_application_mode(self) -> None:
        """Take the terminal over. A line feed then only feeds a line: CR LF costs two bytes, not three."""
        taken = early.taken()
        self._keeps_screen = taken is not None
        if taken is None:
            self.painter.forget()
        else:
            self.painter = taken.painter
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if taken is not None:
            self.attrs_before = taken.modes
            self._keeps_screen = False
            self.painter.doubt(*early.ASIDE, early.DOUBTED)
            early.hand_over()
        with contextlib.suppress(termios.error):
            modes = termios.tcgetattr(self.fileno)
            modes[tty.OFLAG] &= ~termios.OPOST
            termios.tcsetattr(self.fileno, termios.TCSANOW, modes)

    def write(self, data: str) -> None:
        """Write on the terminal; not what would clear the page that it shows already."""
        if not (self._keeps_screen and data == early.ALTERNATE):
            super().write(data)

    def come_back(self) -> None:
        """Come back only from where the terminal was given back: a service that stops sends SIGCONT after SIGTERM.

        Textual's would start a second time, and take the modes that it set for those that it found.
        """
        if self.was_suspended:
            super().come_back()

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        if self.has_terminal:
            self.write(RESET)
        super().stop_application_mode()

    def disable_input(self) -> None:
        """Stop reading keys, at once."""
        os.write(self._wake, b"x")
        super().disable_input()
        os.read(self._woken, 1)

    def run_input_thread(self) -> None:
        """Read keys until the program ends, or the line does."""
        decoder = KeyDecoder()
        parser = KeyParser(self._ask if self.ASKS_FOR_ESCAPE else None)
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            while True:
                wait = max(HELD, constants.ESCAPE_DELAY) if decoder.holds else parser.wait()
                ready = {key.fd for key, _ in selector.select(wait)}
                if self._woken in ready:
                    return
                if self.fileno in ready:
                    data = self._read()
                    if not data:
                        self.end_app(HUNG_UP)
                        return
                    typed = decoder.decode(data)
                else:
                    typed = decoder.flush()
                if typed:
                    for message in parser.feed(typed):
                        self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)

    def _read(self) -> bytes:
        """What waits on the line; nothing once it is gone."""
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""

    def _ask(self) -> None:
        self.write(ASK)
        self.flush()


class TimedDriver(TerminalDriver):
    """The driver for who set ESCDELAY: that delay alone decides what a lone ESC is."""

    ASKS_FOR_ESCAPE = False


class _Line(io.FileIO):
    """The way to the terminal, which takes what is written to it even after the line is gone."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except OSError:
            return len(data)
