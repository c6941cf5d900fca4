"""Corruption planted behind the program's back, with SQLite itself and its guards taken away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from models.domain.place import Practice
from models.practice import close_practice, open_practice
from tests.sqlite_file import raw


def harm(practice: Practice, script: str) -> None:
    """Run this SQL on the practice's file without its triggers, which are then put back."""
    connection = raw(practice.location)
    guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.executescript("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;" + script)
    for _, sql in guards:
        connection.execute(sql)
    connection.commit()
    connection.close()


def drop_tables(practice: Practice, *tables: str) -> None:
    """Another program takes tables away under the practice, which is open."""
    with closing(raw(practice.location, None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for table in tables:
            connection.execute(f'DROP TABLE "{table}"')


@contextmanager
def damaged(practice: Practice, script: str) -> Iterator[None]:
    """The practice opened again after someone ran this SQL on its file."""
    close_practice()
    harm(practice, script)
    open_practice(practice)
    yield
