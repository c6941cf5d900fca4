"""A practice on a PostgreSQL server: its settings, and a connection that is made anew where the server was away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from peewee import InterfaceError, OperationalError, PostgresqlDatabase

from models.store.anchor_file import Anchor

LOCK_SECONDS = 5
"""How long a writer waits for another desk before it gives up."""

_CLIENT: Final[dict[str, Any]] = {
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 8000,
    "prepare_threshold": 1,
}
"""A server that no longer answers is missed within seconds: whoever is at the desk is told. What is asked a second time
is prepared."""


class ServerLost(OperationalError):
    """The connection was lost in the middle of something: what was under way is not done."""


class Postgres(PostgresqlDatabase):
    """A practice on a server.

    A connection that the server closed is opened again by whoever asks next, once and in silence; not inside a
    transaction, nor where a lease hangs on the session: what was begun there is lost with it.
    """

    journal_key: bytes = b""
    """What the open practice's journal is chained with."""
    settings_file: Path | None = None
    """The open practice's configuration."""
    anchor: Anchor | None = None
    """What says how far this account had seen the practice come; None without its key, which signs it."""
    has_names_index: bool = False
    """Whether names are looked for through an index: the server's extension may be missing."""
    _bound = 0

    def _execute_cursor(self, sql: str, params: Any, **options: Any) -> Any:
        base: Any = super()
        return self._once_more(lambda: base._execute_cursor(sql, params, **options))

    def begin(self, isolation_level: str | None = None) -> None:
        """Begin a transaction."""
        base: Any = super()
        self._once_more(lambda: base.begin(isolation_level))

    def _once_more(self, ask: Callable[[], Any]) -> Any:
        own: Any = self
        try:
            return ask()
        except (OperationalError, InterfaceError) as error:
            if self.is_closed() or not own.connection().closed:
                raise
            if self._bound or self.in_transaction():
                raise ServerLost from error
            self.close()
        return ask()

    @contextmanager
    def connection_context(self) -> Iterator[None]:  # type: ignore[override]  # of its class, only `with` is asked
        """Connected for as long as this holds, whichever connection it is by then: peewee's own ends with its first."""
        begins = self.is_closed()
        if begins:
            self.connect()
        try:
            yield
        finally:
            if begins:
                self.close()

    @contextmanager
    def bound_to_session(self) -> Iterator[None]:
        """While this holds, no lost connection is replaced: what hangs on the session would be gone unseen."""
        self._bound += 1
        try:
            yield
        finally:
            self._bound -= 1


def postgres_database(url: str) -> Postgres:
    """A connection setting for a PostgreSQL practice; connecting needs the `postgres` extra.

    Raises:
        ValueError: the address is not one.
    """
    from playhouse.db_url import parse

    waits = f"-c lock_timeout={LOCK_SECONDS}s -c statement_timeout=15s -c idle_in_transaction_session_timeout=30s"
    # A machine that was switched off is missed after a minute: what its sessions held is then free.
    missed = "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3"
    # A page of a list is planned in six milliseconds and read in one: one plan serves for all values, for all of ours
    # read what an index gives them; to compile a query, or to start others for it, costs more than to run it.
    planned = "-c jit=off -c max_parallel_workers_per_gather=0 -c plan_cache_mode=force_generic_plan"
    named: dict[str, Any] = parse(url)
    if not named.get("database"):
        raise ValueError(url)
    return Postgres(**{**_CLIENT, **named}, options=f"{waits} {missed} {planned}")
