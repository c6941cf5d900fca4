"""The control for keys and bytes: the same list, from the same queries, in Python's curses."""

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
from tui.text.columns import SENT, headings, line, widths  # noqa: E402
from tui.text.entries import entries  # noqa: E402

TITLE = "Accueil › Télétransmission › Annuler factures transmises"
KEYS = "A/F4 Annuler F/F3 Filtrer T/F5 Trier Entrée Détail F1 Aide Échap Retour"


def main(window: curses.window, base: str) -> None:
    """Show the list; arrows, pages, Home and End; `q` ends."""
    path = Path(base)
    open_practice(locate(base, path.parent))
    curses.curs_set(0)
    view, sizes, room, place = ListView(ListName.TRANSMITTED), widths(SENT, 80), 14, 0
    rows = page(view, None, room)
    window.keypad(True)
    window.idlok(True)
    window.scrollok(False)
    while True:
        window.erase()
        window.addstr(0, 0, TITLE, curses.A_BOLD)
        window.addstr(2, 0, "  " + headings(SENT, sizes), curses.A_BOLD)
        for y, row in enumerate(rows):
            here = y == place
            text = ("▸ " if here else "  ") + line(SENT, sizes, row)
            window.addstr(3 + y, 0, text, curses.A_REVERSE if here else 0)
        window.addstr(17, 0, "─" * 80)
        for y, said in enumerate(reason(rows[place])):
            window.addstr(18 + y, 0, said)
        window.addstr(23, 0, KEYS)
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


def reason(row: InvoiceRow) -> list[str]:
    """The lines of the panel below the list."""
    if not row.amo_rejection:
        return ["État"]
    known = our_book().explain(row.amo_rejection, row.amo_label or "", "amo")
    said = [(known.code, known.label), ("À faire", known.todo), ("Motif", known.meaning)]
    return entries(said, 80, label=10, room=5).plain.split("\n")


if __name__ == "__main__":
    locale.setlocale(locale.LC_ALL, "")
    curses.wrapper(main, sys.argv[1])
