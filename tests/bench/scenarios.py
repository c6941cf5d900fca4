"""What is measured: one run of each program, as figures by name."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tests.bench.line import Line, Paint
from tests.bench.practices import FIRST, LAST
from tui.terminal.pace import REST

Figures = dict[str, list[float]]
"""Milliseconds (names in `ms`), bytes, MiB; several where a key is pressed several times."""

DESK = (sys.executable, "-m", "tui")
ROWS = "▸ 0"
"""On the screen as soon as there are rows."""
KEYS = "Retour"
"""In the line of keys, which the interface adds to the first page."""
RESTED = REST + 0.1
"""Seconds after which a letter is no text with the one before it."""


def note(figures: Figures, name: str, paint: Paint) -> Paint:
    """Keep both sides of a paint."""
    figures.setdefault(f"{name} ms", []).append(paint.seconds * 1000)
    figures.setdefault(f"{name} bytes", []).append(paint.size)
    return paint


def desk(base: Path, *, keys: bool = True) -> Figures:
    """The program, straight on the list of transmitted invoices."""
    figures: Figures = {}
    with Line([*DESK, "--base", str(base), "--ecran", "annuler"]) as line:
        _start(line, figures)
        if keys:
            _list_keys(line, figures)
            _dialog(line, figures)
            _filter(line, figures)
        figures["memory MiB"] = [line.peak_mib]
        line.press("escape", expected="Toutes les factures")
        figures["quit ms"] = [line.ends("q") * 1000]
    return figures


def _start(line: Line, figures: Figures) -> None:
    """From nothing to the first rows, then to the whole interface; the bytes are those of both."""
    rows = line.starts(ROWS)
    whole = Paint(rows.seconds, rows.size) if KEYS in line.text else line.shows(KEYS)
    line.settles()
    figures["start ms"] = [rows.seconds * 1000]
    figures["ready ms"] = [whole.seconds * 1000]
    figures["start bytes"] = [float(line.received)]


def held_key(base: Path, presses: int = 250) -> Figures:
    """A key pressed again and again: the worst answer of all shows the collector's pauses."""
    figures: Figures = {}
    with Line([*DESK, "--base", str(base), "--ecran", "annuler"]) as line:
        _start(line, {})
        for key in ("down", "up"):
            for _ in range(presses):
                note(figures, "held", line.press(key))
    return figures


def idle(base: Path, seconds: float = 3.0) -> Figures:
    """Bytes while nobody does anything: on the list, with its filter open, on a question, in the menu."""
    with Line([*DESK, "--base", str(base), "--ecran", "annuler"]) as line:
        _start(line, {})
        silence = [line.idle(seconds)]
        line.press("a", expected="NON (N)")
        silence.append(line.idle(seconds))
        line.press("n")
        line.idle(RESTED)
        line.press("f", expected="nom, n°")
        line.press("D", expected="Filtre «")
        silence.append(line.idle(seconds))
    return {"idle bytes": [float(sum(silence))]}


def hello() -> Figures:
    """A bare Textual program."""
    figures: Figures = {}
    with Line([sys.executable, "-m", "tests.bench.hello"]) as line:
        note(figures, "start", line.starts("Bonjour"))
    return figures


def curses(base: Path) -> Figures:
    """The same list in curses."""
    figures: Figures = {}
    with Line([sys.executable, "-m", "tests.bench.curses_list", str(base)]) as line:
        note(figures, "start", line.starts(ROWS))
        _list_keys(line, figures)
        figures["quit ms"] = [line.ends("q") * 1000]
    return figures


def neomutt(messages: int, folder: Path) -> Figures | None:
    """A mail reader on as many messages; None where it is not installed."""
    if shutil.which("neomutt") is None:
        return None
    box, settings = folder / f"{messages}.mbox", folder / "neomuttrc"
    if not box.exists():
        with box.open("w") as file:
            for number in range(messages):
                last, first = LAST[number * 7919 % len(LAST)], FIRST[number * 104729 % len(FIRST)]
                file.write(
                    f"From a@b Mon Nov 23 09:00:00 2026\nFrom: {last} {first} <a@b>\nSubject: facture {number:09}\n"
                    f"Date: Mon, 23 Nov 2026 09:{number // 60 % 60:02}:{number % 60:02} +0000\n\n.\n\n"
                )
    chosen = (f"folder={folder}", "sort=mailbox-order", "menu_scroll=yes", "wait_key=no", "quit=yes")
    settings.write_text("".join(f"set {setting}\n" for setting in chosen))
    figures: Figures = {}
    with Line(["neomutt", "-n", "-F", str(settings), "-R", "-f", str(box)], {"HOME": str(folder)}) as line:
        note(figures, "start", line.starts("facture"))
        _list_keys(line, figures)
    return figures


def _list_keys(line: Line, figures: Figures) -> None:
    """Down, page down, end, home; then down at the lower edge of the window."""
    for _ in range(5):
        note(figures, "down", line.press("down"))
    for _ in range(3):
        note(figures, "page down", line.press("pagedown"))
    note(figures, "end", line.press("end"))
    note(figures, "home", line.press("home"))
    line.press(*["down"] * 30)
    for _ in range(5):
        note(figures, "edge", line.press("down"))
    line.press("home")


def _dialog(line: Line, figures: Figures) -> None:
    for key, closed in (("n", "close"), ("escape", "escape")) * 2:
        line.idle(RESTED)
        note(figures, "open", line.press("a", expected="NON (N)"))
        line.idle(RESTED)
        note(figures, closed, line.press(key))


def _filter(line: Line, figures: Figures) -> None:
    line.press("f")
    for key in "dupo":
        note(figures, "filter", line.press(key))
    line.press("escape")
