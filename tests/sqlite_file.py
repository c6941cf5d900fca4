"""A practice's file as another program would open it: SQLCipher's own connection, with the practice's key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as sqlite

from models.store.cipher import is_plain
from models.store.cipher_keys import keys_in
from tests import on_server


def raw(base: str | Path, isolation_level: str | None = "", *, key_of: str | Path | None = None) -> Any:
    """A bare connection to this file, with the guards that are its own.

    Args:
        base: of a practice, whose key lies beside it, or a copy of one; encrypted or plain.
        isolation_level: as the driver has it.
        key_of: the practice that it is a copy of.
    """
    if on_server.EVERYWHERE and not Path(base).is_file():
        pytest.skip("written into the file behind the program")
    connection = sqlite.connect(str(base), isolation_level=isolation_level)
    if not is_plain(Path(base)):
        (key, *_) = keys_in(Path(key_of or base).with_suffix(".chiffrement"))
        connection.execute(f"PRAGMA key = \"x'{key.secret}'\"")
    return connection


def make_plain(base: str | Path) -> None:
    """Let a closed base be what it was before bases were encrypted."""
    path, draft = Path(base), Path(f"{base}-plain")
    connection = raw(path, None)
    marks = [(name, connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("application_id", "user_version")]
    connection.execute("ATTACH ? AS made KEY ''", (str(draft),))
    connection.execute("SELECT sqlcipher_export('made')").fetchone()
    for name, value in marks:
        connection.execute(f"PRAGMA made.{name} = {value}")
    connection.execute("DETACH made")
    connection.close()
    draft.replace(path)
    connection = raw(path, None)
    connection.execute("PRAGMA journal_mode = wal")
    connection.close()
    path.chmod(0o600)
