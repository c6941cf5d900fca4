"""On a server: an invoice goes back where what was said of it is taken back, and only there; a frozen copy."""

from __future__ import annotations

from typing import Any

from peewee import SqliteDatabase

UNDONE = (
    "coalesce((SELECT max(made) FROM answer WHERE invoice_id = OLD.id AND settled = 'withdrawn'), 0)"
    " > coalesce((SELECT max(made) FROM answer WHERE invoice_id = OLD.id"
    " AND (settled = 'taken' OR outcome = 'applied' AND settled <> 'withdrawn')), 0)"
)
"""Whether what made the invoice what it is has been taken back; set before the invoice is."""

ANEW = (
    "(OLD.state = 'transmitted' AND OLD.origin = 'imported'"
    " AND EXISTS (SELECT 1 FROM batch WHERE id = NEW.batch_id AND origin = 'imported'))"
)
OUT_OF_LOT = "(OLD.state = 'transmitted' AND NEW.state = 'unvalidated' AND NEW.batch_id IS NULL)"
BACK_IN_LOT = f"(OLD.state = 'unvalidated' AND NEW.state = 'transmitted' AND OLD.batch_id IS NULL AND {UNDONE})"
REFUSES = "RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'sealed: "

JUDGES = {
    "accueil_invoice": f"""
    IF NEW.batch_id IS DISTINCT FROM OLD.batch_id AND OLD.state <> 'validated'
        AND NOT {ANEW} AND NOT {OUT_OF_LOT} AND NOT {BACK_IN_LOT} THEN
        {REFUSES}invoice_lot_kept';
    END IF;
    IF NEW.billed_on IS DISTINCT FROM OLD.billed_on AND OLD.state <> 'unvalidated'
        AND NOT (NEW.batch_id IS DISTINCT FROM OLD.batch_id AND {ANEW}) THEN
        {REFUSES}invoice_sealed';
    END IF;
    RETURN NEW;""",
    "accueil_final": f"""
    IF OLD.state = 'cancelled' OR OLD.state = 'paid' AND NOT ({UNDONE}) THEN
        {REFUSES}invoice_final';
    END IF;
    RETURN NEW;""",
}

FINAL = (
    "DROP TRIGGER invoice_final ON invoice",
    "CREATE TRIGGER invoice_final BEFORE UPDATE OF state ON invoice FOR EACH ROW"
    " WHEN (NEW.state <> OLD.state) EXECUTE FUNCTION accueil_final()",
)


def up(migrator: Any, db: Any) -> None:
    """Make the server's guards as wide as those that a SQLite file has since its notes."""
    if isinstance(db, SqliteDatabase):
        return
    judges = (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN{body}\nEND $$"
        for name, body in JUDGES.items()
    )
    for statement in (*judges, *FINAL):
        db.execute_sql(statement)
