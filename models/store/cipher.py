"""A connection to a SQLite file, encrypted or plain: the cipher's key is said before anything is read.

SQLCipher with a raw key of 256 bits: nothing is derived from a password, so that opening costs 0.2 ms. A file of
before, that begins as SQLite's own do, is read as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlcipher3 import dbapi2 as sqlite

from models.store.in_place import identity
from models.store.read_only import sqlite_address
from models.store.stored_text import stored_text

if TYPE_CHECKING:
    from models.store.keyring import Keyring

    KeyPlace = Path | Keyring
    """Where keys are held: a file, or the desktop's keyring."""

PLAIN: Final = b"SQLite format 3\0"
"""How a file begins that is not encrypted."""

_TIMES: Final = 5
"""How often a file that is replaced while it is opened is opened again."""


class HeldKey(NamedTuple):
    """A key, and where it was found; the secret is shown nowhere."""

    secret: str
    """64 hexadecimal digits."""
    since: str
    """The day on which it was made (ISO); '' where that is not written."""
    place: KeyPlace

    def __repr__(self) -> str:
        return f"HeldKey({self.place})"


Keys = Callable[[], Iterable[HeldKey]]
"""What gives the keys that may open a base, each only once those before it did not."""


def no_keys() -> Iterable[HeldKey]:
    """Of what is plain."""
    return ()


class Connected(NamedTuple):
    """A connection, and the key that it was opened with; None: the file is plain, or in memory."""

    connection: Any
    key: HeldKey | None


def is_plain(base: Path) -> bool:
    """Whether there is a base that is not encrypted."""
    try:
        with base.open("rb") as file:
            return file.read(len(PLAIN)) == PLAIN
    except OSError:  # whoever opens it will say why
        return False


def connect(
    path: str, keys: Iterable[HeldKey] = (), *, read_only: bool = False, timeout: float = 1.0, alone: bool = False
) -> Connected:
    """Open a file that is there.

    Args:
        path: of the file, or « :memory: ».
        keys: what may open it, asked for one after the other; none is where the file is plain.
        read_only: as `sqlite_address` has it.
        timeout: how long another's lock is waited for, in seconds.
        alone: hold it against everybody else, from the first read to the end.

    Raises:
        sqlite.Error: it cannot be opened, or no key fits.
        PracticeFault: what gives the keys says so.
    """
    address = sqlite_address(path, read_only=read_only)
    for _ in range(_TIMES):
        before = identity(path)
        found = _with_key_that_fits(path, address, keys, timeout, alone)
        if identity(path) == before:  # else it took another's place while its lock was waited for
            return found
        found.connection.close()
    raise sqlite.OperationalError("database is locked")


def _with_key_that_fits(path: str, address: str, keys: Iterable[HeldKey], timeout: float, alone: bool) -> Connected:
    plain = identity(path) is None or is_plain(Path(path))
    for key in () if plain else keys:
        try:
            return Connected(_opened(address, key, timeout, alone), key)
        except sqlite.DatabaseError as error:
            if "not a database" not in str(error):
                raise
    return Connected(_opened(address, None, timeout, alone), None)


def _opened(address: str, key: HeldKey | None, timeout: float, alone: bool) -> Any:
    """The connection, once its first page was read: from now on its log is there."""
    connection = sqlite.connect(address, timeout=timeout, isolation_level=None, uri=True)
    connection.text_factory = stored_text
    try:
        connection.execute("PRAGMA cipher_log_level = NONE").fetchone()  # else it complains on the terminal
        if key is not None:
            connection.execute(f"PRAGMA key = \"x'{key.secret}'\"").fetchone()
        if alone:  # before the first read: with a shared log, nobody else may have it open
            connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
        connection.execute("PRAGMA user_version").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection
