"""What a refusal of the file system means for the person at the desk, in one French sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.domain.disk import disk_reason
from models.domain.faults import PracticeFault


@contextmanager
def spoken_files(place: Path, doing: str = "d’écrire dans") -> Iterator[None]:
    """Turn a refusal of the file system into a `PracticeFault` that names `place` and what was being done there."""
    try:
        yield
    except OSError as error:
        why = disk_reason(error).of_place
        raise PracticeFault(f"Impossible {doing} « {place} » ({why}) : rien n’a été fait.") from error
