"""Practices of the tests on a PostgreSQL server, where ACCUEIL_POSTGRES names one: each in a database of its own.

With ACCUEIL_ON_SERVER=1 as well, every practice that `tests.practices` makes lies there: the long campaign that runs
the tests of the commands and of the queries on the other engine.
"""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
from pathlib import Path
from typing import Final

from models.domain.place import Practice, locate
from models.practice import close_practice

SERVER: Final = os.environ.get("ACCUEIL_POSTGRES", "")
EVERYWHERE: Final = bool(SERVER and os.environ.get("ACCUEIL_ON_SERVER"))
"""Whether the practices of all tests lie on the server."""

_MADE: Final[dict[Path, Practice]] = {}
"""Those that stand on the server for a folder of the tests, dropped at the end at the latest."""


def on_server(folder: Path, made_from: str = "template1") -> Practice:
    """A practice in a database of its own, which begins as a copy of another; not open yet."""
    name = f"accueil_{secrets.token_hex(6)}"
    _on_the_server(f"CREATE DATABASE {name} TEMPLATE {made_from}")
    head, _, query = SERVER.partition("?")
    return locate(f"{head.rsplit('/', 1)[0]}/{name}?{query}".rstrip("?"), folder)


def database_of(place: Practice) -> str:
    """The name of its database."""
    return place.location.partition("?")[0].rsplit("/", 1)[1]


def copy_on_server(made: Practice, folder: Path) -> Practice:
    """A copy of a closed practice, with what lies beside it; not open yet."""
    place = on_server(folder, database_of(made))
    shutil.copytree(made.folder, folder, dirs_exist_ok=True)
    for path in folder.glob(f"{made.stem}*"):  # its key, its anchor, its settings are named after the database
        path.rename(path.with_name(path.name.replace(made.stem, place.stem)))
    return place


def drop(place: Practice) -> None:
    """Leave nothing of it on the server."""
    close_practice()
    _on_the_server(f"DROP DATABASE IF EXISTS {database_of(place)} WITH (FORCE)")


def standing_for(folder: Path) -> Practice:
    """The practice on the server that stands for this folder's file; an empty database where none does yet."""
    known = _MADE.get(folder)
    return known if known is not None else _stands(on_server(folder))


def copied_for(made: Path, folder: Path) -> Practice:
    """A copy of the practice that stands for one folder, which stands for the other from now on; not open yet."""
    return _stands(copy_on_server(standing_for(made), folder))


def drop_within(folder: Path) -> None:
    """Drop what stands for this folder and for those in it: a test is over."""
    for each in [each for each in _MADE if each.is_relative_to(folder)]:
        drop(_MADE.pop(each))


def _stands(place: Practice) -> Practice:
    if not _MADE:
        atexit.register(drop_within, Path("/"))
    _MADE[place.folder] = place
    return place


def _on_the_server(statement: str) -> None:
    import psycopg  # a server is asked for by few

    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(statement.encode())
