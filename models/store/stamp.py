"""How a practice's database is marked: read before anything else is loaded."""

from __future__ import annotations

from typing import Final

APPLICATION_ID: Final = 0x41434355
"""« ACCU »: what tells an Accueil database from any other SQLite file."""

SCHEMA_VERSION: Final = 32
"""The highest number in `models/store/migrations`: a practice that says more is newer than this program."""

ANCHORED: Final = 16
"""Since this version a practice has an anchor beside it; one of before gets it when it is opened."""
