"""Why an invoice was classified or given up, the last time, as text of SQL: the first rows come before the tables."""

from __future__ import annotations

from typing import Final

from models.domain.damage import REPLACEMENT, stored_member, stored_moment
from models.domain.filing import FiledAs, FilingNote

_PARTED: Final = "\x1f"

FILING: Final = (
    f"(SELECT f.filed_as || '{_PARTED}' || f.made_at || '{_PARTED}' || f.made_by || '{_PARTED}' || f.note"  # noqa: S608
    " FROM filing f WHERE f.invoice_id = i.id ORDER BY f.id DESC LIMIT 1)"
)
"""Of an invoice « i », what `filing_note` reads."""


def filing_note(told: str | None) -> FilingNote | None:
    """What `FILING` says of an invoice; None where it never was classified."""
    if told is None:
        return None
    filed_as, at, by, note = [*told.split(_PARTED, 3), *(REPLACEMENT,) * 4][:4]
    return FilingNote(stored_member(FiledAs, filed_as), note, by, stored_moment(at).astimezone().date())
