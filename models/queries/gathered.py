"""Several texts in one column of a list's row: the SQL that gathers them, and what reads them back."""

from __future__ import annotations

from typing import Final

from models.domain.damage import REPLACEMENT, stored_day
from models.domain.exchanges import Arl
from models.domain.lifecycle import FIRST_UNSENT
from models.domain.notes import NoteMark, SentBack
from models.tables.aside import TAKEN
from models.tables.standing_notes import STANDING

MORE: Final = (
    "(SELECT string_agg(r.code || '|' || r.label, '\x1f') FROM answer a CROSS JOIN rejection r"
    " WHERE a.invoice_id = CASE WHEN i.{share}_rejection IS NULL THEN p.id ELSE i.id END"
    " AND r.answer_id = a.id AND r.share = '{share}'"
    " AND r.code || '' <> coalesce(i.{share}_rejection, p.{share}_rejection) AND {stands})"
)
"""The rejections of a share beside the one that its own column names."""
NOTED: Final = (
    "(SELECT max(r.received_at || '\x1f' || r.noted_by || '\x1f' || r.said_in || '\x1f' || r.created_on)"  # noqa: S608
    ' FROM answer a JOIN "return" r ON r.id = a.return_id'
    f" WHERE a.invoice_id = CASE WHEN i.desk_rank >= {FIRST_UNSENT} THEN p.id ELSE i.id END AND {STANDING})"
)
"""The latest by its moment, which is written in one form: sorting would keep the list's page from its index."""
SENT_BACK: Final = (
    f"CASE WHEN i.desk_rank >= {FIRST_UNSENT} THEN (SELECT max(r.received_at || '\x1f' || r.noted_by"  # noqa: S608
    " || '\x1f' || r.said_in || '\x1f' || r.created_on || '\x1f' || r.reason)"
    ' FROM answer a JOIN "return" r ON r.id = a.return_id'
    f" WHERE a.invoice_id = i.id AND r.arl = '{Arl.NEGATIVE}' AND {TAKEN}) END"
)
"""The negative ARL for which an invoice is to be corrected, with its reason."""


def others(told: str | None) -> tuple[tuple[str, str], ...]:
    """The codes and labels that `MORE` gathers, each once."""
    parted = [each.partition("|") for each in dict.fromkeys(told.split("\x1f"))] if told else []
    return tuple((code, label) for code, _, label in parted)


def _parts(told: str, count: int) -> list[str]:
    """The texts that were gathered in one; what is missing of them is damaged."""
    return [*told.split("\x1f", count - 1), *(REPLACEMENT,) * count][:count]


def mark(told: str | None) -> NoteMark | None:
    """The note that `NOTED` gathers."""
    if told is None:
        return None
    at, by, said_in, said_on = _parts(told, 4)
    return NoteMark(by, at, said_in, stored_day(said_on))


def back(told: str | None) -> SentBack | None:
    """The ARL that `SENT_BACK` gathers."""
    if told is None:
        return None
    *mark, reason = _parts(told, 5)
    return SentBack(reason, NoteMark(mark[1], mark[0], mark[2], stored_day(mark[3])))
