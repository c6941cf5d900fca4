"""The backup of the day, made behind the first screen where the configuration asks for one."""

from __future__ import annotations

import asyncio
from typing import Final

from models.commands.back_up import back_up_if_due
from models.domain.faults import PracticeFault
from models.domain.patience import GivenUp
from models.queries.backups import last_backup
from tui.base.desk_screen import DeskScreen
from tui.text.backups import old_line
from tui.text.faults import fault_sentence

_FAILED: Final = "La sauvegarde du jour n’a pas pu être faite. "


async def back_up_the_day(screen: DeskScreen) -> str:
    """Make it if it is due; what there is to say: that it failed, that the last one is old, or ''.

    Nobody asked for it, so no question stands in the way.
    """
    practice, author = screen.desk.practice, screen.desk.author()

    def step(*_: int) -> None:
        if practice.left.is_set():  # the end does not wait for it: the next opening makes it
            raise GivenUp

    def work() -> str:
        back_up_if_due(practice.place, author, step)
        return old_line(last_backup(), practice.backup_rule(), author.day)

    try:
        return await asyncio.to_thread(practice.in_own_connection, work)
    except GivenUp:
        return ""
    except PracticeFault as fault:
        return _FAILED + fault_sentence(fault)
