"""What goes down the line: the cells that differ from what the terminal shows, as ncurses does.

Textual writes every line that a widget touched, whole, each piece with a pen of its own, and paints the first screen
three times. This component stands between Textual's compositor and the driver, keeps what the terminal shows, and sends
the difference.

It reads two private classes of the compositor of the one version of Textual that it was written and tested for; with
any other, `TerminalApp` leaves the painting to Textual.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from tui.terminal.cells import BLANK, IN_ASCII, Cell, Row, blank_pen, is_sure
from tui.terminal.terminal_writer import NOWHERE, TerminalWriter

if TYPE_CHECKING:
    from rich.color import ColorSystem

    from tui.terminal.textual_insides import ChopsUpdate, LayoutUpdate

TEXTUAL = "8.2.8"
"""The version whose compositor is understood here."""

_FEWEST_TO_SCROLL = 4
_UNKNOWN: Cell = ("\0", "")  # differs from all that can be wanted


def is_at_home() -> bool:
    """Whether this Textual is the version that the painter knows.

    The installed folder tells at once; `textual.__version__` says the same after importing the packaging code.
    """
    found = find_spec("textual")
    if found is None or found.origin is None:
        return False
    return (Path(found.origin).parents[1] / f"textual-{TEXTUAL}.dist-info").is_dir()


class Painter:
    """One terminal's screen: what it shows, and what Textual wants it to show.

    Args:
        ascii_signs: whether lines and marks are drawn with ASCII characters.
    """

    def __init__(self, *, ascii_signs: bool = False) -> None:
        self._signs = IN_ASCII if ascii_signs else None
        self._wanted: list[Row] = []
        self._shown: list[Row] | None = None
        self._width = 0
        self._at = NOWHERE
        self._pen: str | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Columns and lines of what is wanted."""
        return self._width, len(self._wanted)

    @property
    def wanted(self) -> list[Row]:
        """What Textual means the terminal to show."""
        return self._wanted

    def forget(self) -> None:
        """Know no more what the terminal shows: it was taken over, resized, or something else wrote on it."""
        self._shown = None

    def doubt(self, y: int, x: int, cells: int) -> None:
        """Know no more what these cells show, nor where the cursor is: something may have been written there."""
        if self._shown is not None:
            row = self._shown[y]
            self._shown[y] = [*row[:x], *[_UNKNOWN] * cells, *row[x + cells :]]
        self._at = NOWHERE

    def want(self, rows: list[Row]) -> None:
        """Take a whole screen of cells, every row as long as the first."""
        self._width = len(rows[0])
        self._wanted = rows

    def take(self, update: LayoutUpdate | ChopsUpdate, size: tuple[int, int], colours: ColorSystem) -> None:
        """Take a frame of the compositor.

        Args:
            update: what it wants written, and where.
            size: columns and lines of the screen that it belongs to.
            colours: how colours are coded on this terminal.
        """
        if size != self.size:
            self._width = size[0]
            self._wanted = [[BLANK] * size[0] for _ in range(size[1])]
            self._shown = None
        from tui.terminal.frames import patches  # Textual itself, which the first page is painted without

        for y, x, cells in patches(update, colours, self._signs):
            if 0 <= y < len(self._wanted) and 0 <= x < self._width:
                self._wanted[y] = _over(self._wanted[y], x, cells)

    def paint(self, cursor: tuple[int, int] | None = None) -> str:
        """What to send so that the terminal shows what is wanted; nothing if it does already.

        Args:
            cursor: line and column where the terminal's own cursor shall end, if that matters.
        """
        writer = TerminalWriter(self._width, self._at, self._pen)
        if self._shown is None:
            writer.clear()
            self._shown = [[BLANK] * self._width for _ in self._wanted]
        writer = self._shortest(writer, self._shown)
        if cursor is not None and writer.at != cursor:
            writer.move(*cursor)
        self._shown = list(self._wanted)
        self._at, self._pen = writer.at, writer.pen
        return writer.text

    def _shortest(self, writer: TerminalWriter, shown: list[Row]) -> TerminalWriter:
        """Write the difference; by moving a block of lines first, where that is shorter."""
        changed = [y for y, row in enumerate(self._wanted) if row != shown[y]]
        block = _moved_block(shown, self._wanted, changed) if len(changed) >= _FEWEST_TO_SCROLL else None
        if block is None:
            return self._plainly(writer, shown, changed)
        moved = self._moving(writer.copy(), shown, *block)
        size = len(moved.text.encode())
        least = sum(was != cell for y in changed for was, cell in zip(shown[y], self._wanted[y], strict=True))
        if size <= least:
            return moved
        plain = self._plainly(writer, shown, changed)
        return moved if size < len(plain.text.encode()) else plain

    def _plainly(self, writer: TerminalWriter, shown: list[Row], changed: list[int]) -> TerminalWriter:
        for y in changed:
            _write_row(writer, y, shown[y], self._wanted[y])
        return writer

    def _moving(self, writer: TerminalWriter, shown: list[Row], top: int, bottom: int, lines: int) -> TerminalWriter:
        writer.scroll(top, bottom, lines, len(shown))
        block, blanks = shown[top : bottom + 1], [[BLANK] * self._width] * abs(lines)
        block = [*block[lines:], *blanks] if lines > 0 else [*blanks, *block[:lines]]
        moved = [*shown[:top], *block, *shown[bottom + 1 :]]
        return self._plainly(writer, moved, [y for y, row in enumerate(moved) if row != self._wanted[y]])


def _write_row(writer: TerminalWriter, y: int, shown: Row, wanted: Row) -> None:
    """Write the cells of one line that differ, and blank its tail at once where it is to be blank."""
    width = len(wanted)
    tail = width
    while tail and wanted[tail - 1] == BLANK:
        tail -= 1
    to_blank = [x for x in range(tail, width) if shown[x] != BLANK]
    end = tail if len(to_blank) > len("\x1b[K") else width
    x = 0
    while x < end:
        start, x = x, x + 1
        if wanted[start] != shown[start] and wanted[start][0]:
            while is_sure(wanted[start]) and x < end and wanted[x] != shown[x] and is_sure(wanted[x]):
                x += 1
            writer.reach(y, start, wanted)
            writer.write(wanted[start:x])
    if end == tail < width:
        writer.reach(y, to_blank[0], wanted)
        writer.erase_tail()


def _moved_block(shown: list[Row], wanted: list[Row], changed: list[int]) -> tuple[int, int, int] | None:
    """The largest block of lines that only moved: its first and last line before and after, and by how many it rose."""
    places: dict[tuple[object, ...], list[int]] = {}
    for y in range(changed[0], changed[-1] + 1):
        places.setdefault(tuple(shown[y]), []).append(y)
    found: dict[int, int] = {}
    for y in changed:
        for was in places.get(tuple(wanted[y]), ()):
            found[was - y] = found.get(was - y, 0) + 1
    if not found:
        return None
    lines = max(found, key=lambda step: found[step])
    best: range = range(0)
    start = changed[0]
    for y in range(changed[0], changed[-1] + 2):
        if y > changed[-1] or not 0 <= y + lines < len(shown) or wanted[y] != shown[y + lines]:
            if y - start > len(best):
                best = range(start, y)
            start = y + 1
    if len(best) < _FEWEST_TO_SCROLL - 1:
        return None
    return (best[0], best[-1] + lines, lines) if lines > 0 else (best[0] + lines, best[-1], lines)


def _over(row: Row, x: int, cells: Row) -> Row:
    """A line with cells written over it; of a wide character half covered, or half outside, a space is left."""
    room = len(row) - x
    if len(cells) > room:
        cells = [*cells[: room - 1], _half(cells[room - 1]) if not cells[room][0] else cells[room - 1]]
    left, right = row[:x], row[x + len(cells) :]
    if left and not row[x][0]:
        left[-1] = _half(left[-1])
    if right and not right[0][0]:
        right[0] = _half(right[0])
    return [*left, *cells, *right]


def _half(cell: Cell) -> Cell:
    return " ", blank_pen(cell[1])
