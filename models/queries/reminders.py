"""The reminders of an invoice that stand: on which day its payer was asked, by whom, in which words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.domain.damage import stored_day
from models.store.database import execute
from models.store.faults import spoken


@dataclass(frozen=True, slots=True)
class StandingReminder:
    """« Relancée le … », as it was noted and not taken back."""

    on: date
    note: str
    by: str


@spoken()
def reminders_of(invoice_id: int) -> tuple[StandingReminder, ...]:
    """Those of this invoice, the latest first."""
    found = execute(
        "SELECT reminded_on, note, made_by FROM reminder WHERE invoice_id = ? AND withdrawn_at = ''"
        " ORDER BY reminded_on DESC, id DESC",
        (invoice_id,),
    )
    return tuple(StandingReminder(stored_day(on), note, by) for on, note, by in found.fetchall())
