"""The range in which a run of numbers was given, and what a lot of ours holds; a frozen copy, like the others."""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    "ALTER TABLE counter ADD COLUMN lowest INTEGER",
    "ALTER TABLE counter ADD COLUMN highest INTEGER",
    "ALTER TABLE batch ADD COLUMN kind TEXT CHECK (kind IN ('invoice', 'dre'))",
)
"""Of the runs and the lots of before, nothing is said: they were made without a range, DRE among invoices."""


def up(migrator: Any, db: Any) -> None:
    """Add the columns, empty."""
    for statement in STATEMENTS:
        db.execute_sql(statement)
