"""`accueil relancer`: what is to be followed up, as a table for the eye, as JSON or CSV for a program."""

from __future__ import annotations

import json

from models.domain.accesses import Looked
from models.queries.follow_up import due
from tui.command_line.accesses import note
from tui.command_line.named_practice import NamedPractice
from tui.command_line.session import session_of
from tui.command_line.speech import out
from tui.command_line.table import WIDTH
from tui.command_line.typed import OutputFormat
from tui.text.csv_file import print_csv, record_of
from tui.text.follow_up import COLUMNS, CSV, cells, csv_cells, summary
from tui.text.text_columns import headings, laid


def run(practice: NamedPractice, output: OutputFormat, *, spreadsheet: bool = False) -> int:
    """Print the list; the exit code."""
    session = session_of(practice)
    session.open()
    session.bring_back()
    if output != "texte":
        note(session, Looked.LIST, "list follow_up")
    found = due(session.author().day)
    if output == "json":
        out(json.dumps([record_of(CSV, csv_cells(one)) for one in found], indent=1))
    elif output == "csv":
        print_csv(CSV, map(csv_cells, found), spreadsheet=spreadsheet)
    else:
        out(summary(found))
        if found:
            out(headings(COLUMNS, WIDTH).rstrip())
        for one in found:
            out("".join(text for text, _ in laid(COLUMNS, cells(one), WIDTH)).rstrip())
    return 0
