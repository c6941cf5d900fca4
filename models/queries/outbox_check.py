"""Verifier the outbox: the files of our lots against what the practice says of them, each said with its place.

A file that was changed, copied, slipped in or left of a void lot could leave, so it is a breach. One that is not there
any more is no breach: the certified module takes the files; it is said all the same.
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from models.domain.actions import Action
from models.domain.disk import disk_reason
from models.domain.exchanges import LotStatus
from models.domain.states import Origin
from models.reference.identifiers import NINE
from models.store.database import records, rows
from models.store.faults import spoken
from models.store.lease import is_held
from models.store.outbox import ASIDE, digest_of, is_there
from models.tables.journal import JournalEntry
from models.tables.lots import Lot

_OUR_NAME: Final = re.compile(rf"{NINE}-(lot|dre)\d{{3}}-\d{{8}}.*\.b2", re.IGNORECASE | re.DOTALL)
"""What the files of our lots are called, and their copies too."""

_NAMED: Final = 12
"""Lots that one sentence names."""


@dataclass(frozen=True, slots=True)
class _Written:
    """A lot of ours, as far as its file goes; `folder` None: where it was written was not kept (0.1.0)."""

    number: int
    status: LotStatus
    file_name: str
    content_hash: str
    folder: str | None
    token: str

    def place(self, outbox: Path) -> Path:
        """Where its file is looked for: a practice that was moved has it in its outbox."""
        if self.folder is None or os.path.lexists(outbox / self.file_name):
            return outbox
        return Path(self.folder)


def outbox_breaches(outbox: Path) -> Iterator[str]:
    """Files that could leave, and must not: not what was written, of a void lot, a lot's twin, of no lot.

    The folders are read before the lots: a lot is a row before it is a file, so that one that is written meanwhile is
    never taken for a stranger.
    """
    before = sorted({outbox, *(lot.place(outbox) for lot in _written())})
    listed = [(folder, _entries(folder)) for folder in before]
    lots = _written()
    for lot in lots:
        yield from _its_file(lot, lot.place(outbox) / lot.file_name)
    for folder, entries in listed:
        if isinstance(entries, str):
            yield entries
        else:
            yield from _strangers(folder, entries, outbox, lots)


def outbox_remarks(outbox: Path) -> Iterator[str]:
    """The sent lots whose file is not there any more, or cannot be compared: the folder is away, or was not kept."""
    gone: dict[Path, list[int]] = defaultdict(list)
    away: dict[Path, list[int]] = defaultdict(list)
    unknown: list[int] = []
    for lot in _written():
        place = lot.place(outbox)
        if lot.status != LotStatus.SENT or os.path.lexists(place / lot.file_name):
            continue
        if lot.folder is None:
            unknown.append(lot.number)
        elif place == outbox or is_there(place):
            gone[place].append(lot.number)
        else:
            away[place].append(lot.number)
    for name in sorted(_left_after_a_copy()):
        if os.path.lexists(outbox / name):
            yield f"« {outbox / name} » : lot parti après la sauvegarde qui fut restaurée, la base ne le connaît pas."
    for place, numbers in gone.items():
        yield f"{_lots(numbers)} : fichier absent de « {place} » (pris par le module, ou perdu)."
    for place, numbers in away.items():
        yield f"{_lots(numbers)} : dossier « {place} » pas joignable, fichier non comparé."
    if unknown:
        yield f"{_lots(unknown)} : écrit par une version d’avant, son dossier n’est pas connu ; fichier non comparé."


@spoken()
def _written() -> list[_Written]:
    columns = (Lot.number, Lot.status, Lot.file_name, Lot.content_hash, Lot.folder, Lot.token)
    return records(_Written, Lot.select(*columns).where(Lot.origin == Origin.OWN).order_by(Lot.id))


@spoken()
def _left_after_a_copy() -> frozenset[str]:
    """The files of lots that had left when an older copy was restored: they did leave, though no row tells of them."""
    restorings = rows(JournalEntry.select(JournalEntry.detail).where(JournalEntry.action == Action.RESTORE))
    names: set[str] = set()
    for (detail,) in restorings:
        with suppress(ValueError, TypeError, AttributeError):  # an entry that does not read is told elsewhere
            names.update(map(str, json.loads(detail).get("lots", ())))
    return frozenset(names - {name for (name,) in rows(Lot.select(Lot.file_name))})


def _its_file(lot: _Written, file: Path) -> Iterator[str]:
    """What is wrong with the file of a lot."""
    if not os.path.lexists(file) or is_held(lot.token):
        return
    if lot.status == LotStatus.VOID:
        yield f"Lot {lot.number:03d} annulé : son fichier « {file} » est là et pourrait partir, ôtez-le."
        return
    try:
        if digest_of(file) != lot.content_hash:
            yield f"Lot {lot.number:03d} : le fichier « {file} » n’est plus celui qui fut écrit."
    except OSError as error:
        yield f"Lot {lot.number:03d} : le fichier « {file} » ne se lit pas ({disk_reason(error).of_file})."


def _entries(folder: Path) -> list[Path] | str:
    """What lies in a folder, nothing where there is none; or why it cannot be said."""
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        return f"Le dossier « {folder} » ne se lit pas ({disk_reason(error).of_file}) : fichiers non comparés."


def _strangers(folder: Path, entries: list[Path], outbox: Path, lots: list[_Written]) -> Iterator[str]:
    """What lies in a folder beside the files of its lots and is a lot too; in another's folder, only what is ours."""
    here = {lot.file_name for lot in lots if lot.place(outbox) == folder}
    restored = _left_after_a_copy()
    copied = {lot.content_hash: lot.number for lot in lots if lot.place(outbox) == folder or lot.folder != str(folder)}
    for path in entries:
        if path.name in here or path.name in restored or path.name.startswith(".") or path.name.endswith(ASIDE):
            continue
        try:
            if path.is_symlink() and (folder == outbox or _OUR_NAME.fullmatch(path.name)):
                yield f"« {path} » est un lien : aucun lot ne l’a écrit, ôtez-le."
            elif not path.is_file() or path.is_symlink():
                continue
            elif (number := copied.get(digest_of(path))) is not None:
                yield f"« {path} » est une copie du fichier du lot {number:03d} : il partirait deux fois, ôtez-la."
            elif _OUR_NAME.fullmatch(path.name) or (folder == outbox and _is_lot(path)):
                yield f"« {path} » a la forme d’un lot, mais aucun lot ne l’a écrit : ôtez-le."
        except OSError as error:
            yield f"« {path} » ne se lit pas ({disk_reason(error).of_file}) : fichier non comparé."


def _is_lot(path: Path) -> bool:
    """Whether a file begins as a B2 file does, or calls itself one."""
    if path.suffix.lower() == ".b2":
        return True
    with path.open("rb") as file:
        return file.read(64).lstrip(b"\xef\xbb\xbf \0\r\n\t").startswith(b"000")


def _lots(numbers: Iterable[int]) -> str:
    named = [f"{number:03d}" for number in numbers]
    if len(named) == 1:
        return f"Lot {named[0]}"
    more = f" et {len(named) - _NAMED} autres" if len(named) > _NAMED else ""
    return f"Lots {', '.join(named[:_NAMED])}{more}"
