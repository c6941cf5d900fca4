"""The filter's indexes hold what it asks and sorts by, and each name stands in them once; a frozen copy."""

from __future__ import annotations

from typing import Any

from peewee import SqliteDatabase

NAMES = (
    "DROP TRIGGER invoice_search_new",
    "DROP TRIGGER invoice_search_changed",
    "DROP TABLE invoice_letters",
    "DROP TABLE invoice_search",
    "DROP VIEW invoice_text",
    "CREATE TABLE invoice_name (id INTEGER NOT NULL PRIMARY KEY, last_name TEXT NOT NULL, first_name TEXT NOT NULL,"
    " search TEXT NOT NULL) STRICT",
    "INSERT INTO invoice_name (last_name, first_name, search)"
    " SELECT DISTINCT last_name, first_name, search FROM invoice",
    "CREATE UNIQUE INDEX invoice_name_last_name_first_name_search ON invoice_name (last_name, first_name, search)",
    "CREATE VIEW invoice_text AS SELECT id, search || '  ' AS search FROM invoice_name",
    "CREATE VIRTUAL TABLE invoice_search"
    " USING fts5(search, content='invoice_text', content_rowid='id', tokenize='trigram')",
    "CREATE VIRTUAL TABLE invoice_letters USING fts5vocab(invoice_search, instance)",
    """CREATE TRIGGER invoice_name_new AFTER INSERT ON invoice_name BEGIN
    INSERT INTO invoice_search(rowid, search) VALUES (new.id, new.search || '  ');
END""",
    """CREATE TRIGGER invoice_name_gone AFTER DELETE ON invoice_name BEGIN
    INSERT INTO invoice_search(invoice_search, rowid, search) VALUES ('delete', old.id, old.search || '  ');
END""",
    """CREATE TRIGGER invoice_search_new AFTER INSERT ON invoice WHEN NOT EXISTS (SELECT 1 FROM invoice_name
    WHERE last_name = new.last_name AND first_name = new.first_name AND search = new.search) BEGIN
    INSERT INTO invoice_name (last_name, first_name, search) VALUES (new.last_name, new.first_name, new.search);
END""",
    """CREATE TRIGGER invoice_search_changed AFTER UPDATE OF last_name, first_name, search ON invoice
WHEN old.last_name <> new.last_name OR old.first_name <> new.first_name OR old.search <> new.search BEGIN
    INSERT INTO invoice_name (last_name, first_name, search) SELECT new.last_name, new.first_name, new.search
    WHERE NOT EXISTS (SELECT 1 FROM invoice_name
        WHERE last_name = new.last_name AND first_name = new.first_name AND search = new.search);
    DELETE FROM invoice_name WHERE last_name = old.last_name AND first_name = old.first_name AND search = old.search
    AND NOT EXISTS (SELECT 1 FROM invoice
        WHERE last_name = old.last_name AND first_name = old.first_name AND search = old.search);
END""",
    "INSERT INTO invoice_search(invoice_search) VALUES ('rebuild')",
)
"""A name is kept as long as an invoice bears it. Its text ends with two blanks, as in the migration 0003."""

WHOSE = "signature, regime, caisse, batch_id, practitioner_id"

ORDERS = (
    "DROP INDEX invoice_desk_rank_billed_on_id",
    f"CREATE INDEX invoice_by_urgency ON invoice (desk_rank, billed_on, id, search, number, total, {WHOSE})",
    "DROP INDEX invoice_billed_on_id",
    "CREATE INDEX invoice_by_day ON invoice (billed_on, id, desk_rank, search, number, total)",
    "DROP INDEX invoice_last_name_first_name_id",
    "CREATE INDEX invoice_by_name ON invoice"
    f" (last_name, first_name, id, search, desk_rank, billed_on, number, total, {WHOSE})",
    "DROP INDEX invoice_number",
    "CREATE INDEX invoice_by_number ON invoice (number, id, desk_rank, billed_on, search)",
    "DROP INDEX invoice_total_id",
    "CREATE INDEX invoice_by_total ON invoice (total, id, desk_rank, billed_on, search)",
)
"""Behind the id, what a filter asks of a row: to look a row up costs twenty times as much as the next entry."""


def up(migrator: Any, db: Any) -> None:
    """On SQLite only: a server reads its rows otherwise, and has its own index of names (0021)."""
    if isinstance(db, SqliteDatabase):
        for statement in (*NAMES, *ORDERS):
            db.execute_sql(statement)
