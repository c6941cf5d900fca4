"""What a patient is found by: the names without accents, and the birth; a frozen copy, like the others."""

from __future__ import annotations

import unicodedata
from typing import Any

from peewee import SqliteDatabase


def fold(text: str) -> str:
    """As a search compares: no accents, no capitals, straight apostrophes."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return bare.replace("’", "'").casefold()


def up(migrator: Any, db: Any) -> None:
    """Add the column and fill it; make the indexes."""
    mark = "?" if isinstance(db, SqliteDatabase) else "%s"
    db.execute_sql("ALTER TABLE patient ADD COLUMN search TEXT NOT NULL DEFAULT ''")
    for patient, *names in db.execute_sql("SELECT id, last_name, first_name FROM patient").fetchall():
        search = " ".join(fold(name) for name in names if name)
        db.execute_sql(f"UPDATE patient SET search = {mark} WHERE id = {mark}", (search, patient))  # noqa: S608
    db.execute_sql("CREATE INDEX patient_search ON patient (search)")
    db.execute_sql("CREATE INDEX patient_birth ON patient (birth)")
