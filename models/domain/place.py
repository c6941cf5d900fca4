"""Where a practice is: its database, and the files and folders beside it; nothing here opens any of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, NamedTuple

DATABASE: Final = "cabinet.db"
"""The practice of an account that names no other."""

DEMO_DATABASE: Final = "demonstration.db"
"""The demonstration of an account."""

DEMO_NAME: Final = "DÉMONSTRATION"
"""How a demonstration is called, wherever it lies."""

_URL: Final = re.compile(r"^[a-z0-9+]+://")


class Practice(NamedTuple):
    """A practice, open or not: where its data is and where its files come and go."""

    location: str
    folder: Path
    stem: str

    @property
    def on_server(self) -> bool:
        """Whether it is an address, and no file."""
        return bool(_URL.match(self.location))

    @property
    def outbox(self) -> Path:
        """Where the B2 files of our lots are written, for the certified module to take."""
        return self.folder / f"{self.stem}-envois"

    @property
    def inbox(self) -> Path:
        """Where the caisses' returns are looked for."""
        return self.folder / f"{self.stem}-retours"

    @property
    def backups(self) -> Path:
        """Where a copy of the database goes before its tables change."""
        return self.folder / f"{self.stem}-sauvegardes"

    @property
    def exports(self) -> Path:
        """Where what a screen shows is written, for a spreadsheet."""
        return self.folder / f"{self.stem}-exports"

    @property
    def printouts(self) -> Path:
        """Where what is printed is written, as PDF."""
        return self.folder / f"{self.stem}-impressions"

    @property
    def templates(self) -> Path:
        """Where the practice's own letters are, if it has changed any."""
        return self.folder / f"{self.stem}-modeles"

    @property
    def key_file(self) -> Path:
        """The journal's key: whoever backs up the database backs this up elsewhere."""
        return self.folder / f"{self.stem}.cle"

    @property
    def cipher_file(self) -> Path:
        """The key that the base is encrypted with, where it lies nowhere else; see `models.store.cipher_keys`."""
        return self.folder / f"{self.stem}.chiffrement"

    @property
    def anchor_file(self) -> Path:
        """How far the practice had come, whatever base lies here; see `models.store.anchor_file`."""
        return self.folder / f"{self.stem}.ancre"

    @property
    def draft(self) -> Path:
        """What the practice's file is called until it is made in full."""
        return self.folder / f"{self.stem}.en-cours"

    @property
    def settings_file(self) -> Path:
        """The practice's configuration; see `models.store.settings`."""
        return self.folder / f"{self.stem}.toml"

    @property
    def lock_file(self) -> Path:
        """Held by the process that makes or changes tables; a byte of it, by each that writes lots."""
        return self.folder / f"{self.stem}.verrou"


def locate(location: str, data_folder: Path) -> Practice:
    """Where the practice named by `--base` keeps its files; `data_folder` serves the practices on a server."""
    if _URL.match(location):
        stem = re.sub(r"\W+", "-", location.split("?")[0].rsplit("/", 1)[-1]) or "cabinet"
        return Practice(location, data_folder, stem)
    path = Path(location).expanduser().absolute()
    return Practice(str(path), path.parent, path.stem)


def exists(practice: Practice) -> bool:
    """Whether there is a practice there already (a server is always taken to hold one)."""
    if practice.on_server:
        return True
    path = Path(practice.location)
    return path.exists() and (path.stat().st_size > 0 or not path.is_file())


def left_of(practice: Practice) -> Path | None:
    """What is left here of a practice whose base is gone: its anchor, its key, a lot; None where there never was one.

    Where the making of a practice was cut, its draft is still there, and its key may be.
    """
    if not practice.draft.exists():
        for file in (practice.anchor_file, practice.key_file, practice.cipher_file):
            if file.exists():
                return file
    return next(iter(sorted(practice.outbox.glob("*.b2"))), None)
