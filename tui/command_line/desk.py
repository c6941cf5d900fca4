"""The practice that a command works on, and who works."""

from __future__ import annotations

import os
import pwd
from argparse import Namespace
from dataclasses import dataclass

from models.domain.author import Author
from models.domain.place import Practice, exists, locate
from models.practice import open_practice
from tui.command_line.base import base_of, data_folder


@dataclass(frozen=True, slots=True)
class Desk:
    """A practice, open or yet to be opened, and the operator's name for its journal."""

    practice: Practice
    operator: str

    @property
    def is_missing(self) -> bool:
        """Whether there is no practice there yet."""
        return not exists(self.practice)

    def author(self) -> Author:
        """The operator, now."""
        return Author.now(self.operator)

    def open(self, *, create: bool = False) -> None:
        """Open the practice, making it where there is none if `create`.

        Raises:
            PracticeFault: there is none, or it must not or cannot be opened.
        """
        open_practice(self.practice, create=create)


def desk_of(options: Namespace) -> Desk:
    """The desk that the command names: `--base`, else `ACCUEIL_BASE`, else the practice of this account."""
    return Desk(locate(base_of(options), data_folder()), operator_of(options))


def operator_of(options: Namespace) -> str:
    """The name for the journal: `--operateur`, else the account's."""
    if options.operateur is not None:
        return str(options.operateur)
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"compte {os.getuid()}"
