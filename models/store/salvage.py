"""Reading a table of which a part is damaged: what can be read is, and the rest is said by its ids."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from peewee import DatabaseError
from sqlcipher3 import dbapi2 as sqlite

from models.store.database import execute

AT_ONCE: Final = 2000
"""Rows that are read by one statement."""

STEPS: Final = 300
"""Ids behind a hole that are tried one by one, at a millisecond each where the page is encrypted: as many as there are
of the shortest rows on one page. What goes on longer is passed by leaps."""

LOWEST: Final = -(2**63)
"""Below every id."""

Row = tuple[Any, ...]

Reader = Callable[[int, int], Sequence[Row]]
"""What gives the rows after an id, so many at most, each beginning with its id."""

Passing = Generator["Sequence[Row] | Hole", None, int | None]
"""Rows and holes, and in the end the id to go on from; None at the end of the table."""

_DAMAGE: Final = ("malformed", "corrupt", "not a database", "disk i/o", "decode")
"""What SQLite says of a page that it cannot read."""


@dataclass(frozen=True, slots=True)
class Hole:
    """The rows that cannot be read, by their ids, both included; `last` None: to the end of the table."""

    first: int
    last: int | None


def is_damage(error: BaseException) -> bool:
    """Whether the database says of itself that it is damaged, and not that it is busy or away."""
    return any(word in str(error).lower() for word in _DAMAGE)


def readable(table: str, read: Reader) -> Iterator[Sequence[Row] | Hole]:
    """The rows of a table by their ids, and the holes between them.

    Args:
        table: the table.
        read: what gives the rows after an id, so many at most, each beginning with its id.

    Raises:
        DatabaseError: the database cannot be read for another reason than damage.
    """
    after: int | None = LOWEST
    while after is not None:
        some = _read(read, after, AT_ONCE)
        if some is None:
            after = yield from _one_by_one(table, read, after)
        elif some:
            yield some
            after = some[-1][0]
        else:
            after = None


def _one_by_one(table: str, read: Reader, after: int) -> Passing:
    """The next rows, until one hole is passed; the id to go on from, None at the end of the table."""
    for _ in range(AT_ONCE):
        some = _read(read, after, 1)
        if some is None:
            return (yield from _over(table, read, after))
        if not some:
            return None
        yield some
        after = some[-1][0]
    return after


def _over(table: str, read: Reader, after: int) -> Passing:
    """The hole that begins after this id; the id of its end."""
    following = _read(lambda start, _: execute(_FOLLOWING.format(table), (start,)).fetchall(), after, 1)
    if following and following[0][0] is not None:
        row_id: int = following[0][0]
        yield Hole(row_id, row_id)
        return row_id
    first, near = max(after + 1, 1), max(after, 0)
    high = next((near + step for step in range(1, STEPS + 1) if _read(read, near + step, 1) is not None), None)
    if high is None:
        high = _far_end(read, near + STEPS)
    if high is None or not _read(read, high, 1):
        yield Hole(first, None)
        return None
    yield Hole(first, high)
    return high


def _far_end(read: Reader, near: int) -> int | None:
    """An id behind this one with which rows read again, found by leaps; None: there is none."""
    step = 1
    while step < _FARTHEST and _read(read, near + step, 1) is None:
        step *= 2
    if step >= _FARTHEST:
        return None
    low, high = near + step // 2, near + step
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _read(read, middle, 1) is not None else (middle, high)
    return high


_FARTHEST: Final = 2**40
"""Ids: farther than any practice's."""

_FOLLOWING: Final = 'SELECT min(id) FROM "{}" WHERE id > ?'


def _read(read: Reader, after: int, count: int) -> Sequence[Row] | None:
    """What is read, None where it cannot be for damage."""
    try:
        return read(after, count)
    except (DatabaseError, sqlite.Error, UnicodeDecodeError) as error:
        if not is_damage(error):
            raise
        return None
