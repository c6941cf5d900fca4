"""What stands for a stored value that is not what its column holds: the rest of its row, and of the practice, goes on.

A byte that was flipped on a disk makes a day that is none, a state that nobody knows, a letter that is no text. Each is
read as a value of the kind that is expected, so that whatever lists, compares or adds goes on; it says of itself that
it is damaged, equals nothing that is sound, and is never written again (`models.commands.change`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, TypeVar

E = TypeVar("E", bound=StrEnum)

REPLACEMENT: Final = "\ufffd"
"""What is read in the place of bytes that are no text (`models.store.stored_text`)."""

_NO_MEMBER: Final = "DAMAGED"
_ALWAYS_SOUND: Final = frozenset({int, bool, type(None), date, datetime})
"""What is of just these types reads: most values of a row, of which each is asked."""


class DamagedDay(date):
    """A day that does not read. It is sorted by what is stored, among the oldest."""

    stored: str

    def __new__(cls, stored: str) -> DamagedDay:
        """What is stored, instead of year, month and day."""
        self = super().__new__(cls, 1900, 1, 1)
        self.stored = stored
        return self

    def isoformat(self) -> str:
        """What is stored: by it the lists are paged."""
        return self.stored

    def strftime(self, form: str, /) -> str:
        """The form with a question mark for each figure."""
        return re.sub(r"\d", "?", date(2000, 12, 28).strftime(form))

    def replace(self, *_: Any, **__: Any) -> DamagedDay:
        """The same."""
        return self

    def __add__(self, _: timedelta) -> DamagedDay:
        return self

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        return self if isinstance(other, timedelta) else date(1900, 1, 1) - other

    def __format__(self, form: str) -> str:
        return self.strftime(form) if form else self.stored

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DamagedDay) and self.stored == other.stored

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.stored)


class DamagedMoment(datetime):
    """A moment that does not read."""

    stored: str

    def __new__(cls, stored: str) -> DamagedMoment:
        """What is stored, instead of a day and an hour."""
        self = super().__new__(cls, 1900, 1, 1, tzinfo=UTC)
        self.stored = stored
        return self

    def __add__(self, _: timedelta) -> DamagedMoment:
        return self

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        return self if isinstance(other, timedelta) else datetime(1900, 1, 1, tzinfo=UTC) - other

    def astimezone(self, tz: tzinfo | None = None) -> DamagedMoment:
        """The same: no place has it."""
        return self

    def date(self) -> date:
        """A day that does not read either."""
        return DamagedDay(self.stored)

    def isoformat(self, sep: str = "T", timespec: str = "auto") -> str:
        """What is stored."""
        return self.stored

    def strftime(self, form: str, /) -> str:
        """The form with a question mark for each figure."""
        return re.sub(r"\d", "?", datetime(2000, 12, 28, 10, 10).strftime(form))

    def __format__(self, form: str) -> str:
        return self.strftime(form) if form else self.stored

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DamagedMoment) and self.stored == other.stored

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.stored)


class DamagedZones(tuple[tuple[str, str], ...]):
    """Kept zones that do not read: none are known."""

    __slots__ = ()


@lru_cache(maxsize=4096)
def stored_day(stored: str) -> date:
    """The day of this text, as the tables hold one: AAAA-MM-JJ and nothing else."""
    try:
        day = date.fromisoformat(stored)
    except (ValueError, TypeError):
        return DamagedDay(str(stored))
    return day if day.isoformat() == stored else DamagedDay(stored)


@lru_cache(maxsize=1024)
def stored_moment(stored: str) -> datetime:
    """The moment of this text."""
    try:
        return datetime.fromisoformat(stored)
    except (ValueError, TypeError):
        return DamagedMoment(str(stored))


@lru_cache(maxsize=1024)
def stored_member(kind: type[E], stored: str) -> E:
    """The member of a closed list that this text names; where it names none, one that is not in the list."""
    try:
        return kind(stored)
    except ValueError:
        member = str.__new__(kind, stored)
        member._name_, member._value_ = _NO_MEMBER, stored
        return member


def is_damaged(value: object) -> bool:
    """Whether a value stands for one that does not read."""
    if isinstance(value, StrEnum):
        return value._name_ == _NO_MEMBER
    if isinstance(value, str):
        return REPLACEMENT in value
    return isinstance(value, (DamagedDay, DamagedMoment, DamagedZones))


def damaged_among(named: Iterable[tuple[str, object]]) -> tuple[str, ...]:
    """The names of those of these values that are damaged; of zones, where one of their texts is."""
    found = []
    for name, value in named:
        kind = type(value)
        if kind is str:
            damaged = REPLACEMENT in value  # type: ignore[operator]  # it is a text
        elif kind in _ALWAYS_SOUND:
            continue
        elif kind is tuple:
            damaged = value != () and _within(value)
        else:
            damaged = is_damaged(value)
        if damaged:
            found.append(name)
    return tuple(found)


@lru_cache(maxsize=1024)
def _within(zones: tuple[object, ...]) -> bool:
    """Whether a text of these zones is damaged, which most invoices have alike; « no zone » equals zones unread."""
    return any(is_damaged(part) or (isinstance(part, tuple) and _within(part)) for part in zones)
