"""A question that was answered NON: what stands now, where another desk did something about it while it was open."""

from __future__ import annotations

from collections.abc import Sequence

from models.queries.changes import Meanwhile, changed_since
from models.queries.invoice_row import InvoiceRow
from tui.base.desk_screen import DeskScreen
from tui.base.invoice_screen import InvoiceScreen
from tui.base.rereading import silently
from tui.text import display
from tui.text.sentences import meanwhile_sentence


def tell_not_done(screen: DeskScreen, rows: Sequence[InvoiceRow], said: str) -> None:
    """Say that nothing was done; then, once it is known, who changed which of these invoices since they were read.

    The screen is free at once: the key that follows NON is no part of the question.
    """
    screen.tell(said)  # in the same paint as the question goes
    silently(lambda: screen.run_worker(_look(screen, rows, said), group="meanwhile"))


async def _look(screen: DeskScreen, rows: Sequence[InvoiceRow], said: str) -> None:
    found = await screen.perform(lambda: _changed(rows))
    if not found:
        return
    (row, change), *others = found
    more = f" Et {display.plural(len(others), 'autre', 'autres')}." if others else ""
    sentence = meanwhile_sentence(row.number, change) + more
    if screen.news_told != said:
        screen.command_done()  # a gesture has said something since: the list alone tells
    elif isinstance(screen, InvoiceScreen):
        screen.desk.announce(sentence)  # said once the list is counted again
        screen.command_done()
    else:
        screen.command_done()
        screen.tell(sentence)


def _changed(rows: Sequence[InvoiceRow]) -> list[tuple[InvoiceRow, Meanwhile]]:
    found = ((row, changed_since(row.id, row.version)) for row in rows)
    return [(row, change) for row, change in found if change is not None]
