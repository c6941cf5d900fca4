"""Textual's insides, each private name of them that this program leans on, under a public name: here and nowhere else.

They are those of the one version that `pyproject.toml` names; `tests/terminal/test_textual_insides.py` asks for each.
What a subclass may change is a method without an underscore, that does by itself what Textual does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from io import TextIOWrapper
from typing import Any, Final

from rich.color import ColorSystem
from rich.console import RenderableType
from rich.style import Style
from rich.text import Text
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual._parser import ParseTimeout
from textual._styles_cache import StylesCache
from textual._time import get_time
from textual._xterm_parser import SPECIAL_SEQUENCES, XTermParser
from textual.app import App
from textual.await_remove import AwaitRemove
from textual.dom import DOMNode
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key, ScreenResume
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget

__all__ = [
    "SPECIAL_SEQUENCES",
    "SYNC_END",
    "SYNC_START",
    "ChopsUpdate",
    "LayoutUpdate",
    "OpenApp",
    "OpenDriver",
    "OpenParser",
    "OpenScreen",
    "forget_left_widgets",
    "get_time",
    "written_sgr",
]


LONGEST_MOUNT: Final = 5.0
"""Seconds after which a screen that still has no widgets gets no key."""


def written_sgr(style: Style) -> str | None:
    """The SGR parameters that a style was written with before; None where it was not yet."""
    return style._ansi


def forget_left_widgets() -> None:
    """Let go of the lines that widgets drew which are gone: a cache of a method keeps the last thousand of them."""
    StylesCache.get_inner_outer.cache_clear()


class OpenParser(XTermParser):
    """Textual's parser of what a terminal sends."""

    @property
    def waits_until(self) -> float | None:
        """When what is held is given out as it is; None where nothing is held."""
        return self._timeout_time

    @waits_until.setter
    def waits_until(self, moment: float | None) -> None:
        self._timeout_time = moment

    def give_out_held(self) -> Iterator[Message]:
        """Wait no longer: what is held is given out as it is."""
        self._timeout_time = None
        self._awaiting = self._gen.throw(ParseTimeout())
        while self._tokens:
            yield self._tokens.popleft()

    def keys_of(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        """The keys that a sequence of characters means."""
        return super()._sequence_to_key_events(sequence, alt)

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        return self.keys_of(sequence, alt)


class OpenDriver(LinuxDriver):
    """Textual's driver for a terminal."""

    def write_to(self, file: TextIOWrapper) -> None:
        """Paint there."""
        self._file = file

    @property
    def has_terminal(self) -> bool:
        """Whether the terminal was taken over and not given back."""
        return self._writer_thread is not None

    @property
    def was_suspended(self) -> bool:
        """Whether the terminal was given back for a while (Ctrl+Z), to come back to."""
        return self._must_signal_resume

    def call_in_loop(self, call: Callable[..., object], *arguments: object) -> None:
        """Have the app's loop call this, from any thread."""
        self._loop.call_soon_threadsafe(call, *arguments)

    def end_app(self, code: int) -> None:
        """End the app with this exit code, from any thread."""
        self.call_in_loop(self._app.exit, None, code)

    def come_back(self) -> None:
        """The process goes on after it was stopped: take the terminal over again."""
        super()._sigcont_application()

    def _sigcont_application(self, *_: object) -> None:
        self.come_back()

    def _run_input_thread(self) -> None:
        """Hand what goes wrong in the thread to the app, which reports it without any value (see `crash`)."""
        try:
            self.run_input_thread()
        except Exception as error:  # noqa: BLE001
            self.call_in_loop(self._app._handle_exception, error)


class OpenScreen(Screen[ScreenResultType], inherit_bindings=False):
    """Textual's screen, that does once what Textual does twice while it opens."""

    def _on_screen_resume(self, event: ScreenResume) -> None:
        """At its first showing it is laid out once, when its widgets are there, with the styles that they came with."""
        if not self._size:
            event.prevent_default()
            self.stack_updates += 1
            self._update_auto_focus()
            self.refresh(layout=True)

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        """Not laid out before, it is as large as the terminal."""
        super()._refresh_layout(size or self.outer_size or self.app.size, scroll)

    def _screen_resized(self, size: Size) -> None:
        """Laid out at that size already, by what told of it."""
        if size != self._compositor.size:
            super()._screen_resized(size)


class OpenApp(App[int]):
    """Textual's app."""

    @property
    def driver(self) -> Driver | None:
        """The driver of the terminal; None before there is one."""
        return self._driver

    @property
    def may_paint(self) -> bool:
        """Whether a frame may be shown now: the app runs, and nothing holds the paint back."""
        return self._running and not self._closed and not self._batch_count

    @property
    def colour_system(self) -> ColorSystem:
        """How colours are coded on this terminal."""
        return self.console._color_system or ColorSystem.TRUECOLOR

    @property
    def shows_at_once(self) -> bool:
        """Whether the terminal can be told to show a frame all at once."""
        return self._sync_available

    async def screen_is_there(self) -> bool:
        """Whether the screen on top has its widgets; waited for, as a key may open it right before the next one."""
        if not self.screen.is_mounted:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.screen._mounted_event.wait(), LONGEST_MOUNT)
        return self.screen.is_mounted

    def do_without_pop_ups(self) -> None:
        """Screens get none of Textual's own notices and tooltips: two widgets less to mount and lay out on each."""
        self._disable_notifications = self._disable_tooltips = True

    def _prune(self, *nodes: Widget, parent: DOMNode | None = None) -> AwaitRemove:
        """A screen that is left: what is shown under it is painted by then, and its focus goes with it."""
        left = [node for node in nodes if isinstance(node, Screen)]
        for screen in left:
            screen.set_reactive(Screen.focused, None)
        return super()._prune(*nodes, parent=None if left else parent)

    def take_frame(self, screen: Screen[Any], renderable: RenderableType | None) -> bool:
        """Show a frame of the compositor in another way than Textual's; False leaves it to Textual."""
        return False

    def end_after(self, error: BaseException | None) -> None:
        """End the app after an exception."""
        super()._fatal_error()

    def end_with(self, code: int, said: str) -> None:
        """End the app with this exit code and this to say once the terminal is given back."""
        self._return_code = code
        self._exit_renderables.append(Text(said))
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """End the app after an error; what was to be shown is not, as it may hold values."""
        self.end_after(self._exception)

    def say_at_the_end(self) -> RenderableType | None:
        """What there is to say once the terminal is given back: the first thing that was left."""
        return next(iter(self._exit_renderables), None)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        try:
            if self.take_frame(screen, renderable):
                self.post_display_hook()
                return
        except Exception as error:  # noqa: BLE001
            self._handle_exception(error)
            self.post_display_hook()
            return
        super()._display(screen, renderable)

    def _fatal_error(self) -> None:
        self.end_after(self._exception)

    def _print_error_renderables(self) -> None:
        """Without Textual's advice to its developers."""
        said = self.say_at_the_end()
        if said is not None:
            self.error_console.print(said, soft_wrap=True)
        self._exit_renderables.clear()
