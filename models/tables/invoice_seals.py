"""The seals of invoices: each with its lines as one document, whose version and seal the journal's entries hold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from peewee import BooleanField, Field

from models.store.database import A_SET, execute, is_sqlite, rows_among
from models.store.stored_text import stored_text
from models.tables.fields import Columns
from models.tables.invoice import Act, Invoice
from models.tables.seals import DIGEST, SEAL, changed_value, digest, place_in_list

LATER: Final[frozenset[str]] = frozenset({"filed_until"})
"""The columns of invoices and acts that came after the first practices: where they hold nothing, they seal nothing, so
that what was sealed before them still holds."""

_UNSEALED: Final = frozenset({"id", "search", "desk_rank", "version"})
_INVOICE_COLUMNS: Final = [field for field in Invoice._meta.sorted_fields if field.name not in _UNSEALED]
_ACT_COLUMNS: Final = [field for field in Act._meta.sorted_fields if field.name != "id"]
_OF_INVOICES: Final = Columns("i", _INVOICE_COLUMNS)
_OF_ACTS: Final = Columns("a", _ACT_COLUMNS)
_CANONICAL: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)

Sealed = tuple[int, int, bytes]
"""An invoice, its version, and what its seal is made of: its columns and those of its lines, as JSON."""


def invoice_seals(ids: Iterable[int]) -> dict[int, tuple[int, str]]:
    """For each invoice, its version and the seal of all that the journal seals of it and of its acts."""
    return {row_id: (version, digest(said) + place_in_list(said)) for row_id, version, said in invoices_among(set(ids))}


def invoices_after(after: int, count: int) -> list[Sealed]:
    """The invoices that follow this id, so many at most."""
    if is_sqlite():
        return list(execute(f"{_TEXTS} WHERE i.id > ? ORDER BY i.id LIMIT ?", (after, count)).fetchall())
    ids = execute("SELECT id FROM invoice WHERE id > ? ORDER BY id LIMIT ?", (after, count)).fetchall()
    return list(_read([row_id for (row_id,) in ids]))


def invoices_among(ids: Iterable[int]) -> Iterator[Sealed]:
    """The same of these invoices; one that is not there is left out."""
    wanted = sorted(ids)
    if is_sqlite():
        yield from rows_among(f"{_TEXTS} WHERE i.id IN ({{set}}) ORDER BY i.id", wanted)
    else:
        for start in range(0, len(wanted), A_SET):
            yield from _read(wanted[start : start + A_SET])


def holds(seal: str, said: bytes) -> bool:
    """Whether a seal is of this; up to version 0.2.0 it was a plain SHA-256, as long as today's first part."""
    if len(seal) == SEAL:
        return digest(said) == seal[:DIGEST]
    return hashlib.sha256(said).hexdigest()[:DIGEST] == seal


def changed_column(seal: str, said: bytes) -> str:
    """The one column that changed since the seal was made; nothing where it was not one alone, or none is told."""
    invoice, acts = json.loads(stored_text(said))
    named = list(zip((column.column_name for column in _strict(_INVOICE_COLUMNS)), invoice, strict=False))
    for place, act in enumerate(acts, start=1):
        columns = (f"acte {place}, {column.column_name}" for column in _strict(_ACT_COLUMNS))
        named += zip(columns, act, strict=False)
    return changed_value(seal, said, [(name, _CANONICAL.encode(value)) for name, value in named])


def _read(ids: Sequence[int]) -> Iterator[Sealed]:
    """What SQLite writes by itself (`_TEXTS`, in a quarter of the time), written here: the same to the last sign."""
    acts: dict[int, list[list[object]]] = {row_id: [] for row_id in ids}
    lines = f"SELECT {_OF_ACTS.sql} FROM act a WHERE a.invoice_id IN ({{set}})"  # noqa: S608
    for line in rows_among(f"{lines} ORDER BY a.invoice_id, a.removed_in, a.position", ids):
        acts[line[0]].append(_sealed(_ACT_COLUMNS, _OF_ACTS.stored(line)))
    invoices = f"SELECT i.id, i.version, {_OF_INVOICES.sql} FROM invoice i WHERE i.id IN ({{set}})"  # noqa: S608
    for row_id, version, *row in sorted(rows_among(invoices, ids)):
        sealed = [_sealed(_INVOICE_COLUMNS, _OF_INVOICES.stored(row)), acts[row_id]]
        yield row_id, version, _CANONICAL.encode(sealed).encode()


def _sealed(columns: Sequence[Field], row: list[object]) -> list[object]:
    """What the seal of a row holds: each column in its order, then what the later ones say."""
    if not LATER:
        return row
    named = list(zip((column.name for column in columns), row, strict=True))
    later = {name: value for name, value in named if name in LATER and value not in (None, "", 0)}
    return [value for name, value in named if name not in LATER] + ([later] if later else [])


def _strict(columns: Sequence[Field]) -> list[Field]:
    return [column for column in columns if column.name not in LATER]


def _written(alias: str, columns: Sequence[Field]) -> str:
    """What `_sealed` gives, in SQLite's words."""
    strict = ", ".join(
        f"json(iif({alias}.{column.column_name}, 'true', 'false'))"
        if isinstance(column, BooleanField)
        else f"{alias}.{column.column_name}"
        for column in _strict(columns)
    )
    later = ", ".join(
        f"'{column.name}', nullif(nullif({alias}.{column.column_name}, ''), 0)"
        for column in sorted(columns, key=lambda column: column.name)
        if column.name in LATER
    )
    if not later:
        return f"json_array({strict})"
    quiet = " AND ".join(
        f"nullif(nullif({alias}.{column.column_name}, ''), 0) IS NULL" for column in columns if column.name in LATER
    )
    said = f"json_patch('{{}}', json_object({later}))"
    return f"iif({quiet}, json_array({strict}), json_insert(json_array({strict}), '$[#]', json({said})))"


_TEXTS: Final = (
    f"SELECT i.id, i.version, CAST(concat('[', {_written('i', _INVOICE_COLUMNS)}, ',['"  # noqa: S608
    f", (SELECT group_concat({_written('a', _ACT_COLUMNS)}, ',' ORDER BY a.removed_in, a.position)"
    " FROM act a WHERE a.invoice_id = i.id), ']]') AS BLOB) FROM invoice i"
)
