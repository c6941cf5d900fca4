"""By what an answer names its invoice, kept with it, and a name that only the return tells; a frozen copy."""

from __future__ import annotations

from typing import Any

from peewee import SqliteDatabase

COLUMNS = (
    "document TEXT NOT NULL DEFAULT ''",
    "lot_date TEXT",
    "billed_on TEXT",
    "individual_nir TEXT NOT NULL DEFAULT ''",
    "last_name TEXT NOT NULL DEFAULT ''",
    "first_name TEXT NOT NULL DEFAULT ''",
    "birth TEXT NOT NULL DEFAULT ''",
    "birth_rank TEXT NOT NULL DEFAULT ''",
)
"""What the returns say beside number, lot and insured: an answer that waits is held against each lot that comes."""

UNNUMBERED = "UPDATE answer SET outcome = 'no_number' WHERE outcome = 'unknown' AND number = 0 AND settled = ''"
"""They were told to wait for a lot that nothing can bring."""

NAMES = ("last_name", "first_name")


def up(migrator: Any, db: Any) -> None:
    """Add the columns; on SQLite let a sealed invoice without any name take one, and nothing else than before."""
    for column in COLUMNS:
        db.execute_sql(f"ALTER TABLE answer ADD COLUMN {column}")
    db.execute_sql(UNNUMBERED)
    if not isinstance(db, SqliteDatabase):
        return
    (seal,) = db.execute_sql("SELECT sql FROM sqlite_master WHERE name = 'invoice_sealed'").fetchone()
    named = " OR ".join(f"old.{name} <> ''" for name in NAMES)
    for name in NAMES:
        changed = f"old.{name} IS NOT new.{name}"
        seal = seal.replace(changed, f"({changed} AND ({named}))")
    db.execute_sql("DROP TRIGGER invoice_sealed")
    db.execute_sql(seal)
