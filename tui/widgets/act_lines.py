"""The lines of the invoice being corrected: their order, their amounts; one edits, adds, moves, removes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from models.domain.content import Line
from tui.terminal import pens
from tui.text import display
from tui.text.amounts import line_amounts, old_line
from tui.text.positions import beside
from tui.widgets.cursor_list import CursorList, drawn, heading

REMOVED: Final = pens.style(pens.OFF)
_HEADING = "     Date       Acte   Coef. Qté Lieu       Montant       AMO       AMC"


class ActLines(CursorList):
    """A list of lines with a cursor. Letters act, since nothing is typed here."""

    DEFAULT_CSS = "ActLines { height: 1fr; min-height: 3; }"

    BINDINGS: ClassVar[list[BindingType]] = [
        *CursorList.PAGING,
        Binding("enter", "ask('edit')", show=False),
        Binding("n", "ask('add')", show=False),
        Binding("x,delete", "ask('remove')", show=False),
        Binding("h", "ask('raise')", show=False),
        Binding("b", "ask('lower')", show=False),
        Binding("r", "ask('sort')", show=False),
        Binding("u", "ask('undo')", show=False),
    ]

    CHANGES: ClassVar[frozenset[str]] = frozenset("xhbru")
    """The letters that change the lines at once, without a question."""

    acts: reactive[tuple[Line, ...]] = reactive(())
    marked: reactive[frozenset[int]] = reactive(frozenset())
    """The positions, from 1, that a finding points to."""

    changed: reactive[Mapping[int, Line | None]] = reactive(dict)
    """The positions, from 1, that differ from what the caisse rejected, with what stood there; None for nothing."""

    sent: reactive[Mapping[int, Line]] = reactive(dict)
    """The positions, from 1, of the lines that were rejected as they are entered now: their amounts may differ."""

    removed: reactive[tuple[Line, ...]] = reactive(())
    """The lines that the caisse rejected and that are no longer there; shown below, the cursor does not go there."""

    class Asked(Message):
        """A key asks for something on the line at `position` (from 0) of these lines."""

        def __init__(self, what: str, position: int, acts: tuple[Line, ...]) -> None:
            super().__init__()
            self.what = what
            self.position = position
            self.acts = acts

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.acts)

    def action_move(self, step: int) -> None:
        """To the line above or below; above the first one, back to the fields."""
        if step < 0 and self.cursor == 0:
            self.screen.focus_previous()
        else:
            super().action_move(step)

    def action_ask(self, what: str) -> None:
        """Hand the wish to the screen."""
        if self.acts or what in {"add", "undo"}:
            self.post_message(self.Asked(what, self.cursor, self.acts))

    def render_line(self, y: int) -> Strip:
        """The headings, then a line each; the window follows the cursor."""
        width = self.size.width
        if y == 0:
            return heading(beside(_HEADING, self.position, width), width)
        index = self.line_at(y)
        if index >= len(self.acts):
            gone = self.removed[index - len(self.acts) :]
            return Strip([Segment(removed_line(gone[0]).ljust(width)[:width], REMOVED)]) if gone else Strip.blank(width)
        here = self.has_focus and index == self.cursor
        position = index + 1
        act, old = self.acts[index], self.changed.get(position) or self.sent.get(position)
        head = f"{'▸' if here else ' '}{_entered(position, act, position in self.marked)}"
        pieces = [(head, pens.PLAIN), *line_amounts(act, old)]
        if position in self.changed or any(pen == pens.CHANGED for _, pen in pieces):
            room = width - sum(len(text) for text, _ in pieces) - len("  ◂ ")
            was = ("nouvelle" if room >= len("nouvelle") else "") if old is None else old_line(old, room)
            pieces.append((f"  ◂ {was}".rstrip(), pens.CHANGED))
        if here:
            return drawn(display.fit("".join(text for text, _ in pieces), width), width, here=True, focused=True)
        strip = Strip([Segment(text, pens.style(pen)) for text, pen in pieces])
        return strip.adjust_cell_length(width)


def removed_line(act: Line) -> str:
    """A line that was removed, in 77 cells, under those that stand."""
    return f"   - {line(0, act, marked=False)[4:50]}{'retirée':>20}"


def line(position: int, act: Line, marked: bool) -> str:
    """A line of the invoice in 76 cells."""
    return _entered(position, act, marked) + "".join(text for text, _ in line_amounts(act, None))


def _entered(position: int, act: Line, marked: bool) -> str:
    """What one enters of a line, in 46 cells."""
    place = "domicile" if act.at_home else "cabinet"
    return (
        f"{'✗' if marked else ' '}{position:>2} {display.day(act.done_on):<10} {display.fit(act.code, 5)}"
        f"{display.coefficient(act.coefficient):>7} ×{act.quantity:<2} {place:<8}"
    )
