"""The range of our numbers in `cabinet.toml`, read each time that a number is taken: a change needs no new start.

All of it is optional::

    [numerotation]
    premiere_facture = 800000001
    premiere_dre = 900000001
    premier_lot = 700
    dernier_lot = 999
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from models.domain.numbering import LAST_LOT, LAST_NUMBER, ROOM, Numbering
from models.reading import Unreadable, read_outside
from models.store.configuration import LARGEST, read_configuration, shown
from models.store.file_faults import spoken_files
from models.store.whole_file import rewrite_whole

SECTION: Final = "numerotation"

_KEYS: Final = {
    "premiere_facture": ("first_invoice", LAST_NUMBER - ROOM),
    "premiere_dre": ("first_dre", LAST_NUMBER - ROOM),
    "premier_lot": ("first_lot", LAST_LOT),
    "dernier_lot": ("last_lot", LAST_LOT),
}
"""Each key: the value that it sets, and the highest that it may be; all begin at 1."""

_OURS: Final = re.compile(rf"^[ \t]*\[[ \t]*{SECTION}[ \t]*\][^\n]*\n?(?:(?![ \t]*\[)[^\n]*(?:\n|\Z))*", re.MULTILINE)
"""The section as written: its header and what follows up to the next one."""


def read_numbering(path: Path | None) -> Numbering:
    """The range that the configuration at `path` reserves; the proposed one where it says nothing.

    Raises:
        PracticeFault: the file cannot be read, or a value is not one of those that it may be.
    """
    written = read_configuration(path)
    found: dict[str, int] = {}
    for key, value in written.section(SECTION).items():
        name, highest = _KEYS[key]
        if type(value) is not int or not 1 <= value <= highest:
            what = f"{key} = {shown(value)} ne va pas ; écrivez un nombre de 1 à {highest}"
            raise written.fault(SECTION, key, what)
        found[name] = value
    numbering = Numbering(**found)
    if numbering.first_lot >= numbering.last_lot:
        key = "premier_lot" if "first_lot" in found else "dernier_lot"
        what = f"premier_lot ({numbering.first_lot}) doit être avant dernier_lot ({numbering.last_lot})"
        raise written.fault(SECTION, key, what)
    return numbering


def says_numbering(path: Path) -> bool:
    """Whether the configuration says which range is reserved; cheap, as the first screen asks it.

    Raises:
        PracticeFault: the file cannot be read.
    """
    with spoken_files(path, "de lire"):
        try:
            written = read_outside(path, largest=LARGEST).decode(errors="replace")
        except (FileNotFoundError, Unreadable):
            return False
    return _OURS.search(written) is not None


def write_numbering(path: Path, numbering: Numbering) -> None:
    """Write the range into the configuration; what else stands there stays as it is written.

    Raises:
        PracticeFault: the file cannot be read or written.
    """
    said = "\n".join(f"{key} = {getattr(numbering, name)}" for key, (name, _) in _KEYS.items())
    section = f"[{SECTION}]\n{said}\n"
    before = read_configuration(path).text  # what cannot be read is not written over
    with spoken_files(path, "d’écrire"):
        if found := _OURS.search(before):
            after = before[found.end() :]
            text = before[: found.start()] + section + ("\n" if after else "") + after
        else:
            text = before + ("\n" if before.endswith("\n") else "\n\n" if before else "") + section
        rewrite_whole(path, text.encode())
