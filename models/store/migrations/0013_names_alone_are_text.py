"""The filter's text holds the names alone, what else one looks for or sorts by has its index; a frozen copy."""

from __future__ import annotations

from typing import Any

from peewee import SqliteDatabase

INDEXES = (
    "CREATE INDEX invoice_nir ON invoice (nir)",
    "CREATE INDEX invoice_signature ON invoice (signature)",
    "CREATE INDEX invoice_regime_caisse ON invoice (regime, caisse)",
    "CREATE INDEX invoice_amo_state ON invoice (amo_state)",
    "CREATE INDEX invoice_rejection ON invoice (coalesce(amo_rejection, amc_rejection, ''))",
)

SQLITE_NAMES = (
    "UPDATE invoice SET search = trim(substr(' ' || search, 1, instr(' ' || search, printf(' %09d', number)) - 1))"
    " WHERE instr(' ' || search, printf(' %09d', number)) > 0"
)
POSTGRES_NAMES = "UPDATE invoice SET search = trim(split_part(' ' || search, ' ' || lpad(number::text, 9, '0'), 1))"
"""The names stood before the number in nine digits."""


def up(migrator: Any, db: Any) -> None:
    """Keep of the text what stands before the number; on SQLite index that again, in one go."""
    if isinstance(db, SqliteDatabase):
        (trigger,) = db.execute_sql("SELECT sql FROM sqlite_master WHERE name = 'invoice_search_changed'").fetchone()
        db.execute_sql("DROP TRIGGER invoice_search_changed")
        db.execute_sql(SQLITE_NAMES)
        db.execute_sql("INSERT INTO invoice_search(invoice_search) VALUES ('rebuild')")
        db.execute_sql(trigger)
    else:
        db.execute_sql(POSTGRES_NAMES)
    for statement in INDEXES:
        db.execute_sql(statement)
