"""A database that is not the practice any more, or not yet: it has moved elsewhere, or is still being filled.

The mark is a table that no practice has, and a version that no program has: an older program refuses it too.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from peewee import Database

from models.domain.faults import PracticeFault, Remedy
from models.store.sqlite_file import Sqlite
from models.store.stamp import SCHEMA_VERSION

MARKED_VERSION: Final = 999_999
"""The version that a marked SQLite file says it has."""

_MARKED_MIGRATION: Final = "9999_moved"
"""The same among the migrations of a server."""

_MOVED, _ARRIVING = "moved", "arriving"

_NO_MORE: Final = ("journal_entry", "unsaved_form")
"""Where a desk that has it open still would write: each change has its entry in the journal."""


class Mark(NamedTuple):
    """What a database says of itself."""

    moved: bool
    """Whether the practice has left; else it is still arriving."""
    place: str
    """Where it lives now, or where it comes from."""
    day: str
    """On which day (ISO)."""


def read_mark(database: Database) -> Mark | None:
    """The mark of a database; None of a practice, and of what never was one."""
    if not database.table_exists("practice_mark"):
        return None
    connection: Any = database
    kind, place, day = connection.execute_sql("SELECT kind, place, day FROM practice_mark").fetchone()
    return Mark(kind == _MOVED, place, day)


def mark_moved(database: Database, place: str, day: str) -> None:
    """From now on the practice lives there: no desk opens it here, none that has it open writes; in a transaction."""
    _mark(database, _MOVED, place, day)
    refuse_older(database)
    connection: Any = database
    if isinstance(database, Sqlite):
        for table in _NO_MORE:
            connection.execute_sql(
                f"CREATE TRIGGER practice_moved_{table} BEFORE INSERT ON {table}"
                " BEGIN SELECT RAISE(ABORT, 'practice_moved'); END"
            )
        return
    connection.execute_sql(
        "CREATE FUNCTION accueil_moved() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'practice_moved'; END $$"
    )
    for table in _NO_MORE:
        connection.execute_sql(
            f"CREATE TRIGGER practice_moved_{table} BEFORE INSERT ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION accueil_moved()"
        )


def mark_arriving(database: Database, place: str, day: str) -> None:
    """What will be written into this empty database is no practice before `mark_arrived`; in a transaction."""
    _mark(database, _ARRIVING, place, day)


def refuse_older(database: Database) -> None:
    """Let programs that know no mark take it for that of a later one; in a transaction."""
    if isinstance(database, Sqlite):
        database.pragma("user_version", MARKED_VERSION)
    else:
        connection: Any = database
        added = "INSERT INTO schema_migration (name, applied) VALUES (%s, now())"
        connection.execute_sql(added, (_MARKED_MIGRATION,))


def mark_arrived(database: Database) -> None:
    """It is a practice now; in a transaction."""
    connection: Any = database
    connection.execute_sql("DROP TABLE practice_mark")
    if isinstance(database, Sqlite):
        database.pragma("user_version", SCHEMA_VERSION)
    else:
        connection.execute_sql("DELETE FROM schema_migration WHERE name = %s", (_MARKED_MIGRATION,))


def elsewhere(database: Database) -> PracticeFault | None:
    """Why a marked database does not open; None where it bears no mark."""
    mark = read_mark(database)
    if mark is None:
        return None
    if mark.moved:
        day = "/".join(reversed(mark.day.split("-")))
        return PracticeFault(f"Ce cabinet a déménagé le {day} : il est à « {mark.place} »", Remedy.OPEN_THERE)
    return PracticeFault(f"Ce cabinet n’est pas encore tout à fait arrivé de « {mark.place} »", Remedy.FINISH_MOVING)


def _mark(database: Database, kind: str, place: str, day: str) -> None:
    connection: Any = database
    sign = "?" if isinstance(database, Sqlite) else "%s"
    connection.execute_sql("CREATE TABLE practice_mark (kind TEXT NOT NULL, place TEXT NOT NULL, day TEXT NOT NULL)")
    connection.execute_sql(f"INSERT INTO practice_mark VALUES ({sign}, {sign}, {sign})", (kind, place, day))  # noqa: S608
