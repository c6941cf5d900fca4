"""What a check found: where, what, how serious, by which source."""

from __future__ import annotations

from dataclasses import dataclass

from models.domain.faults import Remedy
from models.domain.findings import CheckName, FindingLevel


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `field` is one of the form (`models.domain.draft.FIELDS`); `line` counts from 1, None for none."""

    check: CheckName
    level: FindingLevel
    field: str
    message: str
    source: str
    line: int | None = None
    remedy: Remedy | None = None
    """What mends it, where a key does."""

    @property
    def blocking(self) -> bool:
        """Whether « Valider » must wait."""
        return self.level == FindingLevel.BLOCKING
