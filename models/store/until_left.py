"""A reading that stops once the program is left: the end does not wait for what nobody will see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from models.domain.patience import GivenUp
from models.store.database import db, is_sqlite
from models.store.long_statement import looked_at


@contextmanager
def stops_when(left: Callable[[], bool]) -> Iterator[None]:
    """What is read in this thread's open connection goes on only until then; a server is not asked to stop.

    Args:
        left: asked again and again from this thread.

    Raises:
        GivenUp: it stopped.
    """

    def look() -> None:
        if left():
            raise GivenUp

    if not is_sqlite():
        yield
        return
    with looked_at(db.connection(), look):
        yield
