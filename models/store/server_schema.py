"""What the schema of a practice on a server is made of, and what it should be: as that same server makes it anew."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from models.store.schema import migrate
from models.store.server import Postgres


class Part(NamedTuple):
    """One thing of a schema, by its name."""

    kind: str
    """« colonne », « index », « déclencheur »…"""
    table: str
    """Of which table; empty where it is of none."""
    name: str

    def __str__(self) -> str:
        """What it is called in a sentence."""
        where = f" de la table {self.table}" if self.table and self.kind != "table" else ""
        return f"{self.kind} « {self.name} »{where}"


Parts = dict[Part, str]
"""The parts of a schema, each with all that it says of itself."""

_TABLES: Final = (
    "SELECT 'table', c.relname, c.relname, concat_ws(' ', c.relkind, c.relpersistence, c.relrowsecurity)"
    " FROM pg_class c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relnamespace = {schema}"
    " AND NOT {of_extension}"
)
_COLUMNS: Final = (
    "SELECT 'colonne', c.relname, a.attname, concat_ws(' ', format_type(a.atttypid, a.atttypmod),"
    " CASE WHEN a.attnotnull THEN 'NOT NULL' END, a.attidentity, a.attgenerated,"
    " pg_get_expr(d.adbin, d.adrelid), nullif(a.attcollation, t.typcollation))"
    " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid"
    " LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum"
    " WHERE c.relkind IN ('r', 'p') AND c.relnamespace = {schema} AND a.attnum > 0 AND NOT a.attisdropped"
)
_INDEXES: Final = (
    "SELECT 'index', t.relname, c.relname, concat_ws(' ', pg_get_indexdef(c.oid), i.indisvalid)"
    " FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid"
    " WHERE t.relkind IN ('r', 'p') AND t.relnamespace = {schema}"
)
_CONSTRAINTS: Final = (
    "SELECT 'contrainte', t.relname, k.conname, concat_ws(' ', pg_get_constraintdef(k.oid), k.convalidated,"
    " (SELECT string_agg(g.tgenabled::text, '' ORDER BY g.tgtype) FROM pg_trigger g WHERE g.tgconstraint = k.oid))"
    " FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid WHERE t.relnamespace = {schema} AND k.contype <> 'n'"
)
_TRIGGERS: Final = (
    "SELECT 'déclencheur', t.relname, g.tgname, concat_ws(' ', pg_get_triggerdef(g.oid), g.tgenabled)"
    " FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid WHERE t.relnamespace = {schema} AND NOT g.tgisinternal"
)
_FUNCTIONS: Final = (
    "SELECT 'fonction', '', c.proname || '(' || pg_get_function_identity_arguments(c.oid) || ')',"
    " pg_get_functiondef(c.oid) FROM pg_proc c"
    " WHERE c.pronamespace = {schema} AND c.prokind IN ('f', 'p') AND NOT {of_extension}"
)
_RULES: Final = (
    "SELECT 'règle', t.relname, r.rulename, concat_ws(' ', pg_get_ruledef(r.oid), r.ev_enabled)"
    " FROM pg_rewrite r JOIN pg_class t ON t.oid = r.ev_class"
    " WHERE t.relnamespace = {schema} AND r.rulename <> '_RETURN'"
    " UNION ALL SELECT 'règle', t.relname, p.polname, concat_ws(' ', p.polcmd, p.polpermissive,"
    " pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))"
    " FROM pg_policy p JOIN pg_class t ON t.oid = p.polrelid WHERE t.relnamespace = {schema}"
)
_PARTS: Final = " UNION ALL ".join((_TABLES, _COLUMNS, _INDEXES, _CONSTRAINTS, _TRIGGERS, _FUNCTIONS, _RULES)).format(
    schema="current_schema()::regnamespace",
    of_extension="EXISTS (SELECT 1 FROM pg_depend e WHERE e.objid = c.oid AND e.deptype = 'e')",
)

_BY_EXTENSION: Final = Part("index", "invoice", "invoice_search_names")
"""The one part that a server has only where its extension pg_trgm is (migration 0021)."""


def may_make_schema(database: Postgres) -> bool:
    """Whether this account can make a schema anew, to compare with."""
    asked = "SELECT has_database_privilege(current_database(), 'CREATE')"
    return bool(_ask(database, asked)[0][0])


def present_parts(database: Postgres) -> Parts:
    """What the schema of the open practice is made of."""
    parts: Parts = {}
    ((schema,),) = _ask(database, "SELECT quote_ident(current_schema())")
    for kind, table, name, says in _ask(database, _PARTS):
        parts[Part(kind, table, name)] = says.replace(f"{schema}.", "")
    return parts


def expected_parts(database: Postgres) -> Parts:
    """What a practice that was just made on that server is made of; nothing of it stays there.

    In a connection of its own: the practice's own is reading at one moment, and writes nothing.

    Args:
        database: the practice's.
    """
    beside: Any = Postgres(database.database, **_settings(database))
    with beside.connection_context(), _undone(beside):
        had_extension = _ask(beside, "SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        schema = f"accueil_{secrets.token_hex(6)}"
        beside.execute_sql(f"CREATE SCHEMA {schema}")
        beside.execute_sql(f"SELECT set_config('search_path', '{schema}, ' || current_setting('search_path'), true)")
        migrate(beside, schema=schema)
        parts = present_parts(beside)
        if not had_extension:
            parts.pop(_BY_EXTENSION, None)
        return parts


def _settings(database: Postgres) -> dict[str, Any]:
    known: Any = database
    settings: dict[str, Any] = known.connect_params
    return settings


def _ask(database: Postgres, sql: str) -> list[tuple[Any, ...]]:
    connection: Any = database
    return list(connection.execute_sql(sql).fetchall())


@contextmanager
def _undone(database: Any) -> Iterator[None]:
    """A transaction of which nothing is kept."""
    with database.atomic() as whole:
        yield
        whole.rollback()
