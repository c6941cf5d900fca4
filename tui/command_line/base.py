"""Which practice is meant, before anything of it is opened."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from models.domain.place import DATABASE


def data_folder() -> Path:
    """Where this account keeps its data."""
    from platformdirs import user_data_path

    return user_data_path("accueil", appauthor=False)


def base_of(options: Namespace) -> str:
    """The practice that the command names: `--base`, else `ACCUEIL_BASE`, else that of this account."""
    return str(options.base or options.environment_base or data_folder() / DATABASE)
