"""The practice of the sample files: six lots imported, three returns read; made once, copied for each test."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from models.commands.import_batch import Imported, import_batch
from models.commands.receive import Received, receive_return
from models.domain.author import Author
from models.domain.place import Practice, locate
from models.practice import close_practice, open_practice

SAMPLES: Final = Path(__file__).parent / "samples" / "cabinet"
READ_AT: Final = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
"""When the sample files were taken in."""

_BASE: Final = "cabinet.db"


def samples(suffix: str) -> list[Path]:
    """The sample files with this suffix (« b2 », « noe »), in order."""
    return sorted(SAMPLES.glob(f"*.{suffix}"))


def practice_in(folder: Path) -> Practice:
    """The practice that lives, or will live, in this folder."""
    return locate(str(folder / _BASE), folder)


def make_sample_practice(folder: Path, *, returns: bool = True) -> None:
    """Make the sample practice in this folder, and close it."""
    open_practice(practice_in(folder), create=True)
    author = Author("sophie", READ_AT)
    try:
        for path in samples("b2"):
            assert isinstance(import_batch(path.read_bytes(), path.name, author), Imported)
        for path in samples("noe") if returns else ():
            assert isinstance(receive_return(path.read_bytes(), path.name, author), Received)
    finally:
        close_practice()


def copy_practice(made: Path, folder: Path) -> Practice:
    """A copy, in `folder`, of the practice that was made in `made`; not open yet."""
    shutil.copytree(made, folder, dirs_exist_ok=True)
    return practice_in(folder)
