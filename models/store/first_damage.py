"""Where SQLite itself says that the open base is damaged: asked only once something fell over it."""

from __future__ import annotations

import re
from contextlib import nullcontext
from typing import Any, Final

from peewee import DatabaseError, InterfaceError
from sqlcipher3 import dbapi2 as sqlite

from models.store.database import db, is_sqlite

_OF_COLUMN: Final = re.compile(r" value in (?P<table>\w+)\.(?P<column>\w+)")
"""« NULL value in act.quantity », « non-INTEGER value in act.quantity »."""


def first_damage() -> str | None:
    """The first place where a value is that its column never holds, or a row refers to none, in French; None: nowhere.

    A server's rules let neither come about, and it is not asked. It takes as long as reading the whole base.
    """
    if db.obj is None or not is_sqlite():
        return None
    database: Any = db.obj
    try:
        with database.connection_context() if database.is_closed() else nullcontext():
            for (line,) in database.execute_sql("PRAGMA integrity_check").fetchall():
                if found := _OF_COLUMN.search(line):
                    return f"table {found['table']}, colonne {found['column']}"
            for table, row_id, other, _ in database.execute_sql("PRAGMA foreign_key_check").fetchall():
                return f"table {table}, ligne {row_id} : elle renvoie à une ligne de {other} qui n’existe pas"
    except (DatabaseError, InterfaceError, sqlite.Error, UnicodeDecodeError):
        return "elle ne se lit pas en entier"
    return None
