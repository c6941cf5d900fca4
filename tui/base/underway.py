"""How far a long gesture is, on the screen's line of news; Escape or the program's end stops it between two steps."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from models.domain.patience import GivenUp

if TYPE_CHECKING:
    from tui.base.desk_screen import DeskScreen

_SOON: Final = 0.4
"""Seconds after which a person looks up to see how far it is."""


class Underway:
    """One gesture while it works in a thread; made in the application's loop.

    Args:
        screen: on which it was asked for.
        what: is done, as « Transmission… ».
    """

    def __init__(self, screen: DeskScreen, what: str) -> None:
        self._screen, self._what, self._said = screen, what, ""
        self._loop = asyncio.get_running_loop()
        self._begun = time.monotonic()
        self.stopped = screen.gives_up
        """Whether it was given up."""

    def step(self, done: int, total: int) -> None:
        """Show how far it is; from the thread that works.

        Raises:
            GivenUp: it is to end here.
        """
        if self._screen.gives_up:
            self.stopped = True
            raise GivenUp
        if time.monotonic() - self._begun < _SOON:
            return
        share = f" {100 * done // total} %" if total else f" {done}" if done else ""
        said = f"{self._what}{share} (Échap arrête)"
        if said != self._said:
            self._said = said
            with suppress(RuntimeError):  # the program is ending: nobody reads it
                self._loop.call_soon_threadsafe(self._screen.tell, said)
