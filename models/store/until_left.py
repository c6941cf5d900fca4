"""A reading that stops once the program is left: the end does not wait for what nobody will see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from models.domain.patience import GivenUp
from models.store.database import db, is_sqlite

_OFTEN: Final = 10_000
"""Steps of SQLite between two questions: less than a millisecond."""


@contextmanager
def stops_when(left: Callable[[], bool]) -> Iterator[None]:
    """What is read in this thread's open connection goes on only until then; a server is not asked to stop.

    Args:
        left: asked again and again from this thread.

    Raises:
        GivenUp: it stopped.
    """
    connection: Any = db.connection() if is_sqlite() else None
    if connection is not None:
        connection.set_progress_handler(left, _OFTEN)
    try:
        yield
    except Exception as error:  # whatever a query makes of an interruption
        if left():
            raise GivenUp from error
        raise
    finally:
        if connection is not None:
            connection.set_progress_handler(None, 0)
