"""Where the demo lives, and how it gets there: in one transaction, so that half of one never shows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from models.demo.build import RETURN_PREFIX, make_demo
from models.demo.people import PHYSIOTHERAPISTS
from models.domain.faults import PracticeFault
from models.domain.numbering import Numbering
from models.domain.patience import Step
from models.domain.place import DEMO_DATABASE, DEMO_NAME, Practice, exists, locate
from models.practice import OpenPractice, close_practice, open_practice
from models.queries.counts import counts
from models.store.database import is_sqlite, transaction
from models.store.faults import spoken
from models.store.file_faults import spoken_files
from models.store.numbering_file import write_numbering
from models.tables.anchor import witness


def demo_practice(data_folder: Path) -> Practice:
    """Where the demo is, or will be."""
    return locate(str(data_folder / DEMO_DATABASE), data_folder)


def open_demo(practice: Practice, today: date, anew: bool = False, progress: Step | None = None) -> OpenPractice:
    """Make the demo the practice that this process works on; build it where there is no invoice yet.

    A build that was stopped, or a power cut, leaves an empty practice: the next opening builds it again. A practice
    that holds invoices is opened as it is.

    Args:
        practice: as `demo_practice` found it, or any other that is missing or empty.
        today: the day on which it is shown.
        anew: throw away the practice that is there, whatever it holds, and build again.
        progress: called with (weeks told, in all).

    Raises:
        PracticeFault: the disk or the database refused, or `anew` is asked of a practice on a server.
        GivenUp: raised by `progress`; the practice is empty.
    """
    if anew or not exists(practice):
        _remove(practice)
    opened = open_practice(practice, create=True)
    with spoken(), spoken_files(practice.folder):
        with transaction() as alone:
            seen = witness(alone)
            if anew and not is_sqlite() and counts().total:
                raise PracticeFault("Une démonstration sur un serveur ne se refait pas d’ici : donnez une base vide.")
            if counts().total == 0:
                _remove_files(practice)
                _give_reader(practice)
                make_demo(opened, today, progress)
            seen.promise()
        seen.keep()
    return opened


def _give_reader(practice: Practice) -> None:
    """The demonstration's reader of cards, its name and its numbers, unless the practice is configured already.

    Its billing software numbers after Accueil, as the story tells: nothing is reserved for its invoices.
    """
    if not practice.settings_file.exists():
        practice.settings_file.write_text(
            f'[carte]\nlecteur = "demo"\n\n[cabinet]\nnom = "{DEMO_NAME}"\n', encoding="utf-8"
        )
        write_numbering(practice.settings_file, Numbering(first_invoice=1, first_lot=1))


def _remove(practice: Practice) -> None:
    """Take an old demo's database away, if it is a file, and what says that there was one."""
    close_practice()
    if practice.on_server:
        return
    with spoken_files(practice.folder):
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(practice.location + suffix).unlink(missing_ok=True)
        practice.key_file.unlink(missing_ok=True)
        practice.anchor_file.unlink(missing_ok=True)
        practice.cipher_file.unlink(missing_ok=True)
        _remove_files(practice)


def _remove_files(practice: Practice) -> None:
    """Take away the lots and returns of an earlier demo, and no other file: only the demo's names are met."""
    for biller in PHYSIOTHERAPISTS:
        for what in ("lot", "dre"):
            for file in practice.outbox.glob(f"{biller.number}-{what}*.b2*"):
                file.unlink()
    for file in practice.inbox.glob(f"{RETURN_PREFIX}*.noe"):
        file.unlink()
