"""A short list of lines of text with a cursor: lots, returns, answers; a few hundred lines at most."""

from __future__ import annotations

from textual.reactive import reactive
from textual.strip import Strip

from tui.text import display
from tui.widgets.cursor_list import CursorList, drawn, heading, remark


class TextList(CursorList):
    """Lines under a heading. `Highlighted` follows the cursor.

    Args:
        heading: the line above.
        empty: what is said where there is no line.
    """

    DEFAULT_CSS = "TextList { height: 1fr; }"

    BINDINGS = CursorList.PAGING

    lines: reactive[tuple[str, ...]] = reactive(())

    def __init__(self, heading: str, empty: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.heading = heading
        self.empty = empty

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.lines)

    def reread(self, lines: tuple[str, ...]) -> None:
        """Show the lines as they are read now; the cursor stays on its line wherever that stands."""
        here = self.lines[self.cursor] if self.cursor < self.count else None
        self.lines = lines
        if here in lines and lines[self.cursor] != here:
            self.cursor = lines.index(here)

    def watch_lines(self) -> None:
        """Keep the cursor within what is left."""
        self.cursor = self.validate_cursor(self.cursor)
        self.post_message(self.Highlighted())

    def render_line(self, y: int) -> Strip:
        """The heading, then the lines around the cursor."""
        width = self.size.width
        if y == 0:
            return heading("  " + self.heading, width)
        index = self.line_at(y)
        if index < len(self.lines):
            here = index == self.cursor
            text = display.fit(("▸ " if here else "  ") + self.lines[index], width)
            return drawn(text, width, here=here, focused=self.has_focus)
        if not self.lines and y == 2:
            return remark(self.empty, width)
        return Strip.blank(width)
