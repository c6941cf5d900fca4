"""One connection for one piece of work in a thread: a thread that kept its own would hold the file open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from models.store.database import db

Result = TypeVar("Result")


def in_own_connection(work: Callable[[], Result]) -> Result:
    """Do this work with a connection of this thread's own, closed at its end."""
    with db.connection_context():
        return work()
