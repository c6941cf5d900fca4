"""The guards of the tables lifted for one change: the only one that takes names out of what is sealed for ever."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from models.store.database import execute, is_sqlite

_REFUSALS: Final = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%' ORDER BY name"
)

_GUARDED: Final = (
    "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE NOT t.tgisinternal AND n.nspname = current_schema() ORDER BY c.relname"
)


@contextmanager
def unguarded() -> Iterator[None]:
    """Inside, nothing is refused; the guards are back at its end, word for word. Inside a transaction only."""
    if is_sqlite():
        guards = execute(_REFUSALS).fetchall()
        for name, _ in guards:
            execute(f'DROP TRIGGER "{name}"')
        yield
        for _, sql in guards:
            execute(sql)
    else:
        tables = [name for (name,) in execute(_GUARDED).fetchall()]
        for name in tables:
            execute(f'ALTER TABLE "{name}" DISABLE TRIGGER USER')
        yield
        for name in tables:
            execute(f'ALTER TABLE "{name}" ENABLE TRIGGER USER')
