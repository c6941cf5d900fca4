"""What was classified comes back at its day: the first time that this desk looks on a day, before it counts."""

from __future__ import annotations

from models.domain.author import Author
from tui.base.desk_screen import DeskScreen


async def bring_back(screen: DeskScreen) -> bool:
    """Bring back what was classified until today; whether something was.

    Once a day: what is classified today is not due today.
    """
    author = screen.desk.author()
    if screen.desk.looked_on == author.day:
        return False
    back = await screen.perform(lambda: _back(author))
    if back is None:
        return False
    screen.desk.looked_on = author.day
    return back > 0


def _back(author: Author) -> int:
    from models.commands.file_away import bring_back_due  # in the thread: the first screen does not wait for it

    return bring_back_due(author)
