"""On a server: names by one or two of their letters too, which its extension cannot find; a frozen copy."""

from __future__ import annotations

from typing import Any

from peewee import SqliteDatabase

LETTERS = """CREATE OR REPLACE FUNCTION accueil_letters(text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT regexp_split_to_array($1, '') || ARRAY(SELECT substr($1, at, 2) FROM generate_series(1, length($1) - 1) at)
$$"""
"""Each letter of a text, and each two that stand side by side."""

INDEX = "CREATE INDEX invoice_search_letters ON invoice USING gin (accueil_letters(search))"


def up(migrator: Any, db: Any) -> None:
    """Make the index; a SQLite file reads them from its index of names."""
    if not isinstance(db, SqliteDatabase):
        db.execute_sql(LETTERS)
        db.execute_sql(INDEX)
