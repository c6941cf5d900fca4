"""Columns that give and take the values of the program: closed lists, days, zones; all of them kept as text.

What a row holds that is not what its column holds is given as a damaged value (`models.domain.damage`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, overload

from peewee import BooleanField, Field

from models.domain.damage import REPLACEMENT, DamagedZones, stored_day, stored_member

if TYPE_CHECKING:
    from models.domain.content import KeptZones

V = TypeVar("V")
E = TypeVar("E", bound=StrEnum)


class StoredText(Field, Generic[V]):
    """A text column whose value is more than text; what is stored is what the journal seals."""

    field_type = "TEXT"

    def writer(self) -> Callable[[Any], Any]:
        """What `db_value` does, for many."""
        return self.db_value

    def reader(self) -> Callable[[Any], Any]:
        """What `python_value` does, for many."""
        return self.python_value

    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: Any) -> StoredText[V]: ...
        @overload
        def __get__(self, instance: object, owner: Any) -> V: ...
        def __get__(self, instance: object, owner: Any) -> Any: ...
        def __set__(self, instance: object, value: V) -> None: ...


class EnumField(StoredText[E]):
    """One value of a closed list, or of the few of it that the column may hold.

    Args:
        kind: the list.
        options: peewee's.
    """

    def __init__(self, kind: type[E], **options: Any) -> None:
        super().__init__(**options)
        self._texts = _Texts(kind)
        self._members = _Members(kind)

    def db_value(self, value: str | None) -> str | None:
        """The text that is stored.

        Raises:
            ValueError: it is not in the list.
        """
        return self._texts[value]

    def python_value(self, value: Any) -> Any:
        """The member of the list."""
        return self._members[value]

    def writer(self) -> Callable[[Any], Any]:
        """The same, without a call of Python's."""
        return self._texts.__getitem__

    def reader(self) -> Callable[[Any], Any]:
        """The same, without a call of Python's."""
        return self._members.__getitem__


class _Texts(dict[str | None, str | None]):
    """What is stored of each member of a closed list, and of nothing."""

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__((member.value, member.value) for member in kind)
        self[None] = None
        self._kind = kind

    def __missing__(self, value: Any) -> str:
        return self._kind(value).value


class _Members(dict[Any, Any]):
    """The member that each text means, and nothing."""

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__((member.value, member) for member in kind)
        self[None] = None
        self._kind = kind

    def __missing__(self, value: Any) -> Any:
        return stored_member(self._kind, value)


class DayField(StoredText[V]):
    """A day, as ISO text."""

    if TYPE_CHECKING:

        @overload
        def __new__(cls, *, null: Literal[True], **options: Any) -> DayField[date | None]: ...
        @overload
        def __new__(cls, *, null: Literal[False] = ..., **options: Any) -> DayField[date]: ...
        def __new__(cls, *, null: bool = False, **options: Any) -> Any:
            """A column that may be empty gives None there."""

    def db_value(self, value: date | str | None) -> str | None:
        """The text that is stored."""
        return _day_text(value)

    def python_value(self, value: Any) -> Any:
        """The day."""
        return _day_of(value)

    def writer(self) -> Callable[[Any], Any]:
        """The same, without a call of Python's."""
        return _day_text

    def reader(self) -> Callable[[Any], Any]:
        """The same, without a call of Python's."""
        return _day_of


class ZonesField(StoredText["KeptZones"]):
    """The zones of a record that no column holds, as JSON pairs: carried along, never lost."""

    def db_value(self, value: KeptZones | None) -> str | None:
        """The text that is stored."""
        return _zones_text(value)

    def python_value(self, value: Any) -> Any:
        """The pairs: name of the zone, its text."""
        return _zones_of(value)

    def writer(self) -> Callable[[Any], Any]:
        """The same, without a call of Python's."""
        return _zones_text

    def reader(self) -> Callable[[Any], Any]:
        """The same, without a call of Python's."""
        return _zones_of


class Columns:
    """Columns of one table in a statement's text, and what a row of them says.

    Args:
        alias: what the statement calls the table.
        columns: in the order in which they are selected.
    """

    def __init__(self, alias: str, columns: Sequence[Field]) -> None:
        self.sql = ", ".join(f"{alias}.{column.column_name}" for column in columns)
        readers: list[tuple[int, Callable[[Any], Any]]] = []
        for at, column in enumerate(columns):
            if isinstance(column, StoredText):
                readers.append((at, column.reader()))
            elif isinstance(column, BooleanField):
                readers.append((at, bool))
        self._reads = tuple(readers)
        self._flags = tuple(at for at, column in enumerate(columns) if isinstance(column, BooleanField))

    def stored(self, row: Sequence[Any]) -> list[Any]:
        """What the row holds, the same on each engine; what is a day or of a closed list stays the text that it is."""
        values = list(row)
        for at in self._flags:
            values[at] = bool(values[at])
        return values

    def read(self, row: Sequence[Any]) -> list[Any]:
        """The values of the program for what the statement gave."""
        values = list(row)
        for at, read in self._reads:
            values[at] = read(values[at])
        return values

    def read_all(self, rows: Sequence[Sequence[Any]]) -> Iterable[tuple[Any, ...]]:
        """The same for many rows, column by column."""
        if not rows:
            return ()
        columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
        for at, read in self._reads:
            columns[at] = map(read, columns[at])
        return zip(*columns, strict=True)


@lru_cache(maxsize=1024, typed=True)
def _day_text(day: date | str | None) -> str | None:
    return day.isoformat() if isinstance(day, date) else day


@lru_cache(maxsize=1024, typed=True)
def _day_of(stored: Any) -> Any:
    return stored_day(stored) if isinstance(stored, str) else stored


@lru_cache(maxsize=4096)
def _zones_of(text: str | None) -> KeptZones | None:
    """The pairs of this JSON; most invoices say the same."""
    if text is None:
        return None
    try:
        pairs = tuple((name, zone) for name, zone in json.loads(text))
    except (ValueError, TypeError):
        return DamagedZones()
    return pairs if all(isinstance(word, str) for pair in pairs for word in pair) else DamagedZones()


def stored_texts(stored: str) -> tuple[str, ...]:
    """The texts of a JSON list; one that stands for them all where they do not read."""
    try:
        texts = json.loads(stored)
    except ValueError:
        return (REPLACEMENT,)
    return tuple(map(str, texts)) if isinstance(texts, list) else (REPLACEMENT,)


@lru_cache(maxsize=4096)
def _zones_text(zones: KeptZones | None) -> str | None:
    """The JSON of these pairs."""
    return None if zones is None else json.dumps([list(zone) for zone in zones], ensure_ascii=False)
