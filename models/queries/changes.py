"""Whether the practice has changed, asked in one cheap query; and who changed an invoice since it was read."""

from __future__ import annotations

from dataclasses import dataclass

from models.domain.actions import Action
from models.store.database import check_in_place_now, execute, rows
from models.store.faults import spoken
from models.store.room import check_room
from models.tables import journal
from models.tables.invoice import Invoice


@spoken()
def last_change() -> int:
    """A number that is another one as soon as somebody changed the practice: each change has an entry in the journal.

    What is typed and not saved has none, so that a desk where somebody types makes no other one read.

    Raises:
        Unreachable: the practice is away, or its disk takes no change any more.
    """
    check_in_place_now()
    (last,) = execute("SELECT coalesce(max(id), 0) FROM journal_entry").fetchone()
    check_room()
    return int(last)


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What somebody did to an invoice: who, when (UTC, ISO), what."""

    by: str
    at: str
    action: Action | None
    replaced_by: int | None
    """The number that it became, where it was cancelled."""


@spoken()
def changed_since(invoice_id: int, version: int) -> Meanwhile | None:
    """The last change of this invoice after the version that was read; None where there was none."""
    if (now := rows(Invoice.select(Invoice.version).where(Invoice.id == invoice_id))) in ([], [(version,)]):
        return None
    changes = journal.who_changed(invoice_id, version)
    if not changes or not now:
        return None
    by, at, action = changes[-1]
    became = rows(Invoice.select(Invoice.number).where(Invoice.replaces == invoice_id))
    return Meanwhile(by, at, Action.of(action), became[0][0] if became else None)
