"""The tables of a practice: made, brought up to date after a copy, and compared with what they should be."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import nullcontext
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from peewee import Database

from models.domain.faults import PracticeFault
from models.domain.patience import Step
from models.store.long_statement import copy_whole, looked_at
from models.store.server import Postgres
from models.store.sqlite_file import Sqlite, sqlite_database
from models.store.stamp import SCHEMA_VERSION
from models.store.whole_file import make_folder, settle_file, settle_folder

MIGRATIONS: Final = Path(__file__).parent / "migrations"

TALLY_LINES: Final = 1000
"""Lines of a server's tally from which they are summed up: they are read in no time up to a hundred times as many."""

NEWER: Final = "« {place} » vient d’une version plus récente d’Accueil : mettez ce poste à jour."


def migrate(
    database: Database, backup: Path | None = None, schema: str | None = None, progress: Step | None = None
) -> None:
    """Run what is pending in `models/store/migrations`, then check that every reference holds.

    Args:
        database: open.
        backup: the copy made before, named if the migration goes wrong.
        schema: on a server, the one that is searched first; None: the account's own.
        progress: called with (migrations done, in all), within each of them too; the one within which it raises
            `GivenUp` is undone, and the next opening goes on with it.

    Raises:
        PracticeFault: a row now refers to one that is not there.
        GivenUp: raised by `progress`.
    """
    from playhouse.migrations import Runner

    server: Any = database if isinstance(database, Postgres) else None
    if server is not None:  # an index of a large table takes longer than anything that a desk asks
        server.execute_sql("SET statement_timeout = 0")
    runner = Runner(database, str(MIGRATIONS), schema=schema)
    if progress is None:
        runner.up()
    else:
        _up_in_steps(database, runner, progress)
    if server is not None:
        server.execute_sql("RESET statement_timeout")
    if isinstance(database, Sqlite):
        if list(database.pragma("foreign_key_check") or ()):
            where = f" « {backup} »" if backup else ""
            raise PracticeFault(f"La mise à jour de la base a échoué : restaurez la sauvegarde{where}.")
        database.pragma("user_version", SCHEMA_VERSION)


def _up_in_steps(database: Database, runner: Any, progress: Step) -> None:
    lite: Any = database
    pending = [migration.name for migration in runner.status() if migration.path is not None and not migration.applied]
    for done, name in enumerate(pending):
        progress(done, len(pending))
        look = partial(progress, done, len(pending))
        with looked_at(lite.connection(), look) if isinstance(database, Sqlite) else nullcontext():
            runner.up(name)
    if pending:
        progress(len(pending), len(pending))


def settle_in(database: Postgres) -> None:
    """Before a desk works on a server, nobody writing: sum the tally up, learn whether names have an index."""
    connection: Any = database
    known = "SELECT (SELECT count(*) FROM invoice_tally), to_regclass('invoice_search_names')::text"
    lines, found = connection.execute_sql(known).fetchone()
    database.has_names_index = found is not None
    if lines > TALLY_LINES:
        with database.atomic():
            connection.execute_sql(
                "WITH gone AS (DELETE FROM invoice_tally RETURNING desk_rank, invoices)"
                " INSERT INTO invoice_tally SELECT desk_rank, sum(invoices) FROM gone GROUP BY desk_rank"
            )


def is_newer(database: Database) -> bool:
    """Whether the database went through a migration that this program does not have (PostgreSQL)."""
    from playhouse.migrations import Runner

    return any(migration.path is None for migration in Runner(database, str(MIGRATIONS)).status())


def back_up(database: Sqlite, folder: Path, stem: str, progress: Step | None = None) -> Path:
    """Copy the database as it stands into `folder`, in one piece, lasting; the copy's path.

    Raises:
        GivenUp: raised by `progress`, which is called with (megabytes written, in all); there is no copy.
    """
    make_folder(folder)
    copy = folder / f"{stem}-version-{database.pragma('user_version')}-{secrets.token_hex(3)}.db"
    lite: Any = database
    copy_whole(lite.connection(), copy, progress)
    copy.chmod(0o600)
    settle_file(copy)
    settle_folder(folder)
    return copy


def definitions(database: Sqlite) -> dict[str, str]:
    """Every table, index and trigger by name, with the text that made it; the search index's inner tables left out."""
    connection: Any = database
    found = connection.execute_sql(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'invoice_search!_%' ESCAPE '!'"
        " OR type = 'trigger'"
    )
    return {name: " ".join(sql.split()) for name, sql in found.fetchall()}


def expected_definitions() -> Mapping[str, str]:
    """What `definitions` gives of a practice that was just made; one is made once for a process."""
    return _definitions_by(MIGRATIONS)


@cache
def _definitions_by(migrations: Path) -> Mapping[str, str]:
    """Those of a practice made by these migrations, the ones that `migrate` runs."""
    database = sqlite_database(":memory:")
    database.connect()
    try:
        migrate(database)
        return MappingProxyType(definitions(database))
    finally:
        database.close()
