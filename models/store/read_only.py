"""A practice that can only be looked at: its file or its folder may not be written, as on a read-only disk."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote


def can_write(path: Path) -> bool:
    """Whether a database there can be worked on: its file, and its folder, where SQLite keeps its log."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def sqlite_address(path: str, *, read_only: bool) -> str:
    """How SQLite opens a file that is there already: never made anew, empty, where it is away for a moment.

    Where nobody can write and nobody has left a log, nothing is looked for beside it: that could not be made.
    """
    if path == ":memory:":
        return path
    log = Path(f"{path}-wal")
    lonely = read_only and not (log.exists() and log.stat().st_size)
    how = f"mode={'ro' if read_only else 'rw'}{'&immutable=1' if lonely else ''}"
    return f"file:{quote(os.fsencode(path))}?{how}"
