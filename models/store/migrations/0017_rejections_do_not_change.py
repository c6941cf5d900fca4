"""Why an answer rejects is written once, and never changes; a frozen copy, like the others."""

from __future__ import annotations

from typing import Any

from peewee import SqliteDatabase

NAME = "rejection_no_update"

REFUSAL = """CREATE OR REPLACE FUNCTION accueil_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'sealed: ' || TG_NAME;
END $$"""


def up(migrator: Any, db: Any) -> None:
    """Guard the reasons of rejections; returns and answers may be taken back, their seals are in the journal."""
    if isinstance(db, SqliteDatabase):
        refuses = f"BEGIN SELECT RAISE(ABORT, 'sealed: {NAME}'); END"
    else:
        db.execute_sql(REFUSAL)
        refuses = "FOR EACH ROW EXECUTE FUNCTION accueil_refuses()"
    db.execute_sql(f"CREATE TRIGGER {NAME} BEFORE UPDATE ON rejection {refuses}")
