"""The rows of a practice that came before rows were sealed: sealed once, as they stand, and the journal says so."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from models.domain.actions import Action
from models.domain.author import Author
from models.store.database import execute, transaction
from models.tables import journal
from models.tables.anchor import witness
from models.tables.seals import SEALED

PROGRAM: Final = "Accueil"
"""Whose name the entry bears: no person decides that a version brings seals."""


def seal_what_stands() -> None:
    """Take every row as it stands, in one entry; nothing where another desk has just done it.

    What was changed before that cannot be told: from here on it can.
    """
    with transaction() as alone:
        seen = witness(alone)
        if journal.is_sealed():
            return
        written = {
            name: [row_id for (row_id,) in execute(f'SELECT id FROM "{name}"').fetchall()]  # noqa: S608
            for name in SEALED
        }
        taken = {"taken_as_they_stood": sum(map(len, written.values()))}
        journal.append(Author(PROGRAM, datetime.now(UTC)), Action.SEAL_ROWS, "journal", taken, (), written)
        seen.promise()
    seen.keep()
