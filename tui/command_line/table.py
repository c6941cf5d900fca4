"""Invoices as an aligned table, in the columns of the screens' lists."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from models.queries.invoice_row import InvoiceRow
from tui.text.bars import ASCII_BLOCK, ink
from tui.text.columns import Column, headings, line, widths

WIDTH = 80
"""Cells of a line."""

_MARK = 2
"""Cells that the screens keep for the cursor's mark, which a printed table has not."""


def table(columns: tuple[Column, ...], rows: Iterable[InvoiceRow]) -> Iterator[str]:
    """The heading, then a line for each row."""
    sizes = widths(columns, WIDTH + _MARK)
    yield headings(columns, sizes).rstrip()
    for row in rows:
        yield line(columns, sizes, row).rstrip()


def printable_ink(ascii_signs: bool) -> str:
    """What the bars are made of: never what the output cannot write."""
    character = ink(ascii_signs)
    try:
        character.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return ASCII_BLOCK
    return character
