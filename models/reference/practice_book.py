"""The book of one practice: our entries with its own `rejets.toml` over them, as that file stands now."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.reference.rejections import RejectionBook
    from models.reference.toml_table import ReferenceFault


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was read of the practice's file, and how the file was marked before."""

    mark: tuple[int, ...] | None
    book: RejectionBook
    faults: tuple[ReferenceFault, ...]


class PracticeBook:
    """What a rejection means in one practice; whoever asks after its file was edited gets what it says now.

    Args:
        folder: the practice's data folder, where `rejets.toml` may be.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._last: _Reading | None = None

    @property
    def current(self) -> RejectionBook:
        """The book; the same object for as long as the file stays as it is."""
        return self._read().book

    @property
    def faults(self) -> tuple[ReferenceFault, ...]:
        """What is wrong in the practice's own file."""
        return self._read().faults

    def _read(self) -> _Reading:
        from models.reference.rejections import PRACTICE_FILE, load_book  # a list or a verification does without

        mark = _mark(self._folder / PRACTICE_FILE)
        last = self._last
        if last is None or last.mark != mark:
            last = self._last = _Reading(mark, *load_book(self._folder))
        return last


def _mark(path: Path) -> tuple[int, ...] | None:
    """What changes when a file is written or put in another's place; None where there is none."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino
