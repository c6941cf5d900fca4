"""Every table that there is, whichever module declares it."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import models.tables
from models.store.database import Table


def every_table() -> list[type[Table]]:
    """The tables, by name."""
    for module in pkgutil.iter_modules(models.tables.__path__):
        import_module(f"models.tables.{module.name}")
    return sorted(Table.__subclasses__(), key=lambda table: str(table._meta.table_name))
