"""The day on which an invoice's care was first billed: a new number does not restart the legal delay."""

from __future__ import annotations

from typing import Final

FIRST_SHEET: Final = (
    "(WITH RECURSIVE up(parent, made_on) AS ("
    "SELECT coalesce(i.replaces_id, i.dre_of_id), i.billed_on"
    " UNION ALL SELECT coalesce(o.replaces_id, o.dre_of_id), o.billed_on FROM up JOIN invoice o ON o.id = up.parent"
    ") SELECT made_on FROM up WHERE parent IS NULL)"
)
"""Of an invoice « i »: the day of the sheet at the beginning of what it replaces (R.161-42, 10° and 11° CSS)."""
