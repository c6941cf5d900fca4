"""Invoices as an aligned table, in the columns of the screens' lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from models.queries.invoice_row import InvoiceRow
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
