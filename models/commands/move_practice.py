"""Déménager: the whole practice into another database, a file or a server, and back; the old one kept, and marked.

Nothing is ever half done. No desk writes here while the rows are copied; the copy is not a practice before its digests
are those of this one and this one is marked as moved, in the transaction under which they were read. Whatever
cuts it, the same command begins again, or ends what was left to do. The entry in the journal comes first, by itself:
the anchor is told of it as of any other, and the copy brings it along.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

from peewee import OperationalError

from models.commands.change import open_change
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.faults import PracticeFault, Remedy
from models.domain.patience import Step
from models.domain.place import Practice, exists
from models.practice import close_practice
from models.reference.rejections import PRACTICE_FILE
from models.store import moved, moving
from models.store.cipher_keys import key_for, keys_of
from models.store.database import PracticeDatabase, db, transaction
from models.store.faults import spoken
from models.store.file_faults import spoken_files
from models.store.schema import migrate
from models.store.server import postgres_database
from models.store.sqlite_file import Sqlite, sqlite_database, wal_is_safe
from models.store.stamp import APPLICATION_ID
from models.store.whole_file import make_folder, rewrite_whole, write_whole

_PASSES: Final = 3
"""How often each row goes by: read and written, then read on either side for its digest."""


@dataclass(frozen=True, slots=True)
class Moved:
    """It lives there now."""

    rows: int
    tables: int


def address(practice: Practice) -> str:
    """Where a practice is, as it is said and noted: without the password of its address."""
    if not practice.on_server:
        return practice.location
    parts = urlsplit(practice.location)
    user, at, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{user.partition(':')[0]}{at}{host}"))


def is_on_its_way(here: Practice, there: Practice) -> bool:
    """Whether the practice has left here for there already: a move that was cut at its very end.

    Raises:
        PracticeFault: the database that is here refused.
    """
    if not exists(here):
        return False
    with _opened(here) as source:
        mark = moved.read_mark(source)
    return mark is not None and mark.moved and mark.place == address(there)


def move_practice(here: Practice, there: Practice, author: Author, progress: Step | None = None) -> Moved:
    """Move the open practice, and close it.

    Args:
        here: the one that is open.
        there: a file that is not there yet, or a database of a server that is empty.
        author: who decides.
        progress: called with (rows that went by, in all).

    Raises:
        PracticeFault: there is something there already, or a database or the disk refused; the practice lives here as
            before, or has left and `end_move` lets it arrive, never in both.
    """
    if address(here) == address(there):
        raise PracticeFault("Ce cabinet est déjà à cette adresse.")
    day = author.day.isoformat()
    with open_change(author, Action.MOVE) as change:
        change.record("practice", {"from": address(here), "to": address(there)})
    with spoken(), _emptied(there, here, day) as target, transaction():
        _carry_files(here, there)
        source: Any = db.obj
        if here.on_server:
            source.execute_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
        step = _steps(moving.count_rows(source) * _PASSES, progress)
        with target.atomic():
            moving.copy_rows(source, target, step)
        if moving.digests(source, step) != moving.digests(target, step):
            raise PracticeFault("La copie n’est pas fidèle : rien n’a été déménagé, prévenez l’assistance.")
        moved.mark_moved(source, address(there), day)
    close_practice()
    with _opened(there) as target:
        return _let_in(target)


def end_move(here: Practice, there: Practice) -> Moved:
    """Let a practice arrive that `is_on_its_way`, or has arrived already.

    Raises:
        PracticeFault: what is there is not what was here.
    """
    with _opened(here) as source, _opened(there) as target:
        if moved.read_mark(target) is not None and moving.digests(source) != moving.digests(target):
            raise PracticeFault(f"« {address(there)} » n’est pas ce qui était ici : gardez les deux bases.")
        return _let_in(target)


def _let_in(target: Any) -> Moved:
    if moved.read_mark(target) is not None:
        with target.atomic():
            moved.mark_arrived(target)
    return Moved(moving.count_rows(target), len(moving.shape(target)))


def _steps(total: int, progress: Step | None) -> Callable[[int], None]:
    """What tells how far it is, called with the rows that went by since the last call."""
    gone = 0

    def step(rows: int) -> None:
        nonlocal gone
        gone += rows
        if progress is not None:
            progress(min(gone, total), total)

    return step


@contextmanager
def _emptied(there: Practice, here: Practice, day: str) -> Iterator[PracticeDatabase]:
    """The database to fill, with its tables and no row; what a move from here left when it was cut is taken away."""
    if there.on_server:
        with _opened(there) as target:
            mark = moved.read_mark(target)
            if mark is not None and not mark.moved and mark.place == address(here):
                _drop_all(target)
            elif target.get_tables():
                raise _occupied(there)
            _make_tables(target, here, day)
            yield target
        return
    path = Path(there.location)
    if path.exists():
        with _opened(there) as left:
            mark, held = moved.read_mark(left), left.get_tables()
        if held and (mark is None or mark.moved or mark.place != address(here)):
            raise _occupied(there)
        for end in ("", "-wal", "-shm", "-journal"):
            path.with_name(path.name + end).unlink(missing_ok=True)
    with spoken_files(there.folder):
        make_folder(there.folder)
        key_for(there)
        path.touch(mode=0o600, exist_ok=False)
    with _opened(there) as target:
        _make_tables(target, here, day)
        target.pragma("application_id", APPLICATION_ID)  # from now on it is ours; marked already
        if wal_is_safe():
            target.pragma("journal_mode", "wal")
        yield target


def _make_tables(target: PracticeDatabase, here: Practice, day: str) -> None:
    """Marked before there is anything else, and again where the last migration has said which version it is."""
    with target.atomic():
        moved.mark_arriving(target, address(here), day)
    migrate(target)
    with target.atomic():
        moved.refuse_older(target)


@contextmanager
def _opened(practice: Practice) -> Iterator[Any]:
    """The bare database, marked or not; closed at the end."""
    if not practice.on_server and not Path(practice.location).is_file():
        raise PracticeFault(f"Aucun cabinet à « {practice.location} »", Remedy.CHECK_NAME)
    try:
        database = (
            postgres_database(practice.location)
            if practice.on_server
            else sqlite_database(practice.location, lambda: keys_of(practice))
        )
    except ValueError as error:
        raise PracticeFault("Adresse de la base mal formée : écrivez postgresql://serveur/base.") from error
    with spoken():
        try:
            database.connect()
        except OperationalError as error:
            if "does not exist" in str(error):
                raise PracticeFault(
                    f"La base de « {address(practice)} » n’existe pas : créez-la vide (createdb), puis recommencez."
                ) from error
            raise
        try:
            if not isinstance(database, Sqlite):  # a large table takes longer than anything that a desk asks
                patient: Any = database
                patient.execute_sql("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0")
            yield database
        finally:
            database.close()


def _drop_all(target: Any) -> None:
    named = ", ".join(f'"{name}"' for name in target.get_tables())
    with target.atomic():
        target.execute_sql(f"DROP TABLE {named} CASCADE")


def _occupied(there: Practice) -> PracticeFault:
    return PracticeFault(f"Il y a déjà quelque chose à « {address(there)} » : donnez une base vide, ou un autre nom.")


def _carry_files(here: Practice, there: Practice) -> None:
    """What lies beside the database goes along: key, anchor, configuration, our rejections, what left, what came."""
    with spoken_files(there.folder):
        make_folder(there.folder)
        key = here.key_file.read_bytes()
        if not there.key_file.exists():
            write_whole(there.key_file, key)
        elif there.key_file.read_bytes() != key:
            raise PracticeFault(f"« {there.key_file} » est la clé d’un autre cabinet : donnez une autre adresse.")
        if here.anchor_file.exists():
            rewrite_whole(there.anchor_file, here.anchor_file.read_bytes())
        files = ((here.settings_file, there.settings_file), (here.folder / PRACTICE_FILE, there.folder / PRACTICE_FILE))
        for old, new in files:
            if old.exists() and not new.exists():
                write_whole(new, old.read_bytes())
        for before, after in (
            (here.outbox, there.outbox),
            (here.inbox, there.inbox),
            (here.templates, there.templates),
        ):
            if before.is_dir() and before != after:
                shutil.copytree(before, after, symlinks=True, dirs_exist_ok=True)
