"""Lines that belong to an act: travel, kilometres, supplements for night, Sunday or holiday."""

from __future__ import annotations

from collections.abc import Sequence

from models.domain.content import Line
from models.domain.findings import FindingLevel
from models.reference.acts import is_travel, line_rank, travel


def attached(line: Line) -> bool:
    """Whether the line belongs to an act, rather than being one."""
    return travel(line.code) is not None or is_travel(line.code)


def flat_rate(line: Line) -> bool:
    """Whether it is an indemnité forfaitaire, one for a visit; MD and what is not sourced are not counted as such."""
    return is_travel(line.code) and line_rank(line.code) == 1 and severity(line) == FindingLevel.BLOCKING


def severity(line: Line) -> FindingLevel:
    """« blocking » for a code whose meaning is sourced; a code of general knowledge is advised of, never stopped."""
    known = travel(line.code)
    return FindingLevel.BLOCKING if known is not None and known.verified else FindingLevel.ADVICE


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
