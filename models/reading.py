"""The one door for files from outside: read whole, of a size that a practice's files have, and never without end.

A regular file, or what a pipe gives in time. A device has no end, a pipe to which nobody writes keeps its reader
waiting: both are told before they are read.
"""

from __future__ import annotations

import os
import select
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

Step = Callable[[int, int], None]

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a file, or of all that an archive holds; no practice's comes near: what is larger is something else."""

_PIECE: Final = 1 << 20
_TICK: Final = 0.1
_SILENCE: Final = 10.0
"""Seconds without a byte after which nothing more is expected of a pipe."""
_AT_MOST: Final = 60.0
"""Seconds that a pipe may take in all."""


class Unreadable(Exception):
    """The file is not read: `str` says why and what to do, in French, as it stands behind the file's name and « : »."""


def read_outside(
    path: Path, step: Step | None = None, *, within: tuple[Path, ...] | None = None, largest: int = LARGEST
) -> bytes:
    """The bytes of a file that comes from outside the program.

    Args:
        path: the file.
        step: called with (bytes read, bytes in all; 0 where that is not known), several times a second; what it raises
            ends the reading.
        within: the folders in which it must lie, links followed; None: anywhere.
        largest: bytes that it may have.

    Raises:
        Unreadable: a folder, a device, too large, too slow, elsewhere.
        OSError: the system refused.
    """
    refuse_outside(path, within)
    _refuse_kind(path.stat().st_mode)
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    try:
        facts = os.fstat(descriptor)
        _refuse_kind(facts.st_mode)
        if within is not None:  # what was opened, whatever the path led to before
            refuse_outside(Path(f"/proc/self/fd/{descriptor}"), within)
        if stat.S_ISFIFO(facts.st_mode):
            return _from_pipe(descriptor, step, largest)
        if facts.st_size > largest:
            raise _too_large(largest)
        return _from_file(descriptor, facts.st_size, step, largest)
    finally:
        os.close(descriptor)


def refuse_outside(path: Path, within: tuple[Path, ...] | None) -> None:
    """Go on only if the path lies in one of these folders, links followed; None: anywhere.

    Raises:
        Unreadable: it lies elsewhere; whether there is something is not told.
    """
    if within is None:
        return
    place = Path(os.path.realpath(path))
    if not any(place.is_relative_to(os.path.realpath(folder)) for folder in within):
        folders = ", ".join(f"« {folder} »" for folder in within)
        raise Unreadable(f"hors des dossiers du cabinet ; déposez-le dans {folders}.")


def _refuse_kind(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise Unreadable("c’est un dossier, donnez les fichiers qu’il contient.")
    if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
        raise Unreadable("ce n’est pas un fichier ordinaire, copiez-le d’abord sur le disque.")


def _too_large(largest: int) -> Unreadable:
    return Unreadable(
        f"plus de {largest >> 20} Mio, trop gros pour un fichier de cabinet ; vérifiez lequel vous donnez."
    )


def _from_file(descriptor: int, size: int, step: Step | None, largest: int) -> bytes:
    found = bytearray()
    while piece := os.read(descriptor, _PIECE):
        found += piece
        if len(found) > largest:
            raise _too_large(largest)
        if step:
            step(len(found), max(size, len(found)))
    return bytes(found)


def _from_pipe(descriptor: int, step: Step | None, largest: int) -> bytes:
    found = bytearray()
    waiting = select.poll()
    waiting.register(descriptor, select.POLLIN)
    begun = heard = time.monotonic()
    while True:
        happened = waiting.poll(int(_TICK * 1000))
        if step:
            step(len(found), 0)
        now = time.monotonic()
        if happened:
            piece = os.read(descriptor, _PIECE)
            if not piece:
                return bytes(found)
            found += piece
            heard = now
            if len(found) > largest:
                raise _too_large(largest)
        if now - heard > _SILENCE or now - begun > _AT_MOST:
            raise Unreadable("rien n’arrive plus par ce tube ; donnez un fichier ordinaire.")
