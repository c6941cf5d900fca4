"""What is known of the selected line, under its list: words and their sentences, wrapped."""

from __future__ import annotations

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from tui.text.entries import entries


class About(Widget):
    """A few lines; the later sentences are shortened where there is no room."""

    DEFAULT_CSS = "About { height: 25vh; min-height: 6; max-height: 10; border-top: solid ansi_default; }"

    said: reactive[tuple[tuple[str, str], ...]] = reactive(())
    """Each word and what is said of it."""

    def render(self) -> Text:
        """The sentences, wrapped in the width that there is."""
        return entries(self.said, self.size.width, label=10, room=self.size.height)
