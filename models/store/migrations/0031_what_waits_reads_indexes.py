"""What waits is counted from indexes, an amount that is typed is found in one; a frozen copy, like the others."""

from __future__ import annotations

from typing import Any

from peewee import SqliteDatabase

ASKED = (
    "DROP INDEX act_invoice_id",
    "CREATE INDEX act_first_day ON act (invoice_id, removed_in, done_on)",
    "CREATE INDEX answer_taken_back ON answer (return_id) WHERE amo_paid < 0 OR amc_paid < 0",
    "DROP INDEX invoice_batch_id",
    "DROP INDEX lot_mention_batch_id",
)
"""Of an invoice its first day of care, without reading its lines; money that was taken back. What goes was the
beginning of another index of its table, written and checked twice."""

AMOUNTS = (
    "DROP INDEX invoice_by_total",
    "CREATE INDEX invoice_by_total ON invoice (total, id, desk_rank, billed_on, search, number)",
)
"""What is typed may be an amount or a number: those of one amount are told apart without reading the invoices."""


def up(migrator: Any, db: Any) -> None:
    """On both engines; the order by amount has its columns on SQLite only (0028)."""
    for statement in (*ASKED, *(AMOUNTS if isinstance(db, SqliteDatabase) else ())):
        db.execute_sql(statement)
