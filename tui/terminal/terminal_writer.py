"""The hand that writes on the terminal: it knows where the cursor stands and which pen it holds, and moves cheaply."""

from functools import lru_cache

from tui.terminal.cells import RESET, Cell, Row, blank_pen, change_pen, is_sure

UNSURE = -1
"""A column that terminals do not agree on: after the last one, after a wide character or a combining mark."""
NOWHERE = (UNSURE, UNSURE)


class TerminalWriter:
    """Collects what goes to a terminal.

    Args:
        width: columns of the terminal.
        at: line and column of its cursor, `NOWHERE` if that is not known.
        pen: what text would be written with now; None if that is not known.
    """

    def __init__(self, width: int, at: tuple[int, int], pen: str | None) -> None:
        self.width = width
        self.at = at
        self.pen = pen
        self._out: list[str] = []

    def copy(self) -> "TerminalWriter":
        """Another one that has written the same, to try a second way."""
        twin = TerminalWriter(self.width, self.at, self.pen)
        twin._out = [*self._out]
        return twin

    @property
    def text(self) -> str:
        """What was written, as the terminal shall get it."""
        return "".join(self._out)

    def move(self, y: int, x: int) -> None:
        """Put the cursor there."""
        self._out.append(_way(*self.at, y, x))
        self.at = (y, x)

    def write(self, cells: Row) -> None:
        """Write cells from where the cursor stands; the right half of a wide character comes with its left one."""
        start = 0
        while start < len(cells):
            if not self._holds(cells[start]):
                self._out.append(change_pen(self.pen, cells[start][1]))
                self.pen = cells[start][1]
            end = start + 1
            while end < len(cells) and self._holds(cells[end]):
                end += 1
            text = "".join([character for character, _ in cells[start:end]])
            self._out.append(text)
            y, x = self.at
            sure = text.isascii() or all(is_sure(cell) for cell in cells[start:end])
            self.at = (y, x + end - start if sure and x + end - start < self.width else UNSURE)
            start = end

    def reach(self, y: int, x: int, row: Row) -> None:
        """Go there, over what the line shows already where writing it again is shorter than a jump.

        Args:
            y: line.
            x: column.
            row: what the line shows, up to that column at least.
        """
        if self.at == (y, x):
            return
        here, column = self.at
        if here == y and UNSURE < column < x:
            between = row[column:x]
            jump = len(_way(y, column, y, x))
            if x - column <= jump and all(is_sure(cell) and self._holds(cell) for cell in between):
                again = "".join(character for character, _ in between)
                if len(again.encode()) <= jump:
                    self._out.append(again)
                    self.at = (y, x)
                    return
        self.move(y, x)

    def erase_tail(self) -> None:
        """Blank the line from the cursor on; with the plain pen, as some terminals paint with the one in hand."""
        self.plain()
        self._out.append("\x1b[K")

    def scroll(self, top: int, bottom: int, lines: int, height: int) -> None:
        """Move the block of lines from `top` to `bottom` up (down if `lines` is negative); blank lines come in.

        By the margins of the VT100, in its words: the console of Linux knows no others.
        """
        self.plain()
        whole = (top, bottom) == (0, height - 1)
        if not whole:
            self._out.append(f"\x1b[{top + 1 if top else ''};{bottom + 1}r")
            self.at = NOWHERE  # at home, says the manual; not every emulator read it
        if lines == 1:
            self.move(bottom, 0)
            self._out.append("\n")
        elif lines == -1:
            self.move(top, 0)
            self._out.append("\x1bM")
        else:
            self.move(top, 0)
            self._out.append(f"\x1b[{lines}M" if lines > 0 else f"\x1b[{-lines}L")
        if not whole:
            self._out.append("\x1b[r")
            self.at = NOWHERE

    def plain(self) -> None:
        """Take a pen that leaves no trace on blanks."""
        if self.pen is None or blank_pen(self.pen):
            self._out.append(RESET)
            self.pen = ""

    def clear(self) -> None:
        """Blank the whole screen, whatever it shows."""
        self._out.append(f"{RESET}\x1b[H\x1b[J")
        self.at, self.pen = (0, 0), ""

    def _holds(self, cell: Cell) -> bool:
        return self.pen == cell[1] or self._suits(cell)

    def _suits(self, cell: Cell) -> bool:
        """Whether a cell is a space that looks the same with the pen in hand."""
        return cell[0] == " " and self.pen is not None and blank_pen(self.pen) == cell[1]


@lru_cache(maxsize=4096)
def _way(y: int, x: int, to_y: int, to_x: int) -> str:
    """The shortest way for the cursor; one that is sure from a place that is not."""
    if (y, x) == (to_y, to_x):
        return ""
    ways = [f"\x1b[{to_y + 1 if to_y else ''}{f';{to_x + 1}' if to_x else ''}H"]
    if y != UNSURE and to_y >= y:
        # A line feed after a carriage return: whether the tty adds one of its own makes no difference then.
        down = "\n" * (to_y - y)
        ways.append(f"\r{down}{_right(to_x)}")
        if x != UNSURE:
            down = f"\x1b[{to_y - y if to_y - y > 1 else ''}B" if down else ""
            ways.append(down + (_right(to_x - x) if to_x >= x else _left(x - to_x)))
    return min(ways, key=len)


def _right(columns: int) -> str:
    return f"\x1b[{columns if columns > 1 else ''}C" if columns else ""


def _left(columns: int) -> str:
    return min("\b" * columns, f"\x1b[{columns}D", key=len)
