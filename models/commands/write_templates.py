"""Écrire les modèles: the program's templates beside the practice, to be changed; what is there is left as it is."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from models.domain.place import Practice
from models.papers.template import TemplateName
from models.store.file_faults import spoken_files
from models.store.templates import original
from models.store.whole_file import write_whole


def write_templates(practice: Practice) -> tuple[Path, ...]:
    """Write those that are missing; all that are there then.

    Raises:
        PracticeFault: the disk refused.
    """
    folder = practice.templates
    with spoken_files(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in TemplateName:
            with suppress(FileExistsError):
                write_whole(folder / name, original(name).encode())
    return tuple(folder / name for name in TemplateName)
