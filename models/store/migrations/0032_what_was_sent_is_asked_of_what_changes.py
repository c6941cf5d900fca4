"""What was sent is guarded against a statement that sets a column of it, not asked of every other; on a file.

A return sets states, amounts paid and the rank: the guard compared thirty columns that none of these is. A server asks
before it begins, for next to nothing. A frozen copy, like the others.
"""

from __future__ import annotations

from typing import Any

from peewee import SqliteDatabase

SENT = (
    "number, origin, kind, practitioner_id, patient_id, replaces_id, dre_of_id, signature, total, amo, amc, split,"
    " sesam, regime, caisse, centre, prescriber, prescribed_on, nature, exemption, nir, nir_key, birth, birth_rank,"
    " quality, last_name, first_name, settlement, contract, amc_number, other, suites, billed_on"
)
"""The columns that the guard compares."""


def up(migrator: Any, db: Any) -> None:
    """The guard in its own words, but for the columns of which it is asked."""
    if not isinstance(db, SqliteDatabase):
        return
    (guard,) = db.execute_sql("SELECT sql FROM sqlite_master WHERE name = 'invoice_sealed'").fetchone()
    db.execute_sql("DROP TRIGGER invoice_sealed")
    db.execute_sql(guard.replace(" UPDATE ON invoice ", f" UPDATE OF {SENT} ON invoice ", 1))
