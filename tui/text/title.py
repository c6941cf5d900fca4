"""The first line of a screen: where one is at the left; at the right, as room allows, which practice and who."""

from __future__ import annotations

from typing import Final, NamedTuple

from models.domain.place import DEMO_NAME
from tui.text import display
from tui.text.places import path

_LEAST: Final = 12
"""Cells of a practice's name at the least; below, who works there stands alone."""

_SHORT: Final = 3
"""Parts of a path that are never left out: the guide's own paths, as its reader looks for them."""


class Title(NamedTuple):
    """Both ends of the line."""

    place: str
    who: str


def title(place: tuple[str, ...], practice: str, operator: str, width: int) -> Title:
    """The line's two ends, that fit together in so many cells; a longer path loses its beginning.

    Args:
        place: where one is.
        practice: its name; the demonstration's is never left out or cut.
        operator: who works there.
        width: cells of the line.
    """
    practice, operator = display.clean(practice, 60), display.clean(operator, 60)
    for left_out in range(max(len(place) - _SHORT, 0) + 1):
        shown = path(place[left_out:]) if not left_out else path(("…", *place[left_out + 1 :]))
        room = width - len(shown) - 2
        who = _who(practice, operator, room)
        if who and (len(place) <= _SHORT or practice in who or not practice):
            return Title(shown, who)
    return Title(shown, _who(practice, operator, room))


def _who(practice: str, operator: str, room: int) -> str:
    both = f"{practice} · {operator}" if practice else operator
    if len(both) <= room:
        return both
    if practice == DEMO_NAME:
        return practice if len(practice) <= room else ""
    name = room - len(operator) - 3
    if practice and name >= _LEAST:
        return f"{display.fit(practice, name).rstrip()} · {operator}"
    return operator if len(operator) <= room else ""
