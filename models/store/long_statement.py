"""A statement that takes long on SQLite: it is looked at again and again, and given up in the middle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from models.domain.patience import Step

_OFTEN: Final = 10_000
"""Steps of SQLite between two looks: less than a millisecond."""


@contextmanager
def looked_at(connection: Any, look: Callable[[], None]) -> Iterator[None]:
    """In this block, what runs in this connection calls `look` again and again; what that raises ends it.

    Args:
        connection: SQLite's, of this thread.
        look: tells how far it is, or raises.
    """
    raised: list[BaseException] = []

    def ask() -> bool:
        try:
            look()
        except BaseException as error:  # noqa: BLE001 - SQLite would swallow it; it is raised again below
            raised.append(error)
        return bool(raised)

    connection.set_progress_handler(ask, _OFTEN)
    try:
        yield
    except Exception as error:  # whatever a query makes of an interruption
        if raised:
            raise raised[0] from error
        raise
    finally:
        connection.set_progress_handler(None, 0)


def copy_whole(connection: Any, copy: Path, progress: Step | None = None) -> None:
    """Copy the open base into a new file, in one piece, while desks work; nothing is left of one that was given up.

    Args:
        connection: SQLite's, of this thread.
        copy: where to.
        progress: called with (megabytes written, in all).
    """
    (pages,), (size,) = (connection.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size"))
    total = (int(pages) * int(size) >> 20) + 1

    def look() -> None:
        if progress is not None:
            progress(min(copy.stat().st_size >> 20 if copy.exists() else 0, total - 1), total)

    try:
        with looked_at(connection, look):
            connection.execute("VACUUM INTO ?", (str(copy),))
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
