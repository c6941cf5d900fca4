"""Exporter: a file of what a screen shows, in the practice's own folder, under a name that is never taken twice."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from models.store.file_faults import spoken_files
from models.store.whole_file import write_whole


def export_file(folder: Path, name: str, data: bytes) -> Path:
    """Write a file that only its owner reads; nothing that is there is written over. Its path.

    Args:
        folder: where; made if it is missing, for its owner alone.
        name: as it should be called; a number goes behind it where that name is taken.
        data: what it holds.

    Raises:
        PracticeFault: the disk refused; nothing was made.
    """
    wanted = folder / name
    with spoken_files(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for number in count(1):
            path = wanted if number == 1 else wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
            try:
                write_whole(path, data)
            except FileExistsError:
                continue
            return path
    raise AssertionError  # `count` has no end
