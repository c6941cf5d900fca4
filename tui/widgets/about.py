"""What is known of the selected line, under its list: words and their sentences, wrapped."""

from __future__ import annotations

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from tui.text.entries import entries
from tui.text.positions import Position, rule


class About(Widget):
    """A few lines; the later sentences are shortened where there is no room."""

    DEFAULT_CSS = "About { height: 25vh; min-height: 6; max-height: 10; }"

    said: reactive[tuple[tuple[str, str], ...]] = reactive(())
    """Each word and what is said of it."""
    position: reactive[Position | None] = reactive(None)
    """Where the list above stands, if it says so."""

    def render(self) -> Text:
        """The line under the list, then the sentences, wrapped in the width that there is."""
        width = self.size.width
        line = "─" * width if self.position is None else rule(self.position, width)
        said = entries(self.said, width, label=10, room=self.size.height - 1)
        return Text.assemble(line, "\n", said, no_wrap=True, overflow="ellipsis")
