"""Open a practice: find its files, gate its version, bring its tables up to date, refuse what is not one.

A practice on SQLite is a file `cabinet.db`, encrypted, and, beside it: `cabinet.chiffrement` (its key, unless that
lies elsewhere), `cabinet.cle` (the journal's key), `cabinet.ancre` (how far the practice had come), `cabinet.verrou`
(held while tables are made), and the folders `cabinet-envois`, `cabinet-retours`, `cabinet-sauvegardes`.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from models.domain.anchor import UNUSED
from models.domain.faults import PracticeFault, Remedy
from models.domain.numbering import Numbering
from models.domain.patience import GivenUp, Step
from models.domain.place import DEMO_DATABASE, DEMO_NAME, Practice, exists, left_of
from models.reference.practice_book import PracticeBook
from models.store import moved
from models.store.anchor_file import Anchor
from models.store.cipher_keys import key_for, keys_of
from models.store.database import WRITE_LOCK, PracticeDatabase, db
from models.store.faults import spoken
from models.store.file_faults import spoken_files
from models.store.numbering_file import read_numbering, says_numbering
from models.store.read_only import can_write
from models.store.schema import NEWER, back_up, is_newer, migrate, settle_in
from models.store.server import Postgres, postgres_database
from models.store.sqlite_file import Sqlite, sqlite_database, wal_is_safe
from models.store.stamp import ANCHORED, APPLICATION_ID, SCHEMA_VERSION
from models.store.until_left import stops_when
from models.store.whole_file import make_folder, settle_folder, write_whole
from models.tables import journal
from models.tables.anchor import hold_to_anchor
from models.tables.people import Practitioner
from models.tables.standing_rows import seal_what_stands

if TYPE_CHECKING:
    from models.domain.backup import BackupRule
    from models.domain.card import CardReader
    from models.papers.template import Template, TemplateName

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class OpenPractice:
    """The practice that is open: where it is, its database with the journal's key, what it knows of rejections."""

    place: Practice
    database: PracticeDatabase
    book: PracticeBook
    news: str = ""
    """What was done to the database as it was opened, or could not be: to be told once, and that is all."""
    left: Event = field(default_factory=Event)
    """Set once the program is left: what is read `while_there` stops."""

    def while_there(self, work: Callable[[], Result]) -> Result:
        """Read with this thread's connection, which is open, as long as the program is not left.

        Raises:
            GivenUp: it was.
        """
        with stops_when(self.left.is_set):
            return work()

    def in_own_connection(self, work: Callable[[], Result]) -> Result:
        """Do this work with a connection of this thread's own, closed at its end: one kept would hold the file open."""
        with spoken(), self.database.connection_context():
            return work()

    def in_kept_connection(self, work: Callable[[], Result]) -> Result:
        """Do this work with a connection that this thread keeps for the next time; let go of it where it fails."""
        try:
            with spoken():
                self.database.connect(reuse_if_open=True)
                return work()
        except PracticeFault:
            self.database.close()
            raise

    @property
    def read_only(self) -> bool:
        """Whether it can only be looked at: what would change it is refused, with the reason."""
        return isinstance(self.database, Sqlite) and self.database.read_only

    def name(self) -> str:
        """What the practice is called: as its configuration says, or after its first practitioner; '' before one came.

        Raises:
            PracticeFault: the configuration cannot be read, or the database.
        """
        from models.store.settings import read_settings

        if said := read_settings(self.place.settings_file).name:
            return said
        if Path(self.place.location).name == DEMO_DATABASE:
            return DEMO_NAME
        with spoken():
            first = Practitioner.select(Practitioner.name).order_by(Practitioner.id).first()
        return f"Cabinet {first.name}" if first else ""

    def says_numbering(self) -> bool:
        """Whether somebody has said which numbers are ours, or taken those that are proposed.

        Raises:
            PracticeFault: the configuration cannot be read.
        """
        return says_numbering(self.place.settings_file)

    def numbering(self) -> Numbering:
        """The range of our numbers, as the practice's configuration says it now.

        Raises:
            PracticeFault: the configuration cannot be read.
        """
        return read_numbering(self.place.settings_file)

    def backup_rule(self) -> BackupRule:
        """What the practice's configuration says of its backups.

        Raises:
            PracticeFault: the configuration cannot be read, or a value is not one of those that it may be.
        """
        from models.store.backup_rule import read_backup_rule  # asked once the first screen is there

        return read_backup_rule(self.place.settings_file)

    def readable_folders(self) -> tuple[Path, ...]:
        """The folders from which somebody without a shell may read files: its own, and those that it says.

        Raises:
            PracticeFault: the configuration cannot be read.
        """
        from models.store.settings import read_settings  # asked where a file is read only

        return (self.place.inbox, self.place.outbox, *read_settings(self.place.settings_file).folders)

    def template(self, name: TemplateName) -> Template:
        """What a letter is written by: the practice's own template, or the program's.

        Raises:
            PracticeFault: the practice's own cannot be read.
        """
        from models.store.templates import read_template  # asked where something is printed only

        return read_template(self.place.templates, name)

    def locks_after(self) -> int | None:
        """After how many minutes without a key the desk is locked; None: by hand alone.

        Raises:
            PracticeFault: the configuration cannot be read, or the value is not one of those that it may be.
        """
        from models.store.settings import read_lock

        return read_lock(self.place.settings_file)

    def card_reader(self) -> CardReader:
        """What reads the carte Vitale at this desk, as the practice's configuration says.

        Raises:
            PracticeFault: the configuration cannot be read, or a value is not one of those that it may be.
        """
        from models.store.settings import read_settings  # only « Modifier » reads a card

        return read_settings(self.place.settings_file).reader


def open_practice(
    practice: Practice, *, create: bool = False, anchored: bool = True, progress: Step | None = None
) -> OpenPractice:
    """Make `practice` the one that this process works on, in place of any other.

    Args:
        practice: as `locate` found it.
        create: make an empty practice where there is none.
        anchored: hold it to its anchor; a base on a server that is restored is taken as it stands.
        progress: called with (how much is done, in all) of each thing that a base of before needs: encrypted, copied,
            brought up to date; where it raises `GivenUp`, what was not done yet is left to the next opening.

    Returns:
        The practice, for whoever works on it.

    Raises:
        PracticeFault: there is none, it is another program's file, a newer version's, it is not the one that its
            anchor knows, or it cannot be reached.
        GivenUp: raised by `progress`; it is not open.
    """
    close_practice()
    news = ""
    try:
        with spoken(), spoken_files(Path(practice.location), "d’ouvrir"):
            database: PracticeDatabase
            if practice.on_server:
                database = _open_server(practice, anchored, progress)
            else:
                database, news = _open_file(practice, create, progress)
            if database.journal_key and not journal.is_sealed():
                seal_what_stands()
    except BaseException:
        close_practice()
        raise
    return OpenPractice(practice, database, PracticeBook(practice.folder), news)


def close_practice() -> None:
    """Let go of the open practice, if there is one: this thread's connection, and the journal's key with it."""
    if db.obj is not None:
        db.close()
        db.initialize(None)


def in_sentences() -> AbstractContextManager[None]:
    """What the database refuses inside this block, said as a `PracticeFault`."""
    return spoken()


def _open_file(practice: Practice, create: bool, progress: Step | None) -> tuple[Sqlite, str]:
    """The practice's file, open and up to date; what there is to tell of it."""
    path = Path(practice.location)
    if path.is_dir():
        raise PracticeFault(f"« {path} » est un dossier", Remedy.NAME_A_FILE)
    if path.exists() and not path.is_file():
        raise PracticeFault(f"« {path} » n’est pas un fichier ordinaire", Remedy.NAME_ANOTHER)
    if not exists(practice):
        left = left_of(practice)
        if left is not None and not exists(practice):  # made meanwhile by another desk, it leaves more than its base
            what = "est vide" if path.exists() else "n’est pas là"
            raise PracticeFault(f"La base « {path} » {what}, et « {left} » dit que ce cabinet a servi", Remedy.RESTORE)
        if not create and not exists(practice):
            raise PracticeFault(f"Aucun cabinet à « {path} »", Remedy.IMPORT_OR_TRY)
        _create(practice)
    database, version = _opened_file(practice)
    news = ""
    if database.opened_with is None and database.journal_key and not database.read_only:
        from models.store.encrypt import encrypt_plain

        database.close()
        with spoken_files(practice.folder), _tables_lock(practice):
            news = encrypt_plain(practice, progress)
        database, version = _opened_file(practice)
    if version < SCHEMA_VERSION:
        with spoken_files(practice.folder), _tables_lock(practice):
            if _version(database, practice) < SCHEMA_VERSION:
                _bring_up_to_date(database, practice, progress)
    if not wal_is_safe() and not database.read_only and database.pragma("journal_mode") == "wal":
        database.keep_no_log()
    return database, news


def _bring_up_to_date(database: Sqlite, practice: Practice, progress: Step | None) -> None:
    begun = 0

    def step(done: int, total: int) -> None:
        nonlocal begun
        begun = done
        if progress is not None:
            progress(done, total)

    copy = back_up(database, practice.backups, practice.stem, progress)
    try:
        migrate(database, copy, progress=step)
    except GivenUp:
        if not begun:  # nothing was changed: the next opening copies it again
            copy.unlink(missing_ok=True)
        raise


def _opened_file(practice: Practice) -> tuple[Sqlite, int]:
    """The practice's file, open as it is and held to its key and its anchor; its schema version."""
    path = Path(practice.location)
    database = sqlite_database(practice.location, lambda: keys_of(practice), read_only=not can_write(path))
    db.initialize(database)
    database.connect()
    version = _version(database, practice)
    if database.read_only and version < SCHEMA_VERSION:
        raise PracticeFault(
            f"« {path} » est d’une version plus ancienne, et en lecture seule : copiez son dossier là où vous pouvez "
            "écrire, puis ouvrez la copie."
        )
    database.lock_file = practice.lock_file
    _hold(database, practice, version)
    return database, version


def _version(database: Sqlite, practice: Practice) -> int:
    """The practice's schema version, once sure that it is ours and not from the future."""
    if database.pragma("application_id") != APPLICATION_ID:
        raise PracticeFault(f"« {practice.location} » est la base d’un autre programme", Remedy.CHECK_NAME)
    version = int(database.pragma("user_version"))
    if version == moved.MARKED_VERSION and (told := moved.elsewhere(database)):
        raise told
    if version > SCHEMA_VERSION:
        raise PracticeFault(NEWER.format(place=practice.location))
    return version


def _create(practice: Practice) -> None:
    """Make an empty practice beside its place, then rename it there: never half of one."""
    with spoken_files(practice.folder):
        make_folder(practice.folder)
        with _tables_lock(practice):
            if exists(practice):
                return
            draft = practice.draft
            for left in ("", "-journal", "-wal", "-shm"):
                draft.with_name(draft.name + left).unlink(missing_ok=True)
            os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            if not practice.key_file.exists():
                write_whole(practice.key_file, secrets.token_hex(32).encode())
            Anchor(practice.anchor_file, _read_key(practice)).replace(UNUSED, None)
            key = key_for(practice)
            database = sqlite_database(str(draft), lambda: [key])
            try:
                database.connect()
                database.pragma("application_id", APPLICATION_ID)
                migrate(database)
                if wal_is_safe():
                    database.pragma("journal_mode", "wal")
            finally:
                database.close()
            draft.replace(practice.location)
            settle_folder(practice.folder)


def _open_server(practice: Practice, anchored: bool, progress: Step | None) -> Postgres:
    if not practice.location.startswith(("postgres://", "postgresql://")):
        raise PracticeFault("Ni fichier, ni adresse de serveur", Remedy.NAME_AN_ADDRESS)
    try:
        database = postgres_database(practice.location)
    except ValueError as error:
        raise PracticeFault("Adresse de la base mal formée : écrivez postgresql://serveur/base.") from error
    db.initialize(database)
    with spoken_files(practice.folder):
        make_folder(practice.folder)
        database.connect()
        db.execute_sql("SELECT pg_advisory_lock(%s)", (WRITE_LOCK,))
        try:
            if told := moved.elsewhere(database):
                raise told
            if is_newer(database):
                raise PracticeFault(NEWER.format(place=practice.stem))
            migrate(database, progress=progress)
            settle_in(database)
            if not practice.key_file.exists() and not journal.JournalEntry.select().exists():
                write_whole(practice.key_file, secrets.token_hex(32).encode())
        finally:
            db.execute_sql("SELECT pg_advisory_unlock(%s)", (WRITE_LOCK,))
    _hold(database, practice, SCHEMA_VERSION if anchored else None)
    return database


def _hold(database: PracticeDatabase, practice: Practice, version: int | None) -> None:
    """Give the database what its practice works with, and refuse it where key or anchor say that it is not the one.

    Before its tables are brought up to date: a base that is refused stays as it is. `version` is theirs; None: its
    anchor is not asked.
    """
    database.settings_file = practice.settings_file
    database.journal_key = _read_key(practice)
    if practice.key_file.exists() and not journal.key_fits():
        raise PracticeFault(f"La clé « {practice.key_file} » n’est pas celle de ce cabinet : remettez celle d’origine.")
    if database.journal_key and not (isinstance(database, Sqlite) and database.read_only):
        database.anchor = Anchor(practice.anchor_file, database.journal_key)
        if version is not None:
            hold_to_anchor(practice.outbox, since_anchors=version >= ANCHORED)


def _read_key(practice: Practice) -> bytes:
    try:
        return bytes.fromhex(practice.key_file.read_text())
    except FileNotFoundError:
        return b""
    except (ValueError, OSError) as error:
        raise PracticeFault(
            f"La clé du journal « {practice.key_file} » ne se lit pas : remettez-en une copie en place."
        ) from error


@contextmanager
def _tables_lock(practice: Practice) -> Iterator[None]:
    """One process at a time makes or changes the tables."""
    with practice.lock_file.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
