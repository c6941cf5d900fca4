"""The control for keys and bytes: the same list, from the same queries, in the same colours, in Python's curses."""

from __future__ import annotations

import curses
import locale
import sys
from pathlib import Path

sys.modules.setdefault("psycopg", None)  # type: ignore[arg-type]


from models.domain.lists import ListName, SortName  # noqa: E402
from models.domain.place import locate  # noqa: E402
from models.practice import open_practice  # noqa: E402
from models.queries.invoice_row import InvoiceRow, ListView  # noqa: E402
from models.queries.windows import page  # noqa: E402
from models.reference.rejections import our_book  # noqa: E402
from tui.terminal import pens  # noqa: E402
from tui.text.columns import SENT, headings, pieces, widths  # noqa: E402
from tui.text.entries import entry_lines  # noqa: E402

TITLE = "Accueil › Télétransmission › Annuler factures transmises"
KEYS = "A/F4 Annuler F/F3 Filtrer T/F5 Trier Entrée Détail F1 Aide Échap Retour"
INKS = {
    "1;37;44": (7, 4),
    "1;94": (12, -1),
    "7;94": (12, -1),
    "1;31": (1, -1),
    "32": (2, -1),
    "94": (12, -1),
    "35": (5, -1),
}
ATTRIBUTES = {"1": curses.A_BOLD, "2": curses.A_DIM, "7": curses.A_REVERSE}


def main(window: curses.window, base: str) -> None:
    """Show the list; arrows, pages, Home and End; `q` ends."""
    path = Path(base)
    open_practice(locate(base, path.parent))
    curses.curs_set(0)
    attributes = inked()
    view, sizes, room, place = ListView(ListName.TRANSMITTED), widths(SENT, 80), 14, 0
    rows = page(view, None, room)
    window.keypad(True)
    window.idlok(True)
    window.scrollok(False)
    while True:
        window.erase()
        window.addstr(0, 0, TITLE.ljust(80), attributes[pens.PLACE])
        window.addstr(2, 0, "  " + headings(SENT, sizes), attributes[pens.HEADING])
        for y, row in enumerate(rows):
            here = y == place
            window.move(3 + y, 0)
            for text, pen in pieces(SENT, sizes, row, here=here, pen=pens.SELECTED if here else pens.PLAIN):
                window.addstr(text, attributes[pen])
        window.addstr(17, 0, "─" * 80)
        for y, (word, said) in enumerate(reason(rows[place])):
            code = any(character.isdecimal() for character in word)
            window.addstr(18 + y, 0, word, attributes[pens.REJECTED if code else pens.WORD])
            window.addstr(said)
        window.move(23, 0)
        for word in KEYS.split():
            window.addstr(
                word, attributes[pens.KEY if "/" in word or word in {"Entrée", "F1", "Échap"} else pens.PLAIN]
            )
            window.addstr(" ")
        key = window.getch()
        step = {curses.KEY_DOWN: 1, curses.KEY_UP: -1}.get(key, 0)
        if key == ord("q"):
            return
        if step and 0 <= place + step < len(rows):
            place += step
        elif step:
            more = page(view, rows[-1 if step > 0 else 0].key(SortName.DESK), 1, backwards=step < 0)
            rows = [*rows[len(more) :], *more] if step > 0 else [*more, *rows[: len(rows) - len(more)]]
        elif key in (curses.KEY_NPAGE, curses.KEY_PPAGE):
            back = key == curses.KEY_PPAGE
            rows = page(view, rows[0 if back else -1].key(SortName.DESK), room, backwards=back) or rows
        elif key == curses.KEY_HOME:
            rows, place = page(view, None, room), 0
        elif key == curses.KEY_END:
            rows, place = page(view, None, room, backwards=True), room - 1


def inked() -> dict[str, int]:
    """The attributes of each pen."""
    curses.use_default_colors()
    found = {"": 0}
    for number, (pen, inks) in enumerate(INKS.items(), start=1):
        curses.init_pair(number, *inks)
        found[pen] = curses.color_pair(number)
    for pen in (*INKS, "1", "2", "7"):
        for code in pen.split(";"):
            found[pen] = found.get(pen, 0) | ATTRIBUTES.get(code, 0)
    return found


def reason(row: InvoiceRow) -> list[tuple[str, str]]:
    """The lines of the panel below the list."""
    if not row.amo_rejection:
        return [("État", "")]
    known = our_book().explain(row.amo_rejection, row.amo_label or "", "amo")
    said = [(known.code, known.label), ("À faire", known.todo), ("Motif", known.meaning)]
    return entry_lines(said, 80, label=10, room=5)


if __name__ == "__main__":
    locale.setlocale(locale.LC_ALL, "")
    curses.wrapper(main, sys.argv[1])
