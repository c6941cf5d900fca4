"""The database written anew, so that nothing of what was taken out of it is left between its pages."""

from __future__ import annotations

from typing import Any, Final

from models.domain.faults import PracticeFault
from models.store.database import db, execute, is_sqlite
from models.store.faults import spoken

_INDEXES: Final = ("invoice_search",)
"""Indexes of words that keep what was taken out until they are built anew."""


@spoken()
def compact() -> None:
    """Write the database anew, and empty what it had written ahead; outside a transaction only.

    Raises:
        PracticeFault: another desk is at it: what was changed is kept, but the file still holds what it held.
    """
    if not is_sqlite():
        execute("SET statement_timeout = 0")
        for (name,) in execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()").fetchall():
            execute(f'VACUUM FULL "{name}"')
        return
    for name in _INDEXES:
        execute(f"INSERT INTO {name}({name}) VALUES ('rebuild')")  # noqa: S608
    execute("VACUUM")
    file: Any = db.obj
    busy, *_ = file.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise PracticeFault("Un autre poste lit encore ce que le fichier contenait : fermez les autres postes.")
