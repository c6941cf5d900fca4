"""Where a lot of ours was written, how large its file is, and who was writing it; a frozen copy, like the others."""

from __future__ import annotations

from typing import Any

COLUMNS = (
    "folder TEXT",
    "size INTEGER",
    "token TEXT NOT NULL DEFAULT ''",
    "writer TEXT NOT NULL DEFAULT ''",
    "writer_host TEXT NOT NULL DEFAULT ''",
    "writing_since TEXT NOT NULL DEFAULT ''",
)
"""Of the lots of before nothing is said: neither where they were written nor how large they were is known."""


def up(migrator: Any, db: Any) -> None:
    """Add the columns, empty."""
    for column in COLUMNS:
        db.execute_sql(f"ALTER TABLE batch ADD COLUMN {column}")
