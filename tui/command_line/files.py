"""The files named on the command line: read whole, one after the other, each refused in its own sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from models.domain.faults import PracticeFault
from models.formats.container import InnerFile, Kind, opened
from models.formats.errors import FormatError
from models.reading import Unreadable, read_outside
from tui.command_line.speech import REFUSED, system_sentence, talk
from tui.command_line.typed_opening import words
from tui.text.display import clean
from tui.text.faults import fault_sentence
from tui.text.typed_path import typed_path

LONGEST = 1000
"""Characters of a sentence about a file."""


def each_file(paths: list[str], wanted: Kind, take: Callable[[bytes, str], None]) -> int:
    """Take each file, and each of those that an archive, a mail or a file of several holds.

    One that is refused does not stop the next.

    Args:
        paths: as typed.
        wanted: what is looked for in them.
        take: given the bytes and the name without its folder; raises FormatError, PracticeFault.

    Returns:
        The exit code: 1 if a file was refused.
    """
    refused = asked = 0
    for typed in paths:
        name = clean(words(Path(typed).name)) or clean(words(typed))
        found: tuple[InnerFile, ...] = ()
        with _told(name) as opening:
            path = typed_path(typed)
            inside = opened(read_outside(path), clean(words(path.name)) or name, wanted)
            found = inside.files
            for sentence in inside.aside:
                talk(clean(sentence, LONGEST))
        refused += opening.refused
        asked += max(len(found), 1)
        for file in found:
            shown = clean(file.name, LONGEST)
            with _told(shown) as reading:
                take(file.data, shown)
            refused += reading.refused
    if refused and asked > 1:
        talk(f"{refused} fichier{'s' if refused > 1 else ''} sur {asked} : refusé{'s' if refused > 1 else ''}.")
    return REFUSED if refused else 0


@dataclass(slots=True)
class _Outcome:
    """Whether a file was refused."""

    refused: bool = False


@contextmanager
def _told(name: str) -> Iterator[_Outcome]:
    """Say why a file is refused, and go on."""
    outcome = _Outcome()
    try:
        yield outcome
    except BrokenPipeError:
        raise
    except (FormatError, PracticeFault, Unreadable) as fault:
        outcome.refused = True
        talk(clean(f"{name} : {fault_sentence(fault)}", LONGEST))
    except OSError as error:
        outcome.refused = True
        talk(system_sentence(error))
