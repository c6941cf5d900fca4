"""What a check found: where, what, how serious, by which source."""

from __future__ import annotations

from dataclasses import dataclass

from models.checks.exercise import Exercise
from models.checks.rules import Rule
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


def told(
    rule: Rule,
    field: str,
    message: str,
    *,
    line: int | None = None,
    stops: bool = True,
    by: Exercise | None = None,
    remedy: Remedy | None = None,
) -> Finding:
    """A finding by a rule: it blocks only where the rule may, and where what it rests on is certain.

    Args:
        rule: what was not kept.
        field: of the form, where the cursor goes.
        message: one French sentence.
        line: from 1.
        stops: False where this breach of the rule is only likely.
        by: who gave the care, for a rule of some professions.
        remedy: what mends it, where a key does.
    """
    certain = stops and rule.blocks and (by is None or by.certain)
    level = FindingLevel.BLOCKING if certain else FindingLevel.ADVICE
    return Finding(rule.check, level, field, message, rule.source, line, remedy)
