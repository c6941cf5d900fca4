"""Lines that belong to an act: travel, kilometres, supplements for night, Sunday or holiday."""

from __future__ import annotations

from collections.abc import Sequence

from models.domain.content import Line
from models.reference.acts import is_travel, line_rank, travel
from models.reference.profession import Profession


def attached(line: Line) -> bool:
    """Whether the line belongs to an act, rather than being one."""
    return line_rank(line.code) > 0


def flat_rate(line: Line) -> bool:
    """Whether it is an indemnité forfaitaire, one for a visit; MD and what is not sourced are not counted as such."""
    return is_travel(line.code) and line_rank(line.code) == 1 and sourced(line, Profession.PHYSIOTHERAPIST)


def sourced(line: Line, profession: Profession | None) -> bool:
    """Whether the meaning of the code is sourced for this profession; one that is not is advised of, never stopped."""
    known = travel(line.code) if profession == Profession.PHYSIOTHERAPIST else None
    return known is not None and known.verified


def owners(acts: Sequence[Line]) -> tuple[int | None, ...]:
    """For each line, the place of the act that it stands behind: the last act of its day before it.

    An act is its own; None for an attached line that no act of its day precedes.
    """
    last: dict[object, int] = {}
    found: list[int | None] = []
    for place, line in enumerate(acts):
        if not attached(line):
            last[line.done_on] = place
        found.append(last.get(line.done_on))
    return tuple(found)
