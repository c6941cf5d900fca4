"""Which transfer pays an answer; a frozen copy, like the others."""

from __future__ import annotations

from typing import Any

ALONE = (
    "UPDATE answer SET transfer_id = (SELECT min(t.id) FROM return_transfer t WHERE t.return_id = answer.return_id"
    " AND t.practitioner_number = answer.practitioner_number)"
    " WHERE (SELECT count(*) FROM return_transfer t WHERE t.return_id = answer.return_id"
    " AND t.practitioner_number = answer.practitioner_number) = 1"
)
"""Of the answers of before it is known where their return announced one transfer for their practitioner alone."""


def up(migrator: Any, db: Any) -> None:
    """Add the column; fill it where one transfer alone can be meant."""
    refers = "REFERENCES return_transfer (id) ON DELETE RESTRICT"
    db.execute_sql(f"ALTER TABLE answer ADD COLUMN transfer_id INTEGER {refers}")
    db.execute_sql(ALONE)
