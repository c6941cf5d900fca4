"""Which rows a change has written, noted as they are written: what the journal's entry then seals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Written = dict[str, set[int]]
"""The ids of the rows, by the names of their tables."""

_noted: ContextVar[Written | None] = ContextVar("written", default=None)


@contextmanager
def noting() -> Iterator[Written]:
    """Note what is written inside this block, in this thread, through `Table` and `models.tables.sets`."""
    written: Written = {}
    token = _noted.set(written)
    try:
        yield written
    finally:
        _noted.reset(token)


def is_noting() -> bool:
    """Whether anybody notes what is written."""
    return _noted.get() is not None


def note(table: str, ids: Iterable[int]) -> None:
    """Say that these rows were just written; nothing where nobody notes."""
    written = _noted.get()
    if written is not None:
        written.setdefault(table, set()).update(ids)
