"""Which notes are in force, in SQL: text alone, for the first rows come before the library."""

from __future__ import annotations

from typing import Final

from models.domain.states import ShareState
from models.tables.aside import REPEATS, TAKEN

_SAME_SHARE: Final = " OR ".join(
    f"(a.{share}_state <> '{ShareState.NONE}' AND b.{share}_state <> '{ShareState.NONE}')" for share in ("amo", "amc")
)

STANDING: Final = (
    f"r.noted_by <> '' AND r.arl = '' AND {TAKEN}"  # noqa: S608
    " AND NOT EXISTS (SELECT 1 FROM answer b WHERE b.invoice_id = a.invoice_id"
    f" AND ({_SAME_SHARE}) AND (b.made > a.made AND {TAKEN} OR b.id > a.id AND {REPEATS}))"
)
"""Of an answer « a » in its return « r »: a note that stands, and nothing later stands on the share that it names, nor
said the same of it. The ARL, which are about a lot, are no such notes."""
