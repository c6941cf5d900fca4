"""Around a list: what it holds in figures, where its cursor stands, « 3 / 17 », the arrows of what lies beyond."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from models.domain.states import InvoiceState
from tui.text import display

if TYPE_CHECKING:
    from models.queries.counts import Counts


class Position(NamedTuple):
    """The row under the cursor, from 1, of how many; None where it is not known."""

    row: int | None
    total: int | None
    above: bool
    """Whether rows stand above the first one that is shown."""
    below: bool


def told(position: Position) -> str:
    """The position in a few cells; nothing of an empty list, or where nothing is known yet."""
    row, total, above, below = position
    if total == 0:
        return ""
    arrows = ("↑" if above else "") + ("↓" if below else "")
    count = "" if row is None else str(row) if total is None else f"{row} / {total}"
    return f"{count} {arrows}".strip()


def rule(position: Position, width: int) -> str:
    """The line under a list, with the position in it."""
    said = told(position)
    return (f"─ {said} " if said else "").ljust(width, "─")[:width]


def beside(text: str, position: Position, width: int) -> str:
    """A line above a list, with the position in its last blank that has room for it; as it is where none has."""
    said = told(position)
    full = display.fit(text, width)
    blanks = [found.span() for found in re.finditer(r"(?<=\S) +", full)] if said else []
    for start, end in reversed(blanks):
        stop = end if end == width else end - 2
        if stop - start > len(said):
            return full[: stop - len(said)] + said + full[stop:]
    return text


def summary(found: Counts) -> str:
    """The line above the list of transmitted invoices."""
    return (
        f"À traiter {found.of(InvoiceState.REJECTED)} · recyclage caisse {found.of(InvoiceState.REPROCESSING)} · "
        f"sans réponse {found.of(InvoiceState.TRANSMITTED)} · payées {found.of(InvoiceState.PAID)}"
        + (f" · classées {found.filed}" if found.filed else "")
    )
