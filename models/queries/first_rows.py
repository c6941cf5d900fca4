"""A list's first rows, read before the tables' library is loaded: straight through SQLite, and only if all is plain."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as sqlite

from models.domain.faults import PracticeFault
from models.domain.place import locate
from models.queries.invoice_row import InvoiceRow, ListView, row_of, rows_sql
from models.store.cipher import connect
from models.store.cipher_keys import keys_of
from models.store.read_only import can_write
from models.store.stamp import APPLICATION_ID, SCHEMA_VERSION

if TYPE_CHECKING:
    from models.domain.operators import Claim

_PATIENCE = 0.05
"""Seconds that another desk's lock is waited for: the interface will wait longer."""


def first_rows(base: Path, view: ListView, limit: int) -> list[InvoiceRow] | None:
    """At most `limit` rows from the list's beginning; None where they cannot be read at once.

    Args:
        base: the practice's SQLite file, of whatever version, or none.
        view: a list without a filter.
        limit: how many rows.
    """
    try:
        with closing(_open(base)) as connection:
            if not _is_marked(connection):
                return None
            return [row_of(row) for row in connection.execute(rows_sql(view, limit)).fetchall()]
    except (sqlite.Error, PracticeFault):
        return None


def is_ours(base: Path) -> bool:
    """Whether there is a practice there that this program opens as it is."""
    try:
        with closing(_open(base)) as connection:
            return _is_marked(connection)
    except (sqlite.Error, PracticeFault):
        return False


def is_open_to(base: Path, claim: Callable[[], Claim]) -> bool:
    """Whether the practice's list, if it has one, knows this person; False where that cannot be read at once."""
    try:
        with closing(_open(base)) as connection:
            found = connection.execute("SELECT name, role, account, ssh_key, active FROM operator").fetchall()
    except (sqlite.Error, PracticeFault):
        return False
    if not found:
        return True
    from models.domain.operators import Operator, Role, recognise

    listed = [Operator(name, Role(role), account, key, bool(active)) for name, role, account, key, active in found]
    return isinstance(recognise(claim(), listed), str)


def _open(base: Path) -> Any:
    connection, key = connect(str(base), keys_of(locate(str(base), base.parent)), timeout=_PATIENCE)
    if key is None and can_write(base):
        connection.close()
        raise PracticeFault("It is encrypted first, with a word on how far that is.")
    connection.execute("PRAGMA query_only = 1")
    return connection


def _is_marked(connection: Any) -> bool:
    marks = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    return marks == [APPLICATION_ID, SCHEMA_VERSION]
