"""The rules of the checks as data: for whom each holds, from when to when, by which source, whether it may block."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from models.domain.findings import CheckName
from models.reference.profession import Profession
from models.reference.toml_table import EntryError, load_tables


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; several of one name are the same question put to other professions, or of other days."""

    name: str
    check: CheckName
    says: str
    source: str
    date: datetime.date
    """Of the text, or the day on which the source was read where it bears none."""

    verified: bool
    """Whether its source is enough to rely upon."""

    blocks: bool = False
    """Whether it may stop « Valider »."""

    professions: tuple[Profession, ...] = ()
    """For whom; empty for all."""

    since: datetime.date | None = None
    until: datetime.date | None = None
    unless: str = ""
    """What may excuse it, that the invoice does not tell; in the words of the message."""

    def __post_init__(self) -> None:
        if self.blocks and not self.verified:
            raise EntryError("blocks", "règle non vérifiée qui bloque", "la vérifier, ou écrire blocks = false")

    def holds(self, on: datetime.date) -> bool:
        """Tell whether it holds for care of this day."""
        return (self.since or datetime.date.min) <= on <= (self.until or datetime.date.max)


@cache
def rule(name: str) -> Rule:
    """Return a rule that holds for everyone, at all times."""
    (found,) = (entry for entry in rules() if entry.name == name)
    return found


@lru_cache(maxsize=4096)
def rule_for(name: str, profession: Profession | None, on: datetime.date) -> Rule | None:
    """Return the rule of this name that holds for a profession on a day of care; None where none does.

    Args:
        name: As in `rules.toml`.
        profession: None where it is not known: a rule of some professions then holds for none.
        on: The day of care.
    """
    return next((entry for entry in _rules_for(name, profession) if entry.holds(on)), None)


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule, in the order of the file."""
    path = Path(__file__).parent / "rules.toml"
    return load_tables(path, "rule", Rule, key=lambda e: f"{e.name} {' '.join(e.professions)} {e.since} {e.until}")


@cache
def _rules_for(name: str, profession: Profession | None) -> tuple[Rule, ...]:
    return tuple(
        entry for entry in rules() if entry.name == name and profession in (entry.professions or (profession,))
    )
