"""Practices that are made once and copied for each test: an empty one, that of the sample files, the demo."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Final

from models.commands.import_lots import Imported, import_lots
from models.commands.receive import Received, receive_return
from models.demo import demo_practice, open_demo
from models.domain.author import Author
from models.domain.numbering import Numbering
from models.domain.place import Practice, locate
from models.practice import close_practice, open_practice
from models.store.numbering_file import write_numbering
from tests import on_server

SAMPLES: Final = Path(__file__).parent / "samples" / "cabinet"
READ_AT: Final = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
"""When the sample files were taken in."""

_BASE: Final = "cabinet.db"


def samples(suffix: str) -> list[Path]:
    """The sample files with this suffix (« b2 », « noe »), in order."""
    return sorted(SAMPLES.glob(f"*.{suffix}"))


def practice_in(folder: Path) -> Practice:
    """The practice that lives, or will live, in this folder; on the server, the one that stands for it."""
    if on_server.EVERYWHERE:
        return on_server.standing_for(folder)
    return locate(str(folder / _BASE), folder)


def follow_the_files(practice: Practice) -> None:
    """Reserve no range: small numbers, that go on from those of the files, read better in a test."""
    practice.folder.mkdir(parents=True, exist_ok=True)
    write_numbering(practice.settings_file, Numbering(first_invoice=1, first_lot=1))


class _Made:
    """A folder that lives as long as the tests' process; its practice is closed, to be copied only."""

    def __init__(self) -> None:
        self._kept = tempfile.TemporaryDirectory(prefix="accueil-made-")
        self.folder = Path(self._kept.name)


@cache
def _empty() -> _Made:
    made = _Made()
    follow_the_files(practice_in(made.folder))
    open_practice(practice_in(made.folder), create=True)
    close_practice()
    return made


@cache
def _sample(returns: bool) -> _Made:
    made = _Made()
    make_sample_practice(made.folder, returns=returns)
    return made


@cache
def _demo(today: date) -> _Made:
    made = _Made()
    open_demo(demo_practice(made.folder), today)
    close_practice()
    return made


def empty_practice() -> Path:
    """The folder of a practice without an invoice, to be copied."""
    return _empty().folder


def sample_practice(*, returns: bool = True) -> Path:
    """The folder of the sample practice, six lots imported and three returns read or none, to be copied."""
    return _sample(returns).folder


def copy_demo(today: date, folder: Path) -> Practice:
    """A copy, in `folder`, of the demo of that day; not open yet."""
    shutil.copytree(_demo(today).folder, folder, dirs_exist_ok=True)
    return demo_practice(folder)


def make_sample_practice(folder: Path, *, returns: bool = True) -> None:
    """Make the sample practice in this folder, and close it."""
    follow_the_files(practice_in(folder))
    open_practice(practice_in(folder), create=True)
    author = Author("sophie", READ_AT)
    try:
        for path in samples("b2"):
            assert isinstance(import_lots(path.read_bytes(), path.name, author), Imported)
        for path in samples("noe") if returns else ():
            assert isinstance(receive_return(path.read_bytes(), path.name, author), Received)
    finally:
        close_practice()


def copy_practice(made: Path, folder: Path) -> Practice:
    """A copy, in `folder`, of the practice that was made in `made`; not open yet."""
    if on_server.EVERYWHERE:
        return on_server.copied_for(made, folder)
    shutil.copytree(made, folder, dirs_exist_ok=True)
    return practice_in(folder)
