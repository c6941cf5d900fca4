"""One base put in the place of another: at any moment there is a whole one there, and the one of before is kept aside.

The order: the base in place gets a second name aside; the anchor says which base comes; then the new one takes the
name. A kill before that leaves the old base with its anchor, one after it the new base that the anchor knows already.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlcipher3 import dbapi2 as sqlite

from models.domain.anchor import NOWHERE, Mark
from models.domain.faults import PracticeFault
from models.domain.place import Practice
from models.store.anchor_file import Anchor
from models.store.cipher import connect
from models.store.cipher_keys import keys_of
from models.store.traces import Traces, seal_in
from models.store.whole_file import make_folder, rewrite_whole, settle_file, settle_folder

_BESIDE: Final = ("-wal", "-shm", "-journal")


def swap(practice: Practice, fresh: Path, coming: Mark, traces: Traces, anchor: Anchor, at: datetime) -> Path | None:
    """Put the base `fresh` in the practice's place; the folder where the one of before is kept, None if there was none.

    Args:
        practice: where; no base of it is open in this process.
        fresh: a whole base, closed, on the same disk.
        coming: how far it has come.
        traces: what the practice left.
        anchor: the practice's.
        at: when.

    Raises:
        PracticeFault: another desk has the practice open.
        OSError: the disk refused.
    """
    base = Path(practice.location)
    _refuse_with_log(fresh)
    with _alone(practice, traces.last_entry) as whole:
        kept = _keep_aside(practice, at, whole=whole)
        anchor.replace(_where_it_stands(practice, traces), coming)
        fresh.replace(base)
        settle_folder(base.parent)
    with suppress(OSError, PracticeFault):
        anchor.keep(coming)
    return kept


def _refuse_with_log(fresh: Path) -> None:
    """Go on only if a base is whole in its file: a disk that failed as it was closed leaves a part of it in its log.

    Raises:
        OSError: a part is.
    """
    log = fresh.with_name(f"{fresh.name}-wal")
    if log.exists() and log.stat().st_size:
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(log))


@contextmanager
def _alone(practice: Practice, last_entry: int | None) -> Iterator[bool]:
    """Hold the base in place against every desk; whether it is one that could be held: a damaged one cannot be.

    Raises:
        PracticeFault: another desk has it open, or changed it since it was read (`last_entry`).
    """
    base = Path(practice.location)
    if not base.is_file() or not base.stat().st_size:
        yield False
        return
    try:
        connection, _ = connect(practice.location, keys_of(practice), alone=True)
    except (sqlite.DatabaseError, PracticeFault) as error:
        if "locked" in str(error):
            raise _other_desk(base) from error
        yield False
        return
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if (log := base.with_name(f"{base.name}-wal")).exists():
                settle_file(log)  # else a power cut may give it back its content, beside the new base
            found = connection.execute("SELECT max(id) FROM journal_entry").fetchone()[0] or 0
            whole = True
        except sqlite.OperationalError as error:
            if "locked" in str(error) or "busy" in str(error):
                raise _other_desk(base) from error
            whole = False
        except sqlite.Error:
            whole = False
        if whole and last_entry is not None and found != last_entry:
            raise PracticeFault("Un autre poste a changé le cabinet entre-temps : rien n’a été fait, recommencez.")
        yield whole
    finally:
        connection.close()


def _other_desk(base: Path) -> PracticeFault:
    return PracticeFault(f"Un autre poste a ouvert « {base} » : quittez Accueil sur tous les postes, puis recommencez.")


def _keep_aside(practice: Practice, at: datetime, *, whole: bool) -> Path | None:
    """Give the base in place a second name, and what belongs to it; None where there is none."""
    base = Path(practice.location)
    if not base.exists():
        for suffix in _BESIDE:  # of a base that is gone: a new one must not read it as its own
            _aside_of(practice, at, base.with_name(base.name + suffix))
        return None
    folder = _folder(practice, at)
    if practice.anchor_file.exists():
        rewrite_whole(folder / practice.anchor_file.name, practice.anchor_file.read_bytes())
    if not whole:
        for suffix in _BESIDE:
            _aside_of(practice, at, base.with_name(base.name + suffix))
    try:
        os.link(base, folder / base.name)
    except FileExistsError:
        pass  # of a restoring that was cut
    except OSError:  # a disk without second names: for a moment there is none in place, which is refused
        base.replace(folder / base.name)
    settle_folder(folder)
    return folder


def _aside_of(practice: Practice, at: datetime, file: Path) -> None:
    if file.exists():
        file.replace(_folder(practice, at) / file.name)


def _folder(practice: Practice, at: datetime) -> Path:
    folder = practice.backups / f"{practice.stem}-ecartee-{at.astimezone():%Y-%m-%d-%H%M%S}"
    make_folder(folder)
    return folder


def _where_it_stands(practice: Practice, traces: Traces) -> Mark:
    """What the anchor goes on saying of the base in place, should the new one not get there."""
    if traces.anchored is None:
        return NOWHERE
    coming = traces.anchored.coming
    if coming is not None and seal_in(practice, coming.entry) == coming.seal:
        return coming
    return traces.anchored.done
