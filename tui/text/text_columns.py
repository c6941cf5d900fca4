"""The columns of the short lists: lots, returns, answers. A line is what stands in each, set in the width there is."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tui.terminal import pens
from tui.text import display
from tui.text.columns import Pieces

Cells = tuple[str, ...]
"""What stands in each column."""


class TextColumn(NamedTuple):
    """One column: its heading, its width in cells; `grow` shares the width that is left, `pen` follows the text."""

    heading: str
    width: int
    grow: int = 0
    right: bool = False
    pen: Callable[[str], str] = lambda text: pens.PLAIN


def headings(columns: tuple[TextColumn, ...], width: int) -> str:
    """The line above, in so many cells."""
    return "".join(text for text, _ in laid(columns, tuple(column.heading for column in columns), width))


def laid(columns: tuple[TextColumn, ...], cells: Cells, width: int) -> Pieces:
    """A line in so many cells, a blank between its columns; each with its pen."""
    spare = max(0, width - sum(column.width + 1 for column in columns) + 1)
    growers = sum(column.grow for column in columns)
    found: Pieces = []
    for column, text in zip(columns, cells, strict=True):
        share = spare * column.grow // growers if growers else 0
        found += [(" ", pens.PLAIN)] if found else []
        found.append((display.fit(text, column.width + share, right=column.right), column.pen(text)))
    return found
