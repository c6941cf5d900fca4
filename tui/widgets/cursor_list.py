"""Lines of which one has the cursor: how it moves and pages, how the lines are drawn around it."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.terminal import pens
from tui.text import display
from tui.text.positions import Position


class CursorList(Widget, can_focus=True):
    """A list held whole; a subclass says how many lines it has and what stands in each.

    Up and down move the cursor. A subclass with more lines than it shows adds `PAGING` to its bindings.
    """

    KEYS_SAID: ClassVar[tuple[str, str]] = ("Flèches", "D’une ligne à l’autre.")
    """What F1 says of its keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]
    EDGES: ClassVar[list[BindingType]] = [
        Binding("home", "edge(0)", show=False),
        Binding("end", "edge(-1)", show=False),
    ]
    PAGING: ClassVar[list[BindingType]] = [
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        *EDGES,
    ]

    cursor: reactive[int] = reactive(0)

    class Highlighted(Message):
        """The cursor moved, or the lines changed."""

    @property
    def count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    @property
    def room(self) -> int:
        """How many lines are shown under the heading."""
        return max(1, self.size.height - 1)

    @property
    def position(self) -> Position:
        """Where the cursor stands, and whether lines lie beyond the edges."""
        top = max(0, self.cursor - self.room + 1)
        return Position(self.cursor + 1, self.count, top > 0, top + self.room < self.count)

    def validate_cursor(self, cursor: int) -> int:
        """Stay within the lines."""
        return max(0, min(cursor, self.count - 1))

    def watch_cursor(self) -> None:
        """Tell that it moved."""
        self.post_message(self.Highlighted())

    def action_move(self, step: int) -> None:
        """So many lines up or down."""
        self.cursor += step

    def action_page(self, step: int) -> None:
        """As many lines as are shown, up or down."""
        self.cursor += step * self.room

    def action_edge(self, index: int) -> None:
        """To the first line (0) or the last one (-1)."""
        self.cursor = index % max(self.count, 1)

    def line_at(self, y: int) -> int:
        """Which line stands in this row of the widget, below the heading; the window follows the cursor."""
        return y - 1 + max(0, self.cursor - self.room + 1)


def row_pen(*, here: bool, focused: bool) -> str:
    """What a line is written with, by whether the cursor is on it and the list has the keys."""
    return (pens.SELECTED if focused else pens.SELECTED_AWAY) if here else pens.PLAIN


def drawn(text: str, width: int, *, here: bool, focused: bool) -> Strip:
    """A line as it looks with the cursor on it, or without."""
    return Strip([Segment(text, pens.style(row_pen(here=here, focused=focused)))], width)


def heading(text: str, width: int) -> Strip:
    """The line above the others."""
    return Strip([Segment(display.fit(text, width), pens.style(pens.HEADING))], width)


def remark(text: str, width: int) -> Strip:
    """What an empty list says."""
    return Strip([Segment(display.fit(f"  {text}", width))], width)
