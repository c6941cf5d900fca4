"""A base written anew under another key: one of before that is plain, or one whose key is changed.

It is copied beside itself, each row of the copy is compared with its own, and then one rename puts the copy in its
place: a kill at any moment leaves the one or the other, whole, and its key was lasting before. Nobody else has it open
meanwhile. Of the base of before nothing is left: had a plain copy been kept, the encryption would protect nothing.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2 as sqlite

from models.domain.disk import disk_reason
from models.domain.faults import PracticeFault
from models.domain.patience import Step
from models.domain.place import Practice
from models.store.cipher import HeldKey, connect, is_plain
from models.store.cipher_keys import key_for, keys_of
from models.store.long_statement import looked_at
from models.store.sqlite_file import wal_is_safe
from models.store.whole_file import settle_file, settle_folder, sweep_drafts

ROOM: Final = 16 << 20
"""Bytes that are to be free beside those of the copy."""

_CACHE: Final = 32 << 10
"""KiB of the copy that are held in memory while it is written: its indexes are built as the rows come."""

_MARKS: Final = ("application_id", "user_version")


class InUse(PracticeFault):
    """Another desk has the base open: it cannot be written anew now."""


def encrypt_plain(practice: Practice, progress: Step | None = None) -> str:
    """Encrypt the base of a practice, if it is plain; one sentence to tell, '' where there is nothing to.

    Where that cannot be done now the base stays as it is, and the next opening tries again.

    Args:
        practice: not open in this process; whoever else opens it waits.
        progress: called with (megabytes written, then compared, in all).

    Raises:
        GivenUp: raised by `progress`; the base is as it was.
    """
    base = Path(practice.location)
    if not is_plain(base):
        return ""  # another desk was faster
    try:
        key = _key_beside_its_like(practice)
        rewrite(practice, key, progress)
    except InUse:
        return ""  # as long as it is left open; `verifier` tells
    except PracticeFault as fault:
        return f"La base n’est pas encore chiffrée : {_begun_small(str(fault))}."
    except (sqlite.Error, OSError) as error:
        why = disk_reason(error).of_file if isinstance(error, OSError) else "elle ne se lit pas en entier"
        return f"La base n’est pas encore chiffrée : {why}."
    return (
        f"La base « {base} » était en clair : elle est maintenant chiffrée, et comparée ligne à ligne à celle d’avant, "
        f"qui n’est plus là. Sa clé est « {key.place} » : sans elle rien ne l’ouvre, gardez-en une copie ailleurs."
    )


def _key_beside_its_like(practice: Practice) -> HeldKey:
    """The key to encrypt with; a new one is read by the same group as the journal's."""
    was = practice.cipher_file.exists()
    key = key_for(practice)
    if key.place == practice.cipher_file and not was:
        like = practice.key_file.stat()
        if like.st_mode & stat.S_IRGRP:
            os.chown(practice.cipher_file, -1, like.st_gid)
            practice.cipher_file.chmod(0o640)
    return key


def _begun_small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def rewrite(practice: Practice, key: HeldKey, progress: Step | None = None) -> None:
    """Write the practice's base anew under this key, and put it in its place.

    Args:
        practice: not open in this process.
        key: lasting already, where `keys_of` finds it.
        progress: called with (megabytes written, then compared, in all).

    Raises:
        GivenUp: raised by `progress`; the base is as it was.
        InUse: another desk has it open.
        PracticeFault: the disk has no room for it, or the copy is not the same; the base is as it was.
        sqlite.Error: it is damaged, or the disk refused; the base is as it was.
        OSError: the disk refused; the base is as it was, or written anew.
    """
    base = Path(practice.location)
    draft = practice.folder / f".{practice.stem}-chiffrement.en-cours"
    try:
        with _held(practice) as connection:
            with _journal_given_back(connection):
                _check_room(base)
                _make_draft(draft, base)
                _copy(connection, draft, key, progress)
                _settle(draft, key)
            base.with_name(f"{base.name}-journal").unlink(missing_ok=True)  # held, and emptied
            settle_folder(base.parent)  # else a power cut may give back the log of before, beside the new base
            draft.replace(base)
            settle_folder(base.parent)
    finally:
        _sweep(draft)
        if isinstance(key.place, Path):
            with suppress(OSError):
                sweep_drafts(key.place)  # one that was cut as the key was made holds it too


@contextmanager
def _held(practice: Practice) -> Iterator[Any]:
    """The base in place, against every other desk."""
    try:
        connection, _ = connect(practice.location, keys_of(practice), timeout=0.0, alone=True)
    except sqlite.OperationalError as error:
        raise _in_use(error) from error
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        except sqlite.OperationalError as error:
            raise _in_use(error) from error
        yield connection
    finally:
        connection.close()


@contextmanager
def _journal_given_back(connection: Any) -> Iterator[None]:
    """Inside, nothing lies beside the base that a new one could take for its own; the log is back where it fails.

    A journal that is cut short is neither read nor taken away later, under the name of the new base: in this mode it
    stays as it is at the end, and holds nothing.
    """
    (journal,) = connection.execute("PRAGMA journal_mode").fetchone()
    connection.execute("PRAGMA journal_mode = TRUNCATE").fetchone()
    try:
        yield
    except BaseException:
        with suppress(sqlite.Error):
            connection.execute(f"PRAGMA journal_mode = {journal}").fetchone()
        raise


def _in_use(error: Exception) -> Exception:
    """What it means; another desk's lock, or whatever else it is."""
    if "locked" in str(error) or "busy" in str(error):
        return InUse("Un autre poste a ouvert la base : quittez Accueil sur tous les postes, puis recommencez.")
    return error


def _check_room(base: Path) -> None:
    size, disk = base.stat().st_size, os.statvfs(base.parent)
    wanted = size + size // 20 + ROOM
    if disk.f_bavail * disk.f_frsize < wanted:
        raise PracticeFault(
            f"Il faut {wanted >> 20} Mo libres sur le disque de « {base} » pour la chiffrer : libérez de la place."
        )


def _make_draft(draft: Path, base: Path) -> None:
    """An empty file with the rights of the base: who could open it still can."""
    _sweep(draft)
    facts = base.stat()
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_WRONLY | os.O_CLOEXEC, 0o600))
    made = draft.stat()
    if (made.st_uid, made.st_gid) != (facts.st_uid, facts.st_gid):
        os.chown(draft, facts.st_uid, facts.st_gid)
    draft.chmod(stat.S_IMODE(facts.st_mode))


def _sweep(draft: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        draft.with_name(draft.name + suffix).unlink(missing_ok=True)


def _copy(connection: Any, draft: Path, key: HeldKey, progress: Step | None) -> None:
    """Every table, index, trigger and row into the draft.

    Raises:
        PracticeFault: the copy is not the same.
    """
    marks = [(name, connection.execute(f"PRAGMA main.{name}").fetchone()[0]) for name in _MARKS]
    connection.execute("ATTACH ? AS made KEY ?", (str(draft), f"x'{key.secret}'"))
    size = (connection.execute("PRAGMA main.page_count").fetchone()[0] * 4096) >> 20

    def tell() -> None:
        if progress is not None:
            progress(min(draft.stat().st_size >> 20, size), 2 * size + 1)

    def tell_compared(share: float) -> None:
        if progress is not None:
            progress(size + int(size * share), 2 * size + 1)

    try:
        connection.execute(f"PRAGMA made.cache_size = -{_CACHE}")
        for setting in ("journal_mode = OFF", "synchronous = OFF"):  # what is cut is begun again
            connection.execute(f"PRAGMA made.{setting}").fetchone()
        with looked_at(connection, tell):
            connection.execute("SELECT sqlcipher_export('made')").fetchone()
        for name, value in marks:
            connection.execute(f"PRAGMA made.{name} = {value}")
        if not _is_same(connection, tell_compared):
            raise PracticeFault("La copie chiffrée de la base n’est pas fidèle : la base reste comme elle est.")
    finally:
        connection.execute("DETACH made")


_SAID: Final = "SELECT type, name, tbl_name, sql FROM {}.sqlite_master ORDER BY type, name"


def _is_same(connection: Any, tell: Callable[[float], None]) -> bool:
    """Whether both say the same of their tables, and hold the same rows under the same numbers.

    Args:
        connection: with both.
        tell: called with the share of the tables that was compared.
    """
    was, made = (connection.execute(_SAID.format(name)).fetchall() for name in ("main", "made"))
    if was != made:
        return False
    tables = connection.execute(
        "SELECT name, sql FROM main.sqlite_master WHERE type = 'table' AND rootpage > 0"
    ).fetchall()
    for done, (name, sql) in enumerate(tables):
        with looked_at(connection, partial(tell, done / len(tables))):
            if not _holds_the_same(connection, name, sql):
                return False
    return True


def _holds_the_same(connection: Any, table: str, sql: str) -> bool:
    columns = connection.execute(f'PRAGMA main.table_info("{table}")').fetchall()
    same = " AND ".join(f'a."{column[1]}" IS b."{column[1]}"' for column in columns)
    keyed = [column[1] for column in columns if column[5]] if "WITHOUT ROWID" in sql.upper() else ["rowid"]
    on = " AND ".join(f'a."{name}" = b."{name}"' for name in keyed)
    counted = (
        f'SELECT (SELECT count(*) FROM main."{table}"), (SELECT count(*) FROM made."{table}"),'  # noqa: S608
        f' (SELECT count(*) FROM main."{table}" a JOIN made."{table}" b ON {on} WHERE {same})'
    )
    return len(set(connection.execute(counted).fetchone())) == 1


def _settle(draft: Path, key: HeldKey) -> None:
    """Let it be what desks open, read from the disk by its key, and lasting."""
    connection, opened_with = connect(str(draft), [key])
    if wal_is_safe():
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
    connection.close()
    if opened_with is None:
        raise PracticeFault("La copie de la base n’est pas chiffrée : la base reste comme elle est.")
    settle_file(draft)
