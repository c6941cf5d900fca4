"""What an emulated terminal shows, cell by cell, in the words of `tui.terminal.cells`."""

import unicodedata

import pyte
from pyte import graphics
from rich.cells import cell_len
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App

from tui.terminal.cells import Row, blank_pen, pen
from tui.terminal.painter import Painter

_FOREGROUND = {name: str(code) for code, name in (graphics.FG | graphics.FG_AIXTERM).items()}
_BACKGROUND = {name: str(code) for code, name in graphics.BG.items()}


def look(screen: pyte.Screen) -> list[Row]:
    """The cells of a screen; of the pens, what pyte knows (it draws nothing dim).

    Half a wide character is a blank, as terminals have it; pyte leaves it standing.
    """
    rows = [[_cell(screen.buffer[y][x]) for x in range(screen.columns)] for y in range(screen.lines)]
    for row in rows:
        for x, (text, code) in enumerate(row):
            alone = x + 1 == len(row) or row[x + 1][0]
            if (is_wide(text) and alone) or (not text and not (x and is_wide(row[x - 1][0]))):
                row[x] = (" ", blank_pen(code))
    return rows


def meant(painter: Painter) -> list[Row]:
    """The cells that a painter wants shown, as `look` would tell them."""
    return [[(unicodedata.normalize("NFC", text), _known(text, code)) for text, code in row] for row in painter.wanted]


def played(update: LayoutUpdate | ChopsUpdate, app: App[int]) -> str:
    """A frame as Textual itself would send it to a terminal that adds CR to LF."""
    return update.render_segments(app.console).replace("\n", "\r\n")


def new_screen(width: int, height: int) -> pyte.Screen:
    """A terminal as Textual sets it up, with something on it."""
    screen = pyte.Screen(width, height)
    pyte.Stream(screen).feed("\x1b[?7l\x1b[7m" + "vieux\r\n" * 3)
    return screen


def _cell(cell: pyte.screens.Char) -> tuple[str, str]:
    on = [
        code
        for code, shown in (
            ("1", cell.bold),
            ("3", cell.italics),
            ("4", cell.underscore),
            ("7", cell.reverse),
            ("9", cell.strikethrough),
        )
        if shown
    ]
    code = pen(";".join([*on, _FOREGROUND[cell.fg], _BACKGROUND[cell.bg]]))
    return unicodedata.normalize("NFC", cell.data), blank_pen(code) if cell.data == " " else code


def _known(text: str, code: str) -> str:
    known = pen(";".join(part for part in code.split(";") if part != "2"))
    return blank_pen(known) if text == " " else known


def is_wide(text: str) -> bool:
    """Whether a character takes two cells."""
    return cell_len(text) == 2
