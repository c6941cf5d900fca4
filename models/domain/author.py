"""Who makes a change, and when: what every command is told, and what the journal keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime


@dataclass(frozen=True, slots=True)
class Author:
    """Who makes a change, and when."""

    operator: str
    at: datetime

    @classmethod
    def now(cls, operator: str) -> Author:
        """This operator, at this very moment (UTC)."""
        return cls(operator, datetime.now(UTC))

    @property
    def day(self) -> date:
        """The calendar day of the change where the practice is (this computer's time zone)."""
        return self.at.astimezone().date()
