"""What is to be printed, as plain values: their maker says the words, the layout finds their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class PrintColumn(NamedTuple):
    """A column of a printed table: its heading, and which share of the width it takes."""

    heading: str
    share: int
    right: bool = False
    """For amounts."""
    wraps: bool = False
    """Whether what is too long for it goes on below, instead of being cut with an ellipsis."""


@dataclass(frozen=True, slots=True)
class Printout:
    """One document that begins on a page of its own, with its own count of pages. Nothing in it is read as markup."""

    title: str
    """Stands on its first page, and in small on the others; '' for a letter, which bears none."""
    sender: tuple[str, ...] = ()
    """Lines at the left of the first page."""
    recipient: tuple[str, ...] = ()
    """Lines at the right, where the window of an envelope is."""
    before: tuple[str, ...] = ()
    """Paragraphs above the table; an empty one leaves a blank line."""
    columns: Sequence[PrintColumn] = ()
    rows: Sequence[Sequence[str]] = ()
    """Each with a text a column."""
    totals: tuple[str, ...] = ()
    """The last line of the table, a text a column."""
    after: tuple[str, ...] = ()
    """Paragraphs below the table."""
    boxes: tuple[str, ...] = ()
    """Frames side by side under all of it, left empty for a stamp or a signature; what each is for."""
    foot: str = ""
    """What stands at the bottom of each page, at the left of « page 2/3 »."""
    landscape: bool = False
