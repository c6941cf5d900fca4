"""On a server: the guards, the tally and the indexes that a SQLite file has; a frozen copy, like the others."""

from __future__ import annotations

from typing import Any

from peewee import SqliteDatabase

SEALED = (
    *("number", "origin", "kind", "practitioner_id", "patient_id", "replaces_id", "dre_of_id", "signature"),
    *("total", "amo", "amc", "split", "sesam", "regime", "caisse", "centre", "prescriber", "prescribed_on", "nature"),
    *("exemption", "nir", "nir_key", "birth", "birth_rank", "quality", "settlement", "contract", "amc_number"),
    *("other", "suites"),
)
"""The columns of an invoice that no longer change once it is validated."""

KEPT = (
    *("practitioner", "patient", "prescriber", "payer", "batch", '"return"', "answer", "rejection", "invoice", "act"),
    *("counter", "journal_entry"),
)
"""The tables from which nothing is ever deleted."""

UNCHANGED = ('"right"', "override", "lot_mention", "lot_remark", "return_movement", "return_remark", "return_transfer")
"""The tables of which no row changes nor goes."""

REFUSAL = """CREATE OR REPLACE FUNCTION accueil_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'sealed: ' || TG_NAME;
END $$"""

MOVED = "(OLD.state = 'transmitted' AND OLD.origin = 'imported' AND EXISTS (SELECT 1 FROM batch WHERE id = NEW.batch_id AND origin = 'imported'))"  # noqa: E501
"""An imported invoice may pass to the imported lot that was made anew of its own, and takes its day with it."""

JUDGES = {
    "accueil_invoice": f"""
    IF NEW.batch_id IS DISTINCT FROM OLD.batch_id AND OLD.state <> 'validated' AND NOT {MOVED} THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'sealed: invoice_lot_kept';
    END IF;
    IF NEW.billed_on IS DISTINCT FROM OLD.billed_on AND OLD.state <> 'unvalidated'
        AND NOT (NEW.batch_id IS DISTINCT FROM OLD.batch_id AND {MOVED}) THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'sealed: invoice_sealed';
    END IF;
    RETURN NEW;""",
    "accueil_act_changed": """
    IF (SELECT state FROM invoice WHERE id = OLD.invoice_id) <> 'unvalidated' THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'sealed: act_sealed';
    END IF;
    RETURN NEW;""",
    "accueil_act_added": """
    IF (SELECT state <> 'unvalidated' AND version > 1 FROM invoice WHERE id = NEW.invoice_id) THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'sealed: act_added';
    END IF;
    RETURN NEW;""",
    "accueil_tally": """
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO invoice_tally VALUES (OLD.desk_rank, -1);
    END IF;
    INSERT INTO invoice_tally VALUES (NEW.desk_rank, 1);
    RETURN NULL;""",
}
"""What a condition of a trigger cannot ask there: another table."""

TALLY = (
    "CREATE TABLE invoice_tally (desk_rank INTEGER NOT NULL, invoices INTEGER NOT NULL)",
    "INSERT INTO invoice_tally SELECT desk_rank, count(*) FROM invoice GROUP BY desk_rank",
)
"""A line a change, summed up by whoever reads: a line a rank, changed ten thousand times in one transaction, would
leave as many dead ones to walk through. What the lines come to is written in their place at the next opening."""

ORDERS = (
    "DROP INDEX invoice_regime_caisse",
    "DROP INDEX invoice_amo_state",
    "DROP INDEX invoice_rejection",
    "CREATE INDEX invoice_regime_caisse ON invoice (regime, caisse, id)",
    "CREATE INDEX invoice_amo_state ON invoice (amo_state, id)",
    "CREATE INDEX invoice_rejection ON invoice (coalesce(amo_rejection, amc_rejection, ''), id)",
)
"""The orders of the lists end with the id, which an index of SQLite's holds by itself."""

NAMES = (
    """DO $$ BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
    RAISE NOTICE 'pg_trgm is not there: names are looked for without an index';
END $$""",
    """DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm') THEN
        CREATE INDEX invoice_search_names ON invoice USING gin (search gin_trgm_ops);
    END IF;
END $$""",
)
"""Only an account that may create in this database may add the extension; without it the filter is slower."""


def triggers() -> list[str]:
    """What SQLite's triggers refuse, refused here; and that no table is emptied at once."""
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in SEALED)
    named = "(OLD.last_name <> '' OR OLD.first_name <> '')"
    names = "OLD.last_name IS DISTINCT FROM NEW.last_name OR OLD.first_name IS DISTINCT FROM NEW.first_name"
    sealed = f"OLD.state <> 'unvalidated' AND ({changed} OR ({named} AND ({names})))"
    final = "OLD.state IN ('cancelled', 'paid') AND NEW.state <> OLD.state"
    refused = [
        ("invoice_sealed", "invoice", "UPDATE", f"WHEN ({sealed})"),
        ("invoice_final", "invoice", "UPDATE OF state", f"WHEN ({final})"),
        ("invoice_number_kept", "invoice", "UPDATE OF number", "WHEN (NEW.number <> OLD.number)"),
        ("act_kept", "act", "UPDATE", "WHEN (OLD.removed_in <> 0 OR NEW.invoice_id <> OLD.invoice_id)"),
        ("journal_unchanged", "journal_entry", "UPDATE", ""),
        *((f"{_bare(table)}_not_deleted", table, "DELETE", "") for table in KEPT),
        *((f"{_bare(table)}_no_delete", table, "DELETE", "") for table in UNCHANGED),
        *((f"{_bare(table)}_no_update", table, "UPDATE", "") for table in UNCHANGED),
    ]
    emptied = (
        f"CREATE TRIGGER {_bare(table)}_not_emptied BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION accueil_refuses()"
        for table in (*KEPT, *UNCHANGED)
    )
    moved = "OLD.batch_id IS DISTINCT FROM NEW.batch_id OR OLD.billed_on IS DISTINCT FROM NEW.billed_on"
    return [
        *(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {when} EXECUTE FUNCTION accueil_refuses()"
            for name, table, event, when in refused
        ),
        *emptied,
        "CREATE TRIGGER invoice_lot_kept BEFORE UPDATE OF batch_id, billed_on ON invoice"
        f" FOR EACH ROW WHEN ({moved}) EXECUTE FUNCTION accueil_invoice()",
        "CREATE TRIGGER act_sealed BEFORE UPDATE ON act FOR EACH ROW EXECUTE FUNCTION accueil_act_changed()",
        "CREATE TRIGGER act_added BEFORE INSERT ON act FOR EACH ROW EXECUTE FUNCTION accueil_act_added()",
        "CREATE TRIGGER invoice_counted AFTER INSERT ON invoice FOR EACH ROW EXECUTE FUNCTION accueil_tally()",
        "CREATE TRIGGER invoice_recounted AFTER UPDATE OF desk_rank ON invoice FOR EACH ROW"
        " WHEN (OLD.desk_rank <> NEW.desk_rank) EXECUTE FUNCTION accueil_tally()",
    ]


def up(migrator: Any, db: Any) -> None:
    """Make them on a server; a SQLite file has had its own from the start."""
    if isinstance(db, SqliteDatabase):
        return
    judges = (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN{body}\nEND $$"
        for name, body in JUDGES.items()
    )
    for statement in (REFUSAL, *TALLY, *judges, *triggers(), *ORDERS, *NAMES):
        db.execute_sql(statement)


def _bare(table: str) -> str:
    return table.strip('"')
