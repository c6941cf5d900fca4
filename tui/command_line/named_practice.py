"""Which practice is meant and who works, before anything of it is opened.

Named tuples, as they are made before the first page: a dataclass takes longer to define.
"""

from __future__ import annotations

import os
import pwd
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from models.domain.place import DATABASE

if TYPE_CHECKING:
    from models.domain.operators import Claim


class NamedPractice(NamedTuple):
    """The practice and the operator as they were named, each None where it was not."""

    base: str | None
    """Of `--base`."""
    environment_base: str | None
    """Of `ACCUEIL_BASE`."""
    operator: str | None
    """Of `--operateur`."""

    def address(self) -> str:
        """The practice that is meant: `--base`, else `ACCUEIL_BASE`, else that of this account."""
        return self.base or self.environment_base or str(data_folder() / DATABASE)


class Opening(NamedTuple):
    """What the screens are opened on."""

    practice: NamedPractice
    screen: str | None
    """Of `--ecran`: the list to open straight on; None for the menu."""
    demo: bool
    """Whether it is the demonstration."""
    anew: bool
    """Whether the demonstration is made anew."""


def data_folder() -> Path:
    """Where this account keeps its data."""
    from platformdirs import user_data_path

    return user_data_path("accueil", appauthor=False)


def claim_of(practice: NamedPractice) -> Claim:
    """Who opens the practice, as far as is known before: `--operateur`, the account, the key that SSH accepted."""
    from models.domain.operators import Claim
    from tui.terminal.ssh import accepted_key

    return Claim(practice.operator, account(), accepted_key())


def account() -> str:
    """The name of the system's account."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"compte {os.getuid()}"
