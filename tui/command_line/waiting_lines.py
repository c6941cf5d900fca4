"""What waits, line by line, as the verbs print it: its sum and its columns, JSON, or CSV."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TypeVar

from tui.command_line.speech import out
from tui.command_line.table import WIDTH
from tui.command_line.typed import OutputFormat
from tui.text.csv_file import Cell, CsvColumn, print_csv, record_of
from tui.text.text_columns import Cells, TextColumn, headings, laid

Line = TypeVar("Line")


def print_waiting(
    found: Sequence[Line],
    output: OutputFormat,
    *,
    summary: Callable[[Sequence[Line]], str],
    columns: tuple[TextColumn, ...],
    cells: Callable[[Line], Cells],
    csv: Sequence[CsvColumn],
    csv_cells: Callable[[Line], Sequence[Cell]],
    spreadsheet: bool,
) -> None:
    """Print these lines.

    Args:
        found: the lines.
        output: in which form.
        summary: what they come to, above the columns of the text.
        columns: those of the text, filled by `cells`.
        cells: what a line says in each.
        csv: the columns of CSV and the names of JSON, filled by `csv_cells`.
        csv_cells: the same for them.
        spreadsheet: write CSV as the spreadsheets of France read it.
    """
    if output == "json":
        out(json.dumps([record_of(csv, csv_cells(one)) for one in found], indent=1))
    elif output == "csv":
        print_csv(csv, map(csv_cells, found), spreadsheet=spreadsheet)
    else:
        out(summary(found))
        if found:
            out(headings(columns, WIDTH).rstrip())
        for one in found:
            out("".join(text for text, _ in laid(columns, cells(one), WIDTH)).rstrip())
