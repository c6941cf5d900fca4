"""What is said elsewhere than in a file, and what is taken back of either; a frozen copy, like the others."""

from __future__ import annotations

from typing import Any

from peewee import SqliteDatabase

OF_RETURNS = (
    "noted_by TEXT NOT NULL DEFAULT ''",
    "said_in TEXT NOT NULL DEFAULT ''",
    "arl TEXT NOT NULL DEFAULT '' CHECK (arl IN ('', 'positive', 'negative'))",
    "batch_id INTEGER REFERENCES batch (id) ON DELETE RESTRICT",
    "reason TEXT NOT NULL DEFAULT ''",
    "undone_by TEXT NOT NULL DEFAULT ''",
    "undone_at TEXT NOT NULL DEFAULT ''",
    "undone_why TEXT NOT NULL DEFAULT ''",
)

OF_ANSWERS = ("made INTEGER", "before TEXT NOT NULL DEFAULT ''")
"""Of the answers of before nothing is said: their returns are not undone."""

STANDS = "(settled = 'taken' OR outcome = 'applied' AND settled <> 'withdrawn')"

UNDONE = (
    "coalesce((SELECT max(made) FROM answer WHERE invoice_id = old.id AND settled = 'withdrawn'), 0)"  # noqa: S608
    f" > coalesce((SELECT max(made) FROM answer WHERE invoice_id = old.id AND {STANDS}), 0)"
)
"""Whether what made the invoice what it is has been taken back; set before the invoice is."""

FINAL = (
    "UPDATE OF state ON invoice WHEN new.state <> old.state AND (old.state = 'cancelled' OR old.state = 'paid'"
    f" AND NOT ({UNDONE}))"
)

OUT_OF_LOT = "(old.state = 'transmitted' AND new.state = 'unvalidated' AND new.batch_id IS NULL)"
"""A negative ARL: the caisse never took it, it goes back to be corrected under its number."""

BACK_IN_LOT = f"(old.state = 'unvalidated' AND new.state = 'transmitted' AND old.batch_id IS NULL AND {UNDONE})"
"""That ARL was noted by mistake."""


def up(migrator: Any, db: Any) -> None:
    """Add the columns; on SQLite let an invoice go back where what was said of it is taken back, and only there."""
    for table, columns in (('"return"', OF_RETURNS), ("answer", OF_ANSWERS)):
        for column in columns:
            db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {column}")
    db.execute_sql('CREATE INDEX return_batch_id ON "return" (batch_id)')
    if not isinstance(db, SqliteDatabase):
        return
    (kept,) = db.execute_sql("SELECT sql FROM sqlite_master WHERE name = 'invoice_lot_kept'").fetchone()
    moved = "new.batch_id IS NOT old.batch_id"
    kept = kept.replace(moved, f"{moved} AND NOT {OUT_OF_LOT} AND NOT {BACK_IN_LOT}")
    for name in ("invoice_final", "invoice_lot_kept"):
        db.execute_sql(f"DROP TRIGGER {name}")
    db.execute_sql(kept)
    db.execute_sql(
        f"CREATE TRIGGER invoice_final BEFORE {FINAL} BEGIN SELECT RAISE(ABORT, 'sealed: invoice_final'); END"
    )
