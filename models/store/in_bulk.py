"""Much at once: pages are kept that are met again and again, and nothing is looked through for cycles meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

from models.store.database import wide_cache
from models.store.faults import spoken

MUCH: Final = 128 * 1024
"""Bytes of a file from which on it pays: some hundred invoices or answers."""


@contextmanager
def in_bulk(*, much: bool = True) -> Iterator[None]:
    """Take in, or change, much: what is held meanwhile is values, which no collector would free.

    Raises:
        PracticeFault: the database is out of reach.
    """
    if not much:
        yield
        return
    collects = gc.isenabled()
    with ExitStack() as kept:
        with spoken():
            kept.enter_context(wide_cache())
        gc.disable()
        try:
            yield
        finally:
            if collects:
                gc.enable()
