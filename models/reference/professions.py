"""Who may have done an act: by the executant's specialty, and by the key letters that speak for it or against it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from models.reference.acts import letter
from models.reference.profession import Profession
from models.reference.toml_table import load_tables

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Specialty:
    """The specialties of one profession (B2 record 4, positions 66-67)."""

    profession: Profession
    codes: tuple[str, ...]
    label: str
    source: str
    date: datetime.date
    verified: bool


@dataclass(frozen=True, slots=True)
class ProfessionLetters:
    """Key letters, and the professions of which they are known."""

    professions: tuple[Profession, ...]
    codes: tuple[str, ...]
    source: str
    date: datetime.date
    verified: bool


def profession_of(specialty: str) -> Profession | None:
    """Return the profession of a specialty; None where it is blank, zeros or in no source."""
    entry = _by_code().get(specialty.strip())
    return entry.profession if entry else None


@lru_cache(maxsize=1024)
def professions_of_letter(code: str) -> frozenset[Profession]:
    """Return the professions of which a key letter is known; empty where none is: it then contradicts nobody."""
    bare = code.strip().upper()
    if letter(bare) is not None:
        return frozenset({Profession.PHYSIOTHERAPIST})
    return _by_letter().get(bare, frozenset())


@cache
def specialties() -> tuple[Specialty, ...]:
    """Return the table of the specialties, one entry a profession."""
    return load_tables(_FOLDER / "specialties.toml", "specialty", Specialty, key=lambda entry: entry.profession)


@cache
def letters() -> tuple[ProfessionLetters, ...]:
    """Return the key letters that tell of a profession other than the physiotherapist's."""
    return load_tables(_FOLDER / "letters.toml", "letters", ProfessionLetters, key=lambda entry: " ".join(entry.codes))


@cache
def _by_code() -> dict[str, Specialty]:
    return {code: entry for entry in specialties() for code in entry.codes}


@cache
def _by_letter() -> dict[str, frozenset[Profession]]:
    return {code: frozenset(entry.professions) for entry in letters() for code in entry.codes}
