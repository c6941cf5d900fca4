"""The last backup, as the journal knows it."""

from __future__ import annotations

import json

from models.domain.actions import Action
from models.domain.backup import LastBackup
from models.domain.damage import stored_moment
from models.store.faults import spoken
from models.tables.journal import JournalEntry


@spoken()
def last_backup() -> LastBackup | None:
    """When it was made, and where; None where none ever was."""
    entry = JournalEntry.select().where(JournalEntry.action == Action.BACK_UP).order_by(JournalEntry.id.desc()).first()
    if entry is None:
        return None
    return LastBackup(stored_moment(entry.at), str(json.loads(entry.detail).get("place", "")))
