"""The practice that a command works on, and who works."""

from __future__ import annotations

import os
import pwd
from dataclasses import dataclass

from models.domain.author import Author
from models.domain.place import Practice, exists, locate
from models.practice import OpenPractice, open_practice
from tui.command_line.named_practice import NamedPractice, data_folder


@dataclass(frozen=True, slots=True)
class Session:
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

    def open(self, *, create: bool = False) -> OpenPractice:
        """Open the practice, making it where there is none if `create`.

        Raises:
            PracticeFault: there is none, or it must not or cannot be opened.
        """
        return open_practice(self.practice, create=create)


def session_of(practice: NamedPractice) -> Session:
    """The session that the command names."""
    return Session(locate(practice.address(), data_folder()), operator_of(practice))


def operator_of(practice: NamedPractice) -> str:
    """The name for the journal: `--operateur`, else the account's."""
    if practice.operator is not None:
        return practice.operator
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"compte {os.getuid()}"
