"""Counts that scan nothing, and filters of one or two letters that read an index; a frozen copy, like the others."""

from __future__ import annotations

from typing import Any

from peewee import SqliteDatabase

INDEXES = (
    "DROP INDEX IF EXISTS invoice_amc_state_id",
    "CREATE INDEX invoice_amc_state_desk_rank_billed_on_id ON invoice (amc_state, desk_rank, billed_on, id)",
    "CREATE INDEX answer_aside ON answer (invoice_id) WHERE settled = '' AND outcome NOT IN ('applied', 'duplicate')",
)
"""The rejected DRE in the desk's order, and the few answers that wait for a decision."""

TALLY = (
    """CREATE TABLE invoice_tally (
    desk_rank INTEGER NOT NULL PRIMARY KEY, invoices INTEGER NOT NULL CHECK (invoices >= 0)
) STRICT""",
    """CREATE TRIGGER invoice_counted AFTER INSERT ON invoice BEGIN
    INSERT INTO invoice_tally VALUES (new.desk_rank, 1) ON CONFLICT DO UPDATE SET invoices = invoices + 1;
END""",
    """CREATE TRIGGER invoice_recounted AFTER UPDATE OF desk_rank ON invoice WHEN old.desk_rank <> new.desk_rank BEGIN
    UPDATE invoice_tally SET invoices = invoices - 1 WHERE desk_rank = old.desk_rank;
    INSERT INTO invoice_tally VALUES (new.desk_rank, 1) ON CONFLICT DO UPDATE SET invoices = invoices + 1;
END""",
    "INSERT INTO invoice_tally SELECT desk_rank, count(*) FROM invoice GROUP BY desk_rank",
)
"""How many invoices stand at each rank, counted by the database as they come and change; none ever goes."""

SEARCH = (
    "DROP TRIGGER invoice_search_new",
    "DROP TRIGGER invoice_search_changed",
    "DROP TABLE invoice_search",
    "CREATE VIEW invoice_text AS SELECT id, search || '  ' AS search FROM invoice",
    "CREATE VIRTUAL TABLE invoice_search"
    " USING fts5(search, content='invoice_text', content_rowid='id', tokenize='trigram')",
    "CREATE VIRTUAL TABLE invoice_letters USING fts5vocab(invoice_search, instance)",
    """CREATE TRIGGER invoice_search_new AFTER INSERT ON invoice BEGIN
    INSERT INTO invoice_search(rowid, search) VALUES (new.id, new.search || '  ');
END""",
    """CREATE TRIGGER invoice_search_changed AFTER UPDATE OF search ON invoice WHEN old.search <> new.search BEGIN
    INSERT INTO invoice_search(invoice_search, rowid, search) VALUES ('delete', old.id, old.search || '  ');
    INSERT INTO invoice_search(rowid, search) VALUES (new.id, new.search || '  ');
END""",
    "INSERT INTO invoice_search(invoice_search) VALUES ('rebuild')",
)
"""With two blanks at its end every letter of a text begins one of the index's groups of three: whoever looks for one or
two letters finds them at the beginning of a group, in `invoice_letters`."""


def up(migrator: Any, db: Any) -> None:
    """Index what the counts read; on SQLite also tally the ranks and index the texts to their last letter."""
    for statement in (*INDEXES, *TALLY, *SEARCH) if isinstance(db, SqliteDatabase) else INDEXES:
        db.execute_sql(statement)
