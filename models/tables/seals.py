"""The seals of rows: a keyed digest of what a row holds, which the journal's entry of each change keeps.

A seal has two parts, both in hexadecimal. The first tells whether anything changed: 128 bits of a BLAKE2 keyed with the
journal's key, so that who has the database alone can neither make one nor try names and NIR against it. The second, 32
bits, tells where: two sums over what is sealed, from which a single column that changed can be named. Invoices are
sealed with their lines as one document (`models.tables.invoice_seals`), all other rows by themselves, here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate
from operator import mul
from typing import Any, Final
from zlib import crc32

from peewee import BooleanField, Field, IntegerField

from models.store.database import Table, execute, is_sqlite, journal_key, rows_among
from models.tables.beside_answers import ReturnMovement, ReturnRemark
from models.tables.fields import Columns
from models.tables.filing import Filing, Reminder
from models.tables.invoice import LotMention
from models.tables.lots import Lot, LotRemark
from models.tables.numbering import Counter
from models.tables.operators import ListedOperator, UnlockCode
from models.tables.papers import DocumentNote, SheetSending
from models.tables.people import Patient, Payer, Practitioner, Prescriber
from models.tables.returns import Answer, Rejection, Return, ReturnTransfer
from models.tables.rights import Override, Right, RightWithdrawal

DIGEST: Final = 32
"""Characters of the first part."""

SEAL: Final = 40
"""Characters of both."""

GONE: Final = "0" * SEAL
"""What stands in the place of a seal where the row was deleted."""

_PRIME: Final = 65521
_CANONICAL: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class SealedTable:
    """A table whose rows the journal seals one by one.

    A column that holds nothing (NULL; where it must hold something, the empty text, 0 or false) seals nothing: one that
    a later version adds leaves the seals of before as they are.

    Args:
        table: its rows say something of their own; what is only counted or looked up again from others is not sealed.
    """

    def __init__(self, table: type[Table]) -> None:
        self.name: str = table._meta.table_name
        fields = sorted((f for f in table._meta.sorted_fields if f.name != "id"), key=lambda f: f.column_name)
        self._nothing = [(field.column_name, nothing(field)) for field in fields]
        self._columns = Columns("t", fields)
        said = ", ".join(map(_said, fields))
        self._rows = f'SELECT t.id, {self._columns.sql} FROM "{self.name}" t'  # noqa: S608
        whole = f"CAST(concat('{{', substr(concat({said}), 2), '}}') AS BLOB)"  # one pass; bytes: nobody decodes them
        self._texts = f'SELECT t.id, {whole} FROM "{self.name}" t'  # noqa: S608

    def after(self, after: int, most: int) -> list[tuple[int, bytes]]:
        """The rows that follow this id, so many at most, each with what is sealed of it, as JSON."""
        some = " WHERE t.id > ? ORDER BY t.id LIMIT ?"
        if is_sqlite():
            return list(execute(self._texts + some, (after, most)).fetchall())
        return [self._text(row) for row in execute(self._rows + some, (after, most)).fetchall()]

    def among(self, ids: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """The same of the rows that have these ids, in their order."""
        some, wanted = " WHERE t.id IN ({set}) ORDER BY t.id", sorted(ids)
        if is_sqlite():
            yield from rows_among(self._texts + some, wanted)
        else:
            yield from map(self._text, rows_among(self._rows + some, wanted))

    def sealed(self, ids: Iterable[int]) -> Iterator[tuple[int, str]]:
        """The seal of each of these rows as it stands, `GONE` of one that is not there."""
        wanted = sorted(ids)
        there = dict(self.among(wanted))
        for row_id in wanted:
            said = there.get(row_id)
            yield row_id, GONE if said is None else digest(said) + place_in_object(said)

    def changed_column(self, seal: str, said: bytes) -> str:
        """The one column that changed since the seal was made; nothing where it was not one alone."""
        weight = _moved(seal, place_in_object(said))
        return " ou ".join(name for name, _ in self._nothing if _WEIGHTS[name.encode()] == weight)

    def _text(self, row: Sequence[Any]) -> tuple[int, bytes]:
        """What SQLite writes by itself, in half of the time, written here: the same to the last character."""
        stored = self._columns.stored(row[1:])
        held = {name: value for (name, empty), value in zip(self._nothing, stored, strict=True) if value != empty}
        return row[0], _CANONICAL.encode(held).encode()


def nothing(field: Field) -> object:
    """What the column of this field holds where it says nothing."""
    if field.null:
        return None
    return 0 if isinstance(field, IntegerField | BooleanField) else ""


def _said(field: Field) -> str:
    """A column in SQLite's own words, as one more member of a JSON object; nothing where it says nothing."""
    column, empty, member = f"t.{field.column_name}", nothing(field), f',"{field.column_name}":'
    if isinstance(field, BooleanField):
        return f"iif({column}, '{member}true', '')"
    says = f"{column} IS NOT NULL" if empty is None else f"{column} <> {empty!r}"
    return f"iif({says}, '{member}' || json_quote({column}), '')"


SEALED: Final[Mapping[str, SealedTable]] = {
    table._meta.table_name: SealedTable(table)
    for table in (
        *(Practitioner, Patient, Prescriber, Payer, Right, RightWithdrawal, Override, ListedOperator),
        *(Lot, LotRemark, LotMention, Return, ReturnRemark, ReturnTransfer, ReturnMovement, Answer, Rejection),
        *(Counter, Filing, Reminder, UnlockCode, SheetSending, DocumentNote),
    )
}
"""The tables whose rows are sealed one by one; a new table is, unless what it holds means nothing by itself."""


def runs(sealed: Iterable[tuple[int, str]]) -> list[list[int | str]]:
    """Seals as the journal keeps them: the first id of each run of ids, and the seals of the run in one text."""
    found: list[tuple[int, list[str]]] = []
    following = None
    for row_id, seal in sealed:
        if row_id != following:
            found.append((row_id, []))
        found[-1][1].append(seal)
        following = row_id + 1
    return [[first, "".join(seals)] for first, seals in found]


def in_runs(kept: Iterable[Any]) -> Iterator[tuple[int, str]]:
    """What `runs` made a text of: each id, its seal."""
    for first, seals in kept:
        for place in range(len(seals) // SEAL):
            yield first + place, seals[place * SEAL : (place + 1) * SEAL]


def digest(said: bytes) -> str:
    """The first part of a seal."""
    hasher = keyed()
    hasher.update(said)
    return hasher.hexdigest()


def keyed() -> blake2b:
    """What makes the first part of a seal, with nothing said yet; to take in the key is a third of the work."""
    return _keyed(journal_key()[:64]).copy()


@lru_cache(maxsize=1)
def _keyed(key: bytes) -> blake2b:
    return blake2b(digest_size=DIGEST // 2, key=key)


def place_in_object(said: bytes) -> str:
    """The second part for a JSON object of plain values: the sum of its members, and the sum of each by its name."""
    members = said[2:-1].split(b',"')  # within a text a quotation mark never stands bare
    sums = [*map(crc32, members)]
    weights = [_WEIGHTS[member.partition(b'"')[0]] for member in members]
    return f"{sum(sums) % _PRIME:04x}{sum(map(mul, sums, weights)) % _PRIME:04x}"


def place_in_list(said: bytes) -> str:
    """The second part for a JSON list: the sum of what stands between its commas, and the sum of each by its place."""
    sums = map(crc32, reversed(said.split(b",")))
    growing = [*accumulate(sums)]  # their sum has each as often as its place says, in a quarter less time
    return f"{growing[-1] % _PRIME:04x}{sum(growing) % _PRIME:04x}"


def changed_value(seal: str, said: bytes, values: Iterable[tuple[str, str]]) -> str:
    """The name of the one value that changed in a JSON list since the seal was made; nothing where none can be told.

    Args:
        seal: as it was made.
        said: the list as it is now.
        values: each by its name, as it stands in the list, in order.
    """
    place, moved = 0, _moved(seal, place_in_list(said))
    for name, value in values:
        place += value.count(",") + 1
        if moved is not None and moved <= place:
            return name if moved else ""
    return ""


def _moved(seal: str, now: str) -> int | None:
    """By which weight the sums have moved since a seal was made; None where they tell nothing."""
    if len(seal) != SEAL:
        return None
    plain = (int(now[:4], 16) - int(seal[DIGEST : DIGEST + 4], 16)) % _PRIME
    weighed = (int(now[4:], 16) - int(seal[DIGEST + 4 :], 16)) % _PRIME
    return weighed * pow(plain, -1, _PRIME) % _PRIME if plain else None


class _Weights(dict[bytes, int]):
    """The weight of each column, by its name."""

    def __missing__(self, name: bytes) -> int:
        weight = self[name] = crc32(name) % _PRIME
        return weight


_WEIGHTS: Final = _Weights()
