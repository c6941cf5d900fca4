"""The first page, on the screen before the interface is loaded: the rows come in a third of the time.

It is what the screen that was asked for will show, as far as it is known at once: its place, and the menu's entries or
the list's first rows. The interface takes it over and adds the rest. Where anything is out of the ordinary (no
practice yet, an older one, a small window), nothing is painted here and the interface says what there is to say.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from models.domain.lists import ListName
from models.domain.place import DEMO_DATABASE
from models.queries.first_rows import first_rows, is_open_to, is_ours
from models.queries.invoice_row import ListView
from tui.command_line.named_practice import Opening, claim_of, data_folder
from tui.terminal import early, pens
from tui.terminal.cells import BLANK, IN_ASCII, Row, cells, without_colour
from tui.terminal.environment import Terminal, too_small
from tui.terminal.painter import Painter, is_at_home
from tui.text import places
from tui.text.columns import SENT, UNSENT, Column, Pieces, headings, marked, pieces, widths

Page = list[Pieces]
"""Each line's texts."""

AROUND = 4
"""Lines of a list's screen that are neither rows nor the panel's: place, news, headings, keys."""

LISTS: dict[str, tuple[tuple[str, ...], ListView, tuple[Column, ...]]] = {
    "cancel": (places.CANCEL, ListView(ListName.TRANSMITTED), SENT),
    "unvalidated": (places.VERIFY, ListView(ListName.UNVALIDATED), UNSENT),
}
"""The lists that may come first, by their entry in the menu."""


def show(opening: Opening, terminal: Terminal) -> None:
    """Paint the first page of what was asked for, if it can be known so soon.

    Args:
        opening: what was asked for.
        terminal: as `environment.prepare` found it.
    """
    if terminal.plain or not is_at_home() or sys.__stdin__ is None or sys.__stderr__ is None:
        return
    base = _base(opening)
    if base is None:
        return
    try:
        width, height = os.get_terminal_size(sys.__stderr__.fileno())
    except OSError:
        return  # it has no size: whatever it is, it is not painted on early
    if too_small(width, height):
        return
    if opening.screen and not is_open_to(base, lambda: claim_of(opening.practice)):
        return  # a list shows patients
    page = list_page(base, opening.screen, width, height) if opening.screen else menu_page(base, width)
    if page is not None:
        painter = Painter(ascii_signs=terminal.ascii_signs)
        painter.want(_rows(page, width, height, terminal))
        early.take(sys.__stdin__.fileno(), sys.__stderr__.fileno(), painter)


def _base(opening: Opening) -> Path | None:
    """The file that the interface will open; None where it is a server, or has yet to be made."""
    if opening.demo:
        named = None if opening.anew else opening.practice.base or str(data_folder() / DEMO_DATABASE)
    else:
        named = opening.practice.address()
    return None if named is None or "://" in named else Path(named)


def menu_page(base: Path, width: int) -> Page | None:
    """The first menu, without its counts."""
    if not is_ours(base):
        return None
    page = _head(places.HOME, width)
    for index, entry in enumerate(places.HOME_ENTRIES):
        page += [[], [(entry.line(index == 0), pens.PLAIN if index else pens.CHOSEN)]]
    return page


def list_page(base: Path, screen: str, width: int, height: int) -> Page | None:
    """A list's first rows; None where it has none, or they cannot be read at once."""
    place, view, columns = LISTS[places.STARTS[screen]]
    rows = first_rows(base, view, height - AROUND - panel_height(height))
    if not rows:
        return None
    sizes = widths(columns, width)
    page = [*_head(place, width), [(marked(headings(columns, sizes), here=False), pens.HEADING)]]
    for index, row in enumerate(rows):
        here = index == 0
        page.append(pieces(columns, sizes, row, here=here, pen=pens.SELECTED if here else pens.PLAIN))
    return page


def panel_height(height: int) -> int:
    """Lines of the panel below a list, its rule among them, in a window so high (see `RejectionPanel`)."""
    return max(6, min(height // 4, 10))


def _head(place: tuple[str, ...], width: int) -> Page:
    """Where one is; the line of news, which is blank yet."""
    return [[(places.path(place).ljust(width), pens.PLACE)], []]


def _rows(page: Page, width: int, height: int, terminal: Terminal) -> list[Row]:
    """The page's cells, in a screen of so many."""
    rows = [[cell for text, pen in line for cell in _cells(text, pen, terminal)][:width] for line in page[:height]]
    return [row + [BLANK] * (width - len(row)) for row in rows] + [[BLANK] * width] * (height - len(rows))


def _cells(text: str, pen: str, terminal: Terminal) -> Row:
    shown = text.translate(IN_ASCII) if terminal.ascii_signs else text
    return cells(shown, without_colour(pen) if terminal.colours == "none" else pen)
