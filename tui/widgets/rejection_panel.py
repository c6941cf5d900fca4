"""The rejection of the selected invoice, in clear: its code, what it means, what to do."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import ClassVar, Final

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from models.domain.states import InvoiceKind
from models.queries.invoice_row import InvoiceRow
from models.reference.rejections import RejectionBook
from tui.terminal import pens
from tui.text.entries import entry_lines, word_pen
from tui.text.found import why_found
from tui.text.positions import Position, rule
from tui.text.row_words import row_pairs

_LABEL: Final = 10
"""Cells of the words, the codes among them."""


class RejectionPanel(Widget):
    """Five lines, more in a high window: code and label, remedy, meaning; why the screen's action is off where it is.

    Args:
        book: gives what is known of rejections now.
        action: the screen's own action on an invoice, as it is written; none where it has none.
        refusal: why it must not be done on this one; None where it may.
        shown: an invoice as its row is written: the panel says by what a filter found it where that shows it not.
    """

    DEFAULT_CSS = "RejectionPanel { height: 25vh; min-height: 6; max-height: 10; }"

    RESTS: ClassVar[float] = 0.1
    """Seconds after which the keys rest: under them, one row after another is passed, not read."""

    row: reactive[InvoiceRow | None] = reactive(None, init=False, repaint=False)
    """The selected invoice; what is shown of it follows at once, or once the keys rest."""

    def __init__(
        self,
        book: Callable[[], RejectionBook],
        action: str = "",
        refusal: Callable[[InvoiceRow], str | None] = lambda row: None,
        shown: Callable[[InvoiceRow], str] = lambda row: "",
    ) -> None:
        super().__init__()
        self.book = book
        self.action = action
        self.refusal = refusal
        self.shown = shown
        self.late: Callable[[InvoiceRow], str] = lambda row: ""
        self._position = Position(None, None, above=False, below=False)
        self._passed = 0.0
        self._waits = False
        self._lines: list[Strip] = []
        self._written: tuple[InvoiceRow | None, Size, RejectionBook | None] = (None, Size(), None)

    def watch_row(self, before: InvoiceRow | None, now: InvoiceRow | None) -> None:
        """Show the new row, unless others were passed just before: an arrow held down sends a third of the bytes."""
        last, self._passed = self._passed, monotonic()
        if before is None or now is None or self._passed - last >= self.RESTS:
            self.refresh()
        elif not self._waits:
            self._waits = True
            self.set_timer(self.RESTS, self._catch_up)

    def reread(self) -> None:
        """What is said of the row has changed, though the row has not."""
        self._written = None, Size(), None
        self.refresh()

    def place(self, position: Position) -> None:
        """Say in the line above where the list stands; what is known of the row waits for its own moment."""
        if position != self._position:
            self._position = position
            self.refresh(Region(0, 0, self.outer_size.width, 1))

    def follow(self) -> None:
        """Show the row now: the key that comes is about it."""
        if self._waits:
            self.refresh()

    def _catch_up(self) -> None:
        left = self._passed + self.RESTS - monotonic()
        if left > 0:
            self.set_timer(left, self._catch_up)
        else:
            self._waits = False
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line under the list, then the sentences, wrapped; the last sentence always has its line."""
        room = self.outer_size  # it has no border; `size` would look for its place on the screen at each line
        if y == 0:
            return Strip([Segment(rule(self._position, room.width))], room.width)
        row, size, book = self._written
        now = self.book() if y == 1 else book  # asks whether its file has changed: once a frame is often enough
        if row is not self.row or size != room or now is None or book is not now:
            now = now or self.book()
            self._written = self.row, room, now
            lines = entry_lines(self._said(now), room.width, _LABEL, room=room.height - 1)
            self._lines = [_strip(word, text) for word, text in lines]
        return self._lines[y - 1] if y <= len(self._lines) else Strip.blank(room.width)

    def _said(self, book: RejectionBook) -> list[tuple[str, str]]:
        row = self.row
        if row is None:
            return []
        said = row_pairs(row, book)
        if late := self.late(row):
            said.insert(1, ("Retard", late))
        if row.kind == InvoiceKind.DRE:
            of = f" de la facture n° {row.dre_of}" if row.dre_of else ""
            said.insert(0, ("DRE", f"La part complémentaire{of}, demandée seule."))
        if reason := self.refusal(row):
            said.insert(1 if said else 0, (self.action, f"impossible. {reason}"))
        if found := why_found(row, self.shown(row)):
            said.append(("Trouvée", found))
        return said


def _strip(word: str, text: str) -> Strip:
    """A line: its word, a code by its colour, then what is said of it."""
    return Strip([*([Segment(word, pens.style(word_pen(word)))] if word else ()), Segment(text)])
