"""A list of which only what is visible is held: it reads the next lines as one moves, whatever its length."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from models.domain.faults import PracticeFault
from tui.text import display
from tui.text.columns import marked
from tui.text.faults import fault_sentence
from tui.widgets.cursor_list import CursorList, drawn, heading, remark

Row = TypeVar("Row")


class PageList(Widget, Generic[Row], can_focus=True):
    """A window on rows in a fixed order; a page is read in place, as in the list of invoices.

    A subclass says how a page is read and how a row is written.
    """

    DEFAULT_CSS = "PageList { height: 1fr; }"

    KEYS_SAID: ClassVar[tuple[str, str]] = ("Flèches", "D’une ligne à l’autre ; Page préc., Page suiv., Début, Fin.")
    """What F1 says of its keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        *CursorList.PAGING,
    ]
    HEADING: ClassVar[str] = ""
    EMPTY: ClassVar[str] = ""

    class Highlighted(Message):
        """The cursor stands on another row, or on none; `fault` where the practice cannot be read."""

        def __init__(self, fault: str) -> None:
            super().__init__()
            self.fault = fault

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.cursor = 0

    def read(self, after: Row | None, limit: int, *, backwards: bool, inclusive: bool) -> list[Row]:
        """At most so many rows that follow (or, backwards, precede) one, in the list's order; None: from its end.

        Raises:
            PracticeFault: the practice cannot be read.
        """
        raise NotImplementedError

    def line(self, row: Row) -> str:
        """A row as it is written."""
        raise NotImplementedError

    @property
    def row(self) -> Row | None:
        """The one under the cursor."""
        return self.rows[self.cursor] if self.rows else None

    @property
    def room(self) -> int:
        """How many are visible under the heading."""
        return max(1, self.size.height - 1)

    def on_resize(self, event: Resize) -> None:
        """Fill the window as it is now."""
        self.reload()

    def reload(self) -> None:
        """Read the window again where it stands, the cursor on the same row."""
        here = self.row
        if here is None:
            self.action_edge(0)
            return
        place = min(self.cursor, self.room - 1)
        above = self._page(here, place, backwards=True) if place else []
        rows = above + self._page(here, self.room - len(above), inclusive=True)
        if len(rows) < self.room:
            before = self._page(rows[0], self.room - len(rows), backwards=True) if rows else []
            rows, above = before + rows, before + above
        self._show(rows, len(above))

    def action_edge(self, index: int) -> None:
        """To the first (0) or to the last (-1)."""
        rows = self._page(None, self.room, backwards=index < 0)
        self._show(rows, 0 if index == 0 else len(rows) - 1)

    def action_move(self, step: int) -> None:
        """One up or down; at the edge the window moves by one."""
        place = self.cursor + step
        if 0 <= place < len(self.rows):
            self._show(self.rows, place)
        elif self.rows and (more := self._page(self.rows[-1 if step > 0 else 0], 1, backwards=step < 0)):
            rows = [*self.rows, *more][-self.room :] if step > 0 else [*more, *self.rows][: self.room]
            self._show(rows, len(rows) - 1 if step > 0 else 0)

    def action_page(self, step: int) -> None:
        """A window further; at the end, the last window."""
        if not self.rows:
            return
        more = self._page(self.rows[-1 if step > 0 else 0], self.room, backwards=step < 0)
        if len(more) == self.room:
            self._show(more, self.cursor)
        else:
            self.action_edge(-1 if step > 0 else 0)

    def _page(self, after: Row | None, limit: int, *, backwards: bool = False, inclusive: bool = False) -> list[Row]:
        try:
            return self.read(after, limit, backwards=backwards, inclusive=inclusive)
        except PracticeFault as fault:
            self.post_message(self.Highlighted(fault_sentence(fault)))
            return []

    def _show(self, rows: list[Row], place: int) -> None:
        self.rows = rows
        self.cursor = min(max(place, 0), max(len(rows) - 1, 0))
        self.refresh()
        self.post_message(self.Highlighted(""))

    def render_line(self, y: int) -> Strip:
        """The heading, a row, or what an empty list says."""
        width = self.size.width
        if y == 0:
            return heading(f"  {self.HEADING}", width)
        if y - 1 < len(self.rows):
            here = y - 1 == self.cursor
            text = display.fit(marked(self.line(self.rows[y - 1]), here=here), width)
            return drawn(text, width, here=here, focused=self.has_focus)
        if not self.rows and y == 2:
            return remark(self.EMPTY, width)
        return Strip.blank(width)
