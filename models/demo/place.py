"""Where the demo lives, and how it gets there: built whole beside its place, then moved in, its database last."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

from models.database import db
from models.demo.build import make_demo
from models.practice import Practice, exists, locate, open_practice, spoken_files

_DATABASE: Final = "demonstration.db"
_WORKSHOP: Final = "demonstration.en-cours"


def demo_practice(data_folder: Path) -> Practice:
    """Where the demo is, or will be."""
    return locate(str(data_folder / _DATABASE), data_folder)


def open_demo(practice: Practice, today: date, *, anew: bool = False) -> None:
    """Make the demo the practice that this process works on; build it where it is missing.

    Its database comes to its place last, in one rename: a demo that was stopped half-way has none, and is built
    again.

    Args:
        practice: as `demo_practice` found it.
        today: the day on which it is shown.
        anew: build it again, whatever was done to the old one.

    Raises:
        PracticeFault: the disk or the database refused.
    """
    with spoken_files(practice.folder):
        practice.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _alone(practice):
            if anew or not exists(practice):
                _build(practice, today)
    open_practice(practice)


def _build(practice: Practice, today: date) -> None:
    workshop = practice.folder / _WORKSHOP
    shutil.rmtree(workshop, ignore_errors=True)
    if db.obj is not None:
        db.close()
    draft = demo_practice(workshop)
    open_practice(draft, create=True)
    try:
        make_demo(draft, today)
    finally:
        db.close()
    _remove(practice)
    for made, place in (*_beside(draft, practice), (Path(draft.location), Path(practice.location))):
        made.rename(place)
    shutil.rmtree(workshop, ignore_errors=True)


def _remove(practice: Practice) -> None:
    """Take the old demo away, its database first: from then on there is none."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(practice.location + suffix).unlink(missing_ok=True)
    practice.key_file.unlink(missing_ok=True)
    for folder in (practice.outbox, practice.inbox, practice.backups):
        shutil.rmtree(folder, ignore_errors=True)


def _beside(draft: Practice, practice: Practice) -> list[tuple[Path, Path]]:
    """What goes with the database, and where to."""
    return [
        (draft.key_file, practice.key_file),
        (draft.outbox, practice.outbox),
        (draft.inbox, practice.inbox),
    ]


@contextmanager
def _alone(practice: Practice) -> Iterator[None]:
    """One process at a time builds the demo."""
    with practice.lock_file.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
