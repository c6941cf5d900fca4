"""Whether a database's files still are those that were opened: none replaced, moved or taken away since.

A desk that has a file open goes on with that file, whatever now lies at its path: it would give out numbers that the
practice gave long ago, or write where nobody looks any more.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from models.domain.faults import PracticeFault, Unreachable

Identity = tuple[int, int]
"""What tells one file from any other: its device and its number there."""


class OpenedFiles(NamedTuple):
    """The files of a database, as one connection found them."""

    database: Identity | None
    """None of a database in memory."""
    log: Identity | None
    """Its write-ahead log, which is there as long as anybody has the database open; None where it keeps none."""


def opened_files(path: str) -> OpenedFiles:
    """What lies at the database's path now, and beside it."""
    return OpenedFiles(identity(path), identity(_log(path)))


def check_in_place(path: str, opened: OpenedFiles) -> None:
    """Go on only if the database's files are the ones that were opened.

    Raises:
        Unreachable: the database is away; it may be put back.
        PracticeFault: one of them is another.
    """
    found = identity(path)
    if opened.database is not None and found is None:
        raise Unreachable(
            "La base du cabinet n’est plus à sa place",
            f"La base « {path} » n’est plus à sa place : rien n’a été enregistré ; remettez-la, ou son dossier.",
        )
    if opened.database not in {None, found}:
        raise PracticeFault(
            f"La base « {path} » a été remplacée depuis que ce poste l’a ouverte : rien n’a été enregistré ; "
            "quittez Accueil sur tous les postes, puis rouvrez-le."
        )
    if opened.log is not None and identity(_log(path)) != opened.log:
        raise PracticeFault(
            f"Le fichier « {_log(path)} », qui fait partie de la base, a été ôté pendant que des postes étaient "
            "ouverts : rien n’a été enregistré ; quittez Accueil sur tous les postes, puis rouvrez-le."
        )


def identity(path: str) -> Identity | None:
    """What lies there now; None where there is nothing, or it cannot be asked."""
    try:
        facts = Path(path).stat()
    except OSError:
        return None
    return facts.st_dev, facts.st_ino


def _log(path: str) -> str:
    return f"{path}-wal"
