"""Backups: how often, how long they are kept, when the last one is too old to be left unsaid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

KEPT: Final = 30
"""Days for which backups are kept, where nothing else is configured."""

LONGEST_KEPT: Final = 3650
"""Days."""

_OLD: Final = {True: 2, False: 7}
"""Days after which the last backup is old: where it should be made each day, and where a person makes it."""


@dataclass(frozen=True, slots=True)
class BackupRule:
    """What the practice's configuration says of its backups.

    Args:
        folder: where they go; None where nothing is said.
        daily: whether one is made by itself at the first opening of a day.
        kept: for how many days they are kept there.
        key_folder: where the key goes, apart from them; None: a folder of its own beside them.
    """

    folder: Path | None = None
    daily: bool = False
    kept: int = KEPT
    key_folder: Path | None = None


@dataclass(frozen=True, slots=True)
class LastBackup:
    """The last backup that the journal knows: when, and where it went."""

    at: datetime
    place: str

    @property
    def day(self) -> date:
        """The day on which it was made, where the practice is."""
        return self.at.astimezone().date()


def days_old(last: LastBackup | None, rule: BackupRule, today: date) -> int | None:
    """How old the last backup is, in days, where that is too long; 0 where one is asked for and there never was one."""
    if last is None:
        return 0 if rule.folder is not None else None
    age = (today - last.day).days
    return age if age > _OLD[rule.daily] else None
