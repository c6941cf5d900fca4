"""The files named on the command line: read whole, one after the other, each refused in its own sentence."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

from models.domain.faults import PracticeFault
from models.formats.errors import FormatError
from tui.command_line.speech import REFUSED, system_sentence, talk
from tui.command_line.typed import words
from tui.text.display import clean
from tui.text.faults import fault_sentence

LONGEST = 1000
"""Characters of a sentence about a file."""


def each_file(paths: list[str], take: Callable[[bytes, str], None]) -> int:
    """Take each file; one that is refused does not stop the next.

    Args:
        paths: as typed.
        take: given the bytes and the name without its folder; raises FormatError, PracticeFault.

    Returns:
        The exit code: 1 if a file was refused.
    """
    refused = 0
    for typed in paths:
        name = clean(words(Path(typed).name)) or clean(words(typed))
        try:
            take(read_whole(Path(typed)), name)
        except BrokenPipeError:
            raise
        except (FormatError, PracticeFault) as fault:
            refused += 1
            talk(clean(f"{name} : {fault_sentence(fault)}", LONGEST))
        except OSError as error:
            refused += 1
            talk(system_sentence(error))
    if refused and len(paths) > 1:
        talk(f"{refused} fichier{'s' if refused > 1 else ''} sur {len(paths)} : refusé{'s' if refused > 1 else ''}.")
    return REFUSED if refused else 0


def read_whole(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        PracticeFault: it is a folder, or a device.
        OSError: it cannot be read.
    """
    kind = path.stat().st_mode
    if stat.S_ISDIR(kind):
        raise PracticeFault("c’est un dossier, donnez les fichiers qu’il contient.")
    if not stat.S_ISREG(kind):
        raise PracticeFault("ce n’est pas un fichier ordinaire, copiez-le d’abord sur le disque.")
    return path.read_bytes()
