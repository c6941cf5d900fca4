"""The list of the returns that were read: it holds those that are visible and asks for the next ones as one moves."""

from __future__ import annotations

from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from models.domain.faults import PracticeFault
from models.queries.received_returns import ReceivedReturn, returns_page
from tui.text import display
from tui.text.columns import marked
from tui.text.faults import fault_sentence
from tui.text.movements import return_line
from tui.widgets.cursor_list import CursorList, drawn, heading, remark

_EMPTY: Final = "Aucun retour n’a été relevé."


class ReturnList(Widget, can_focus=True):
    """A window on the returns, the latest first; a page is read in place, as in the list of invoices."""

    DEFAULT_CSS = "ReturnList { height: 1fr; }"

    KEYS_SAID: ClassVar[tuple[str, str]] = ("Flèches", "D’un retour à l’autre ; Page préc., Page suiv., Début, Fin.")
    """What F1 says of its keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        *CursorList.PAGING,
    ]

    class Highlighted(Message):
        """The cursor stands on another return, or on none; `fault` where the practice cannot be read."""

        def __init__(self, received: ReceivedReturn | None, fault: str) -> None:
            super().__init__()
            self.received, self.fault = received, fault

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[ReceivedReturn] = []
        self.cursor = 0

    @property
    def row(self) -> ReceivedReturn | None:
        """The return under the cursor."""
        return self.rows[self.cursor] if self.rows else None

    @property
    def room(self) -> int:
        """How many are visible under the heading."""
        return max(1, self.size.height - 1)

    def on_resize(self, event: Resize) -> None:
        """Fill the window as it is now."""
        self.reload()

    def reload(self) -> None:
        """Read the window again where it stands, the cursor on the same return."""
        here = self.row
        if here is None:
            self.action_edge(0)
            return
        place = min(self.cursor, self.room - 1)
        above = self._page(here.id, place, backwards=True) if place else []
        rows = above + self._page(here.id, self.room - len(above), inclusive=True)
        if len(rows) < self.room:
            before = self._page(rows[0].id, self.room - len(rows), backwards=True) if rows else []
            rows, above = before + rows, before + above
        self._show(rows, len(above))

    def action_edge(self, index: int) -> None:
        """To the latest (0) or to the oldest (-1)."""
        rows = self._page(None, self.room, backwards=index < 0)
        self._show(rows, 0 if index == 0 else len(rows) - 1)

    def action_move(self, step: int) -> None:
        """One up or down; at the edge the window moves by one."""
        place = self.cursor + step
        if 0 <= place < len(self.rows):
            self._show(self.rows, place)
        elif self.rows and (more := self._page(self.rows[-1 if step > 0 else 0].id, 1, backwards=step < 0)):
            rows = [*self.rows, *more][-self.room :] if step > 0 else [*more, *self.rows][: self.room]
            self._show(rows, len(rows) - 1 if step > 0 else 0)

    def action_page(self, step: int) -> None:
        """A window further; at the end, the last window."""
        if not self.rows:
            return
        more = self._page(self.rows[-1 if step > 0 else 0].id, self.room, backwards=step < 0)
        if len(more) == self.room:
            self._show(more, self.cursor)
        else:
            self.action_edge(-1 if step > 0 else 0)

    def _page(
        self, after: int | None, limit: int, *, backwards: bool = False, inclusive: bool = False
    ) -> list[ReceivedReturn]:
        try:
            return returns_page(after, limit, backwards=backwards, inclusive=inclusive)
        except PracticeFault as fault:
            self.post_message(self.Highlighted(None, fault_sentence(fault)))
            return []

    def _show(self, rows: list[ReceivedReturn], place: int) -> None:
        self.rows = rows
        self.cursor = min(max(place, 0), max(len(rows) - 1, 0))
        self.refresh()
        self.post_message(self.Highlighted(self.row, ""))

    def render_line(self, y: int) -> Strip:
        """The heading, a return, or what an empty list says."""
        width = self.size.width
        if y == 0:
            return heading("  Date       Retour", width)
        if y - 1 < len(self.rows):
            here = y - 1 == self.cursor
            text = display.fit(marked(return_line(self.rows[y - 1]), here=here), width)
            return drawn(text, width, here=here, focused=self.has_focus)
        if not self.rows and y == 2:
            return remark(_EMPTY, width)
        return Strip.blank(width)
