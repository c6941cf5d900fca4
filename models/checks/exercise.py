"""Who gave the care of each line: the executant's specialty, unless the executant's own lines contradict it.

A health centre bills several professions in one invoice, so each executant is looked at apart. In lots of real kinds
the specialty is a setting that nobody looked at again (26 on a doctor's G): where a key letter of another profession
stands on one of an executant's lines, nothing is taken for sure of any of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from models.domain.content import Line
from models.reference.profession import Profession
from models.reference.professions import profession_of, professions_of_letter


@dataclass(frozen=True, slots=True)
class Exercise:
    """Who gave the care of a line, as far as the invoice tells.

    `profession` is None where nothing tells it, or where what tells it contradicts itself: no rule of any profession
    holds then. `certain`: the executant's specialty says so; else only the line's key letter does, and a rule that
    rests on it advises at most.
    """

    profession: Profession | None
    certain: bool


UNKNOWN = Exercise(None, certain=False)


def exercises_of(acts: Sequence[Line]) -> tuple[Exercise, ...]:
    """For each line, who gave its care."""
    return _told(tuple((line.executant, _specialty(line), line.code) for line in acts))


def _specialty(line: Line) -> str:
    for name, text in line.other:
        if name == "specialty":
            return text
    return ""


@lru_cache(maxsize=4096)
def _told(keys: tuple[tuple[str, str, str], ...]) -> tuple[Exercise, ...]:
    codes: dict[tuple[str, str], list[str]] = {}
    for executant, specialty, code in keys:
        codes.setdefault((executant, specialty), []).append(code)
    told = {who: _of_one(who[1], letters) for who, letters in codes.items()}
    return tuple(told[executant, specialty] for executant, specialty, _ in keys)


def _of_one(specialty: str, codes: list[str]) -> Exercise:
    """Who one executant is, by what the lines under this specialty say."""
    letters = [professions for code in codes if (professions := professions_of_letter(code))]
    if not specialty.strip("0 "):
        common = frozenset.intersection(*letters) if letters else frozenset()
        return Exercise(next(iter(common)), certain=False) if len(common) == 1 else UNKNOWN
    profession = profession_of(specialty)
    if profession is None or any(profession not in professions for professions in letters):
        return UNKNOWN
    return Exercise(profession, certain=True)
