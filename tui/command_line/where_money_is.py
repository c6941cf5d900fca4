"""`accueil bilan --argent`: where every cent is that was sent, for the eye or for a program."""

from __future__ import annotations

import json
from dataclasses import asdict

from models.queries.whereabouts import Whereabouts, whereabouts
from tui.command_line.named_practice import NamedPractice
from tui.command_line.session import session_of
from tui.command_line.speech import out
from tui.command_line.table import WIDTH, printable_ink
from tui.command_line.typed import OutputFormat
from tui.text.csv_file import print_csv, record_of
from tui.text.where_money_is import NOTHING, PLACE_COLUMNS, asked, page_lines, place_cells


def run(practice: NamedPractice, output: OutputFormat, ascii_signs: bool, *, spreadsheet: bool = False) -> int:
    """Print where the money is; the exit code."""
    session = session_of(practice)
    session.open()
    session.bring_back()
    found = whereabouts()
    if output == "json":
        out(json.dumps(document(found), indent=1))
    elif output == "csv":
        print_csv(PLACE_COLUMNS, map(place_cells, found.places), spreadsheet=spreadsheet)
    else:
        _print_text(found, ascii_signs)
    return 0


def document(found: Whereabouts) -> dict[str, object]:
    """Where the money is, as the other programs get it."""
    return {
        "asked_cents": found.asked,
        "sent_cents": found.sent,
        "beyond_cents": found.beyond,
        "places": [record_of(PLACE_COLUMNS, place_cells(line)) for line in found.places],
        "brought_cents": asdict(found.brought),
    }


def _print_text(found: Whereabouts, ascii_signs: bool) -> None:
    if not found.places:
        out(NOTHING)
        return
    for line in (asked(found), "", *page_lines(found, WIDTH, printable_ink(ascii_signs))):
        out(line)
