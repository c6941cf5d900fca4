"""CSV, the one place that writes it: for programs as RFC 4180 has it, for the spreadsheets of France as they read it.

For programs: commas, amounts in cents, days as ISO, the names of the fields as headings. For spreadsheets: semicolons,
amounts in euros with a comma, days and words as they are written here, French headings, and the mark (BOM) without
which they take UTF-8 for Windows-1252. In both nothing that a spreadsheet would run leaves as it came.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from io import StringIO
from typing import Final, NamedTuple, TextIO

from tui.text.display import clean, day, money

Cell = str | int | date | None
"""What stands in a column; money in cents."""

BOM: Final = "\ufeff"

_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""What makes a spreadsheet run a cell's text, also as the wide signs that some of them take for the narrow ones."""


class CsvColumn(NamedTuple):
    """A column: its name for programs, its heading in a spreadsheet, which leaves out a column without one."""

    name: str
    heading: str
    money: bool = False
    """Whether it holds cents."""
    say: Callable[[str], str] | None = None
    """The French of its stored words."""


def write_csv(
    stream: TextIO, columns: Sequence[CsvColumn], rows: Iterable[Sequence[Cell]], *, spreadsheet: bool = False
) -> None:
    """Write a heading and the rows as they come, each with as many cells as there are columns.

    Args:
        stream: where to; it must leave line ends alone.
        columns: what stands in each.
        rows: what is written.
        spreadsheet: as the spreadsheets of France read it; else for programs.
    """
    writer = csv.writer(stream, delimiter=";" if spreadsheet else ",")
    if not spreadsheet:
        writer.writerow([column.name for column in columns])
        writer.writerows([_plain(value) for value in row] for row in rows)
        return
    stream.write(BOM)
    kept = [(place, column) for place, column in enumerate(columns) if column.heading]
    writer.writerow([column.heading for _, column in kept])
    writer.writerows([_french(column, row[place]) for place, column in kept] for row in rows)


def print_csv(columns: Sequence[CsvColumn], rows: Iterable[Sequence[Cell]], *, spreadsheet: bool) -> None:
    """The same on the standard output; for a spreadsheet in UTF-8 whatever the terminal's encoding is."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if spreadsheet and reconfigure is not None:
        reconfigure(encoding="utf-8")
    write_csv(sys.stdout, columns, rows, spreadsheet=spreadsheet)


def csv_bytes(columns: Sequence[CsvColumn], rows: Iterable[Sequence[Cell]]) -> bytes:
    """What a file for a spreadsheet holds."""
    text = StringIO(newline="")
    write_csv(text, columns, rows, spreadsheet=True)
    return text.getvalue().encode("utf-8")


def csv_cell(value: str) -> str:
    """A text that no spreadsheet runs and no terminal obeys."""
    shown = clean(value)
    formula = value.startswith(_FORMULA) or shown.lstrip().startswith(_FORMULA)
    return clean(f"'{value}") if formula else shown


def record_of(columns: Sequence[CsvColumn], cells: Sequence[Cell]) -> dict[str, object]:
    """The same row as JSON has it: days as ISO, texts as they are."""
    plain = (value.isoformat() if isinstance(value, date) else value for value in cells)
    return dict(zip((column.name for column in columns), plain, strict=True))


def _plain(value: Cell) -> str | int | None:
    if isinstance(value, str):
        return csv_cell(value)
    return value.isoformat() if isinstance(value, date) else value


def french_cell(column: CsvColumn, value: Cell) -> str:
    """What stands in a column, as a person reads it on paper."""
    if isinstance(value, str):
        return clean(value if column.say is None else column.say(value))
    if column.money and isinstance(value, int):
        return money(value)
    shown = _french(column, value)
    return "" if shown is None else str(shown)


def _french(column: CsvColumn, value: Cell) -> str | int | None:
    if isinstance(value, str):
        return csv_cell(value if column.say is None else column.say(value))
    if isinstance(value, date):
        return day(value)
    if column.money and value is not None:
        return f"{'-' if value < 0 else ''}{abs(value) // 100},{abs(value) % 100:02}"
    return value
