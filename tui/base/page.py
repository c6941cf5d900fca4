"""A page to read: a text that scrolls, wrapped again when the window changes."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import getters
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.events import Resize
from textual.widgets import Static

from tui.base.desk_screen import DeskScreen


class Page(DeskScreen):
    """A text in full; arrows, PageUp and PageDown scroll it."""

    KEYS: ClassVar[tuple[str, ...]] = ("help", "back")
    AUTO_FOCUS = "VerticalScroll"
    HELP_LINES = (("Flèches", "Faire défiler."),)

    body = getters.query_one("#page", Static)

    def compose_body(self) -> ComposeResult:
        """The text, which scrolls if it is long."""
        with VerticalScroll():
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
