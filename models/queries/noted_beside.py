"""What was noted beside an invoice and left it as it was: reminders, its documents, the sheets of its lots.

`journal_mention` follows the invoices that an entry changed; these entries changed none, and are found by their moment.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any, Final

from models.domain.actions import Action
from models.domain.damage import stored_moment
from models.store.database import rows_among
from models.tables.seals import in_runs

_BESIDE: Final = (
    ("reminder", "SELECT id, made_at, made_by FROM reminder WHERE invoice_id IN ({set})"),
    (
        "reminder",
        "SELECT id, withdrawn_at, withdrawn_by FROM reminder WHERE withdrawn_at <> '' AND invoice_id IN ({set})",
    ),
    ("document_note", "SELECT id, made_at, made_by FROM document_note WHERE invoice_id IN ({set})"),
)
_LOTS: Final = (
    "SELECT batch_id FROM invoice WHERE batch_id IS NOT NULL AND id IN ({set})",
    "SELECT batch_id FROM lot_mention WHERE invoice_id IN ({set})",
)
_SENDINGS: Final = "SELECT id, made_at, made_by FROM sheet_sending WHERE batch_id IN ({set})"
_ENTRIES: Final = "SELECT id, at, operator, detail FROM journal_entry WHERE at IN ({set})"
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
    """The ids of the entries of what was noted beside these invoices, in their order.

    Several entries may have been made at the same moment: the one that sealed the row is meant.
    """
    made: dict[tuple[str, str], set[tuple[str, int]]] = {}
    for table, row, at, by in _made(tuple(invoices)):
        made.setdefault((stored_moment(at).astimezone(UTC).isoformat(timespec="milliseconds"), by), set()).add(
            (table, row)
        )
    found = rows_among(_ENTRIES, {at for at, _ in made})
    return tuple(
        sorted(
            entry
            for entry, at, operator, detail in found
            if any(row in _sealed(_kept(detail), table) for table, row in made.get((at, operator), ()))
        )
    )


def words_given(entries: Iterable[tuple[int, str, Mapping[str, Any]]]) -> dict[int, tuple[str, ...]]:
    """What a person wrote with each of these entries, by its id; an entry without any words is left out.

    Args:
        entries: id, action as it is stored, and what the entry keeps.
    """
    places: dict[str, dict[int, int]] = {}
    for entry, action, detail in entries:
        table = _WORDS.get(action)
        if table is not None:
            places.setdefault(table, {}).update((row, entry) for row in _sealed(detail, table)[:1])
    found: dict[int, tuple[str, ...]] = {}
    for table, entry_of in places.items():
        sql = f"SELECT id, note FROM {table} WHERE id IN ({{set}})"  # noqa: S608
        found |= {entry_of[row]: (words,) for row, words in rows_among(sql, entry_of) if words}
    return found


def _made(invoices: Sequence[int]) -> Iterator[tuple[str, int, str, str]]:
    """Table and id, moment and who, of all that was noted beside."""
    for table, sql in _BESIDE:
        yield from ((table, *row) for row in rows_among(sql, invoices))
    lots = {lot for sql in _LOTS for (lot,) in rows_among(sql, invoices)}
    yield from (("sheet_sending", *row) for row in rows_among(_SENDINGS, lots))


def _kept(detail: str) -> Mapping[str, Any]:
    try:
        said = json.loads(detail)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _sealed(detail: Mapping[str, Any], table: str) -> list[int]:
    """The ids of the rows of a table that an entry seals; none where it does not read."""
    try:
        return [row for row, _ in in_runs(detail["rows"][table])]
    except (LookupError, TypeError, ValueError):
        return []
