"""The list of invoices: it holds the rows that are visible and asks the practice for the next ones as one moves."""

from __future__ import annotations

from typing import Any, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.events import Click, Resize
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from models.domain.faults import PracticeFault
from models.queries.invoice_row import InvoiceRow, ListView
from models.queries.windows import page, row_at
from tui.terminal import pens
from tui.text.columns import Column, headings, line, marked, pieces, widths
from tui.text.faults import fault_sentence
from tui.text.positions import Position
from tui.widgets.cursor_list import heading, remark, row_pen

_NO_MATCH = "Aucune facture ne répond à ce filtre."


class InvoiceList(Widget, can_focus=True):
    """A window on a list of any length. Its first line is the headings; the rest are rows.

    The page is read in place: a keyset page costs next to nothing at any length (the one exception to the rule
    that queries run in workers).
    """

    DEFAULT_CSS = "InvoiceList { height: 1fr; }"

    KEYS_SAID: ClassVar[tuple[str, str]] = (
        "Flèches",
        "D’une ligne à l’autre ; Page préc., Page suiv., Début, Fin.",
    )
    """What F1 says of its keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
        Binding("enter", "choose", show=False),
    ]

    view: reactive[ListView] = reactive(ListView(), init=False, repaint=False)
    """Which list, in which order, with which filter."""

    class Highlighted(Message):
        """The cursor stands on another row, or on none."""

        def __init__(self, row: InvoiceRow | None) -> None:
            super().__init__()
            self.row = row

        def can_replace(self, message: Message) -> bool:
            """Only the last one counts."""
            return isinstance(message, InvoiceList.Highlighted)

    class Vanished(Message):
        """The row under the cursor left the list, and no key moved the cursor: another one stands there, or none."""

    class Moved(Message):
        """The list stands elsewhere, or says better where (`position`)."""

        def can_replace(self, message: Message) -> bool:
            """Only the last one counts."""
            return isinstance(message, InvoiceList.Moved)

    class Picked(Message):
        """Others are marked than before."""

    class Chosen(Message):
        """Enter was pressed on a row."""

        def __init__(self, row: InvoiceRow) -> None:
            super().__init__()
            self.row = row

    class Unreadable(Message):
        """The practice could not be read; the sentence says why and what to do."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    def __init__(self, view: ListView, columns: tuple[Column, ...], empty: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(InvoiceList.view, view)
        self.columns = columns
        self.empty = empty
        self.rows: list[InvoiceRow] = []
        self.cursor = 0
        self.fault = ""
        self.preceding: int | None = 0
        """How many rows of the list stand before the first one that is shown."""
        self.total: int | None = None
        self.picked: dict[int, InvoiceRow] = {}
        """The marked invoices by their id, each as it was read when it was marked."""
        self._told: InvoiceRow | None = None
        self._fitted: tuple[int, list[int]] = 0, []

    @property
    def row(self) -> InvoiceRow | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.rows else None

    @property
    def room(self) -> int:
        """How many rows are visible."""
        return max(1, self.size.height - 1)

    @property
    def position(self) -> Position:
        """Where the cursor stands in the whole list."""
        before, shown, total = self.preceding, len(self.rows), self.total
        if before is None:
            return Position(None, total, True, shown == self.room)
        row = before + self.cursor + 1 if self.rows else None
        return Position(row, total, before > 0, shown == self.room if total is None else before + shown < total)

    def stand(self, row: InvoiceRow | None, preceding: int | None, total: int | None) -> None:
        """Take what was counted: so many rows precede this one, so many there are; None where nobody counts them."""
        at = next((index for index, shown in enumerate(self.rows) if row is not None and shown.id == row.id), None)
        self.total = total
        if preceding is not None and at is not None:
            self.preceding = max(preceding - at, 0)
        self.post_message(self.Moved())

    def watch_view(self, before: ListView, now: ListView) -> None:
        """What a filter finds from its beginning, the most exact first; else the cursor stays on its invoice."""
        if now.typed != before.typed:
            self.total = None
        if now.typed and now.typed != before.typed:
            self.action_first()
        else:
            self.preceding = None
            self.reload()

    def written(self, row: InvoiceRow) -> str:
        """A row as the list writes it."""
        return line(self.columns, self._sizes(), row)

    def on_resize(self, event: Resize) -> None:
        """Fill the window as it is now."""
        self.reload()

    def reload(self, keep: int | None = None) -> None:
        """Read the window again where it stands, the cursor on the same invoice if it is still in the list.

        Args:
            keep: an invoice on which to stand, brought into view.
        """
        row = self.row
        target = self._row(keep) if keep is not None else None
        if target is None and row is not None:
            target = self._row(row.id) or row
        if target is None:
            self.action_first()
            self._tell_vanished(row)
            return
        key = target.key(self.view.sort)
        place = min(self.cursor, self.room - 1)
        above = self._page(key, place, backwards=True) if keep is None and place else []
        rows = above + self._page(key, self.room - len(above), inclusive=True)
        if len(rows) < self.room:
            first = rows[0].key(self.view.sort) if rows else None
            before = self._page(first, self.room - len(rows), backwards=True)
            rows, above = before + rows, before + above
        place = next((index for index, found in enumerate(rows) if found.id == target.id), len(above))
        self._show(rows, place)
        if keep is None:
            self._tell_vanished(row)

    def refill(self) -> None:
        """Read the window again after a command moved its row away: the cursor stays in place, on the next one."""
        if not self.rows:
            self.action_first()
            return
        rows = self._page(self.rows[0].key(self.view.sort), self.room, inclusive=True)
        if len(rows) < self.room:
            rows = self._page(None, self.room, backwards=True)
        before = self.row
        self._show(rows, self.cursor)
        self._tell_vanished(before)

    def _tell_vanished(self, before: InvoiceRow | None) -> None:
        if before is not None and (self.row is None or self.row.id != before.id):
            self.post_message(self.Vanished())

    def stand_on(self, invoice_id: int) -> None:
        """Bring this invoice under the cursor."""
        self.reload(keep=invoice_id)

    def action_first(self) -> None:
        """To the first row."""
        self._show_after(self._page(None, self.room), 0, 0)

    def action_last(self) -> None:
        """To the last row."""
        rows = self._page(None, self.room, backwards=True)
        preceding = None if self.total is None else max(self.total - len(rows), 0)
        self._show_after(rows, len(rows) - 1, preceding)

    def action_move(self, step: int) -> None:
        """One row up or down; at the edge the window moves by one row."""
        if not self.rows:
            return
        place = self.cursor + step
        if 0 <= place < len(self.rows):
            self._show(self.rows, place)
            return
        edge = self.rows[-1 if step > 0 else 0].key(self.view.sort)
        more = self._page(edge, 1, backwards=step < 0)
        if more:
            rows = [*self.rows[1:], *more] if step > 0 else [*more, *self.rows[:-1]]
            if len(self.rows) < self.room:
                rows = [*self.rows, *more] if step > 0 else [*more, *self.rows]
            self._show(rows, len(rows) - 1 if step > 0 else 0)

    def action_page(self, step: int) -> None:
        """A window further; at the end, the last window."""
        if not self.rows:
            return
        edge = self.rows[-1 if step > 0 else 0].key(self.view.sort)
        more = self._page(edge, self.room, backwards=step < 0)
        if len(more) == self.room:
            further = len(self.rows) if step > 0 else -len(more)
            self._show_after(more, self.cursor, None if self.preceding is None else self.preceding + further)
        elif step > 0:
            self.action_last()
        else:
            self.action_first()

    def pick(self, picked: dict[int, InvoiceRow]) -> None:
        """Mark these and no others."""
        if picked != self.picked:
            self.picked = picked
            self.refresh()
            self.post_message(self.Picked())

    def action_pick(self) -> None:
        """Mark the row, or no longer, and go down."""
        row = self.row
        if row is not None:
            others = {key: value for key, value in self.picked.items() if key != row.id}
            self.pick(others if row.id in self.picked else {**others, row.id: row})
            self.action_move(1)

    def action_choose(self) -> None:
        """Open the row."""
        if self.row is not None:
            self.post_message(self.Chosen(self.row))

    def on_click(self, event: Click) -> None:
        """Select the row that is clicked."""
        if 0 < event.y <= len(self.rows):
            self.focus()
            self._show(self.rows, event.y - 1)

    def _page(
        self, after: tuple[Any, ...] | None, limit: int, *, backwards: bool = False, inclusive: bool = False
    ) -> list[InvoiceRow]:
        """A page of the list; nothing where the practice cannot be read, and the screen is told."""
        try:
            rows = page(self.view, after, limit, backwards=backwards, inclusive=inclusive)
        except PracticeFault as fault:
            self._unreadable(fault)
            return []
        self.fault = ""
        return rows

    def _row(self, invoice_id: int) -> InvoiceRow | None:
        try:
            return row_at(self.view, invoice_id)
        except PracticeFault as fault:
            self._unreadable(fault)
            return None

    def _unreadable(self, fault: PracticeFault) -> None:
        self.fault = fault_sentence(fault)
        self.post_message(self.Unreadable(self.fault))

    def _show(self, rows: list[InvoiceRow], place: int) -> None:
        self._show_after(rows, place, _moved(self.rows, rows, self.preceding))

    def _show_after(self, rows: list[InvoiceRow], place: int, preceding: int | None) -> None:
        """Show these rows, which so many of the list precede; where they could not be read, what stands there stays."""
        if self.fault and not rows and self.rows:
            return
        moved_only, before = rows is self.rows, self.cursor
        self.preceding = preceding
        self.rows = rows
        self.cursor = min(max(place, 0), max(len(rows) - 1, 0))
        if moved_only:
            self.refresh(*(Region(0, index + 1, self.outer_size.width, 1) for index in {before, self.cursor}))
        else:
            self.refresh()
        if self.row != self._told:
            self._told = self.row
            self.post_message(self.Highlighted(self.row))
        self.post_message(self.Moved())

    def _sizes(self) -> list[int]:
        """The columns' widths in the width that there is."""
        width = self.outer_size.width  # it has no border; `size` would look for its place on the screen at each line
        if width != self._fitted[0]:
            self._fitted = width, widths(self.columns, width)
        return self._fitted[1]

    def _headings(self, sizes: list[int]) -> str:
        return headings(self.columns, sizes, self.view.sort, falling=self.view.descending)

    def render_line(self, y: int) -> Strip:
        """One line of the widget: the headings, a row, or what an empty list says."""
        width, sizes = self.outer_size.width, self._sizes()
        if y == 0:
            return heading(marked(self._headings(sizes), here=False), width)
        index = y - 1
        if index < len(self.rows):
            here = index == self.cursor
            row = self.rows[index]
            pen = row_pen(here=here, focused=self.has_focus)
            said = pieces(self.columns, sizes, row, here=here, pen=pen, picked=row.id in self.picked)
            return Strip([Segment(text, pens.style(own)) for text, own in said], width)
        if not self.rows and y == 2:
            return remark(self.fault or (_NO_MATCH if self.view.typed else self.empty), width)
        return Strip.blank(width)


def _moved(before: list[InvoiceRow], now: list[InvoiceRow], preceding: int | None) -> int | None:
    """How many rows precede those shown now, by the rows that were shown before too; None where there is none."""
    if preceding is None or not now or not before:
        return preceding
    at = {row.id: index for index, row in enumerate(before)}
    kept = next(((index, at[row.id]) for index, row in enumerate(now) if row.id in at), None)
    return None if kept is None else max(preceding + kept[1] - kept[0], 0)
