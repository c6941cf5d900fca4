"""A page to read: a text that scrolls, wrapped again when the window changes."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.events import Resize
from textual.widgets import Static

from tui.base.desk_screen import DeskScreen


class PageScroll(VerticalScroll, inherit_bindings=False):
    """A text that scrolls, up and down only."""

    KEYS_SAID: ClassVar[tuple[str, str]] = ("Flèches", "Faire défiler ; aussi Page préc., Page suiv., Début, Fin.")
    """What F1 says of its keys."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", show=False),
        Binding("down", "scroll_down", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
        Binding("home", "scroll_home", show=False),
        Binding("end", "scroll_end", show=False),
    ]


class Page(DeskScreen):
    """A text in full; arrows, PageUp and PageDown scroll it."""

    KEYS: ClassVar[tuple[str, ...]] = ("help", "back")
    AUTO_FOCUS = "PageScroll"
    body = getters.query_one("#page", Static)

    def compose_body(self) -> ComposeResult:
        """The text, which scrolls if it is long."""
        with PageScroll():
            yield Static("", id="page")

    def on_resize(self, event: Resize) -> None:
        """Wrap again."""
        super().on_resize(event)
        self.show_text()

    def show_text(self) -> None:
        """Show the text as it is now; two cells are left to the scroll bar."""
        self.body.update(self.text(max(self.size.width - 2, 40)))

    def text(self, width: int) -> Text:
        """The text, wrapped in so many cells; nothing unless a page has some."""
        return Text()
