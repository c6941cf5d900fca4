"""What was noted beside an invoice and left it as it was: reminders, its documents, the sheets of its lots.

`journal_mention` follows the invoices that an entry changed; these entries changed none, and are found by their moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any, Final

from models.domain.actions import Action
from models.domain.damage import stored_moment
from models.store.database import rows_among
from models.tables.seals import in_runs

_MOMENTS: Final = (
    (Action.REMIND, "SELECT made_at, made_by FROM reminder WHERE invoice_id IN ({set})"),
    (
        Action.WITHDRAW_REMINDER,
        "SELECT withdrawn_at, withdrawn_by FROM reminder WHERE withdrawn_at <> '' AND invoice_id IN ({set})",
    ),
    (Action.NOTE_DOCUMENT, "SELECT made_at, made_by FROM document_note WHERE invoice_id IN ({set})"),
)
_LOTS: Final = (
    "SELECT batch_id FROM invoice WHERE batch_id IS NOT NULL AND id IN ({set})",
    "SELECT batch_id FROM lot_mention WHERE invoice_id IN ({set})",
)
_SENDINGS: Final = "SELECT made_at, made_by, sent_on FROM sheet_sending WHERE batch_id IN ({set})"
_ENTRIES: Final = "SELECT id, action, at, operator FROM journal_entry WHERE at IN ({set})"
_WORDS: Final[Mapping[str, str]] = {
    Action.REMIND: "reminder",
    Action.NOTE_DOCUMENT: "document_note",
    Action.SEND_SHEETS: "sheet_sending",
    Action.TAKE_BACK_SHEETS: "sheet_sending",
    Action.FILE: "filing",
    Action.GIVE_UP: "filing",
}
"""Where the words stand that a person gave with it; all rows of one entry bear the same."""


def entries_beside(invoices: Iterable[int]) -> tuple[int, ...]:
    """The ids of the entries of what was noted beside these invoices, in their order."""
    ids = tuple(invoices)
    made = set(_made(ids))
    found = rows_among(_ENTRIES, {at for _, at, _ in made})
    return tuple(sorted(entry for entry, action, at, operator in found if (action, at, operator) in made))


def words_given(entries: Iterable[tuple[int, str, Mapping[str, Any]]]) -> dict[int, tuple[str, ...]]:
    """What a person wrote with each of these entries, by its id; an entry without any words is left out.

    Args:
        entries: id, action as it is stored, and what the entry keeps.
    """
    places: dict[str, dict[int, int]] = {}
    for entry, action, detail in entries:
        table = _WORDS.get(action)
        row = None if table is None else _first_row(detail, table)
        if table is not None and row is not None:
            places.setdefault(table, {})[row] = entry
    found: dict[int, tuple[str, ...]] = {}
    for table, entry_of in places.items():
        sql = f"SELECT id, note FROM {table} WHERE id IN ({{set}})"  # noqa: S608
        found |= {entry_of[row]: (words,) for row, words in rows_among(sql, entry_of) if words}
    return found


def _made(invoices: Sequence[int]) -> Iterator[tuple[str, str, str]]:
    """Action, moment as the journal writes it, and who, of all that was noted beside."""
    for action, sql in _MOMENTS:
        for at, by in rows_among(sql, invoices):
            yield action, _as_journal(at), by
    lots = {lot for sql in _LOTS for (lot,) in rows_among(sql, invoices)}
    for at, by, sent_on in rows_among(_SENDINGS, lots):
        yield Action.SEND_SHEETS if sent_on else Action.TAKE_BACK_SHEETS, _as_journal(at), by


def _as_journal(at: str) -> str:
    return stored_moment(at).astimezone(UTC).isoformat(timespec="milliseconds")


def _first_row(detail: Mapping[str, Any], table: str) -> int | None:
    """The id of the first row that an entry seals in a table; None where it does not read."""
    try:
        return next((row for row, _ in in_runs(detail["rows"][table])), None)
    except (LookupError, TypeError, ValueError, AttributeError):
        return None
