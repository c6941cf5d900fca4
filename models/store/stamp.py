"""What a practice's database is called and how it is marked: read before anything else is loaded."""

from __future__ import annotations

from typing import Final

DATABASE: Final = "cabinet.db"
"""The practice of an account that names no other."""

DEMO_DATABASE: Final = "demonstration.db"
"""The demonstration of an account."""

APPLICATION_ID: Final = 0x41434355
"""« ACCU »: what tells an Accueil database from any other SQLite file."""

SCHEMA_VERSION: Final = 3
"""The number of migrations in `models/store/migrations`: a practice that says more is newer than this program."""
