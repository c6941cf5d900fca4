"""Ctrl+P on a screen: what it shows, as PDF in the practice's own folder, then to its printer, if it has one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from models.commands.print_out import PrintedOut, print_out
from models.domain.accesses import Looked
from models.domain.patience import Step
from models.domain.place import Practice
from tui.base.desk_screen import DeskScreen
from tui.base.underway import Underway
from tui.text.printing import printed_lines

Made = tuple[str, bytes]
"""The name of a file, and what it holds."""


async def print_pages(screen: DeskScreen, make: Callable[[Step], Made], looked: Looked, subject: str) -> None:
    """Make the pages and print them; say where they are.

    Args:
        screen: on which the key was pressed.
        make: reads and lays out what is printed; called in a worker, with what is to be told of each page.
        looked: what the journal of accesses keeps of it, with `subject`.
        subject: « list all », « invoice 12 ».
    """
    place, before = screen.desk.practice.place, screen.news_told
    screen.tell("Impression en cours…")
    underway = Underway(screen, "Impression en cours…")
    done = await screen.perform(lambda: _printed(place, partial(make, underway.step)))
    screen.tell("Arrêté : rien n’a été imprimé." if underway.stopped else before)
    if done is not None:
        screen.desk.looked_at(looked, subject)
        first, *more = printed_lines(done)
        await screen.show("Imprimé" if done.fault is None else "Pas imprimé", first, *more)


def _printed(place: Practice, make: Callable[[], Made]) -> PrintedOut:
    name, data = make()
    return print_out(place, name, data)
