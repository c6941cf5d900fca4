"""A file that a screen reads in a thread: how far it is, shown as it goes; Escape or the program's end gives it up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from models.queries.files import files_in, lot_files
from tui.base.underway import Underway
from tui.text.typed_path import typed_path

if TYPE_CHECKING:
    from models.formats.container import Kind, Opened
    from tui.base.desk_screen import DeskScreen


class Reading:
    """The files that one gesture reads, one after the other.

    Args:
        screen: on which it was asked for; what it says stands on its line of news.
    """

    def __init__(self, screen: DeskScreen) -> None:
        self._screen = screen
        self._name = ""
        self._underway = Underway(screen, "Lecture…")

    def begin(self, name: str) -> bool:
        """Say that this file is being read; not where the person gave up before."""
        if self._underway.stopped:
            return False  # in the middle of the one before, which is the one to name
        self._name, said = name, f"Lecture de {name}…"
        self._underway = Underway(self._screen, said)
        if not self._underway.stopped:
            self._screen.tell(said)
        return not self._underway.stopped

    def step(self, done: int, total: int) -> None:
        """Show how far it is; from the thread that reads.

        Raises:
            GivenUp: the reading is to end; where a change is under way, nothing of it is kept.
        """
        self._underway.step(done, total)

    async def named(self, typed: str) -> list[Path] | None:
        """The lots that a typed path names; None where there are none and the person was told."""
        return await self._screen.perform(lambda: lot_files(typed_path(typed), self.step, self._within()))

    async def inside(self, path: Path, kind: Kind) -> Opened | None:
        """What a file holds; None where it cannot be read and the person was told, or gave it up."""
        return await self._screen.perform(lambda: files_in(path, kind, self.step, self._within()))

    def stopped(self) -> str | None:
        """What is said where the person gave it up; None where nobody did."""
        return f"Lecture de {self._name} arrêtée : rien n’en a été pris." if self._underway.stopped else None

    def _within(self) -> tuple[Path, ...] | None:
        desk = self._screen.desk
        return desk.practice.readable_folders() if desk.confined else None
