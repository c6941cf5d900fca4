"""A short list of lines of text with a cursor: lots, returns, answers; a few hundred lines at most."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.text import display


class TextList(Widget, can_focus=True):
    """Lines under a heading. `Highlighted` follows the cursor.

    Args:
        heading: the line above.
        empty: what is said where there is no line.
    """

    DEFAULT_CSS = "TextList { height: 1fr; }"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "move(-10)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("home", "move(-10000)", show=False),
        Binding("end", "move(10000)", show=False),
    ]

    lines: reactive[tuple[str, ...]] = reactive(())
    cursor: reactive[int] = reactive(0)

    class Highlighted(Message):
        """The cursor moved, or the lines changed."""

    def __init__(self, heading: str, empty: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.heading = heading
        self.empty = empty

    def validate_cursor(self, cursor: int) -> int:
        """Stay within the lines."""
        return max(0, min(cursor, len(self.lines) - 1))

    def watch_lines(self) -> None:
        """Keep the cursor within what is left."""
        self.cursor = self.validate_cursor(self.cursor)
        self.post_message(self.Highlighted())

    def watch_cursor(self) -> None:
        """Tell that it moved."""
        self.post_message(self.Highlighted())

    def action_move(self, step: int) -> None:
        """So many lines up or down."""
        self.cursor += step

    def render_line(self, y: int) -> Strip:
        """The heading, then the lines around the cursor."""
        width = self.size.width
        if y == 0:
            return Strip([Segment(display.fit("  " + self.heading, width), Style(bold=True))], width)
        room = max(1, self.size.height - 1)
        index = y - 1 + max(0, self.cursor - room + 1)
        if index < len(self.lines):
            here = index == self.cursor
            style = Style(reverse=here and self.has_focus, bold=here and not self.has_focus)
            return Strip([Segment(display.fit(("▸ " if here else "  ") + self.lines[index], width), style)], width)
        if not self.lines and y == 2:
            return Strip([Segment(display.fit("  " + self.empty, width), Style())], width)
        return Strip.blank(width)
