"""What is done while it is cut, and what it acknowledges: each flow a practice as it stands, and the work on it.

Whoever works says of each thing that is done its kind, the journal's last entry with its seal, and what else a person
was shown: so whatever is found later must hold that very entry.
"""

from __future__ import annotations

import lzma
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from models.commands import transmit
from models.commands.back_up import back_up
from models.commands.bill import bill_invoice
from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.change_key import change_key
from models.commands.export import export_file
from models.commands.file_away import file_invoices, take_out
from models.commands.give_up import give_up
from models.commands.note_answer import Noted, note_answer
from models.commands.purge import Purged, purge
from models.commands.remind import remind
from models.commands.restore import preparing, restore
from models.commands.send_sheets import send_sheets
from models.commands.settle_lot import settle_doubt
from models.commands.take_back import undo_return, withdraw_note
from models.commands.transmit import transmit_all
from models.domain.author import Author
from models.domain.exchanges import LotStatus
from models.domain.filing import FiledAs
from models.domain.lists import ListName
from models.domain.place import Practice
from models.domain.states import Signature
from models.practice import close_practice, open_practice
from models.queries.invoice_row import ListView
from models.queries.lots import own_lots
from models.queries.windows import page
from models.store import encrypt
from models.store.cipher_keys import keys_in
from models.tables.anchor import standing
from tests.models.kill_points import COMMANDS, first
from tests.models.practice import SOPHIE, an_answer, an_invoice, hear, ready, rejected, sheet, take_in
from tests.models.test_crash import a_busy_day
from tests.models.test_notes import PAYMENT
from tests.practices import copy_practice, empty_practice, practice_in
from tests.sqlite_file import make_plain

FIXTURES: Final = Path(__file__).parents[2] / "fixtures"
LATER: Final = Author("sophie", datetime(2033, 1, 10, 9, 0, tzinfo=UTC))

Say = Callable[..., None]


class Flow(NamedTuple):
    """A practice as it stands, made in this folder and closed; and the work on it."""

    make: Callable[[Path], object]
    play: Callable[[Practice, Say], None]


def done(say: Say, kind: str, *more: object) -> None:
    """Say what was done, and where the journal now ends."""
    mark = standing()
    say(kind, mark.entry, mark.seal, *more)


# -- as they stand


def busy(folder: Path) -> Practice:
    """Something for every command to do."""
    practice = copy_practice(empty_practice(), folder)
    open_practice(practice)
    with pytest.MonkeyPatch.context() as monkeypatch:
        a_busy_day(practice, monkeypatch)
    return practice


def killed_at_work(practice: Practice) -> None:
    """A desk commits something and is killed: what it wrote lies in the log still."""
    close_practice()
    child = os.fork()
    if child == 0:
        vars(encrypt)["encrypt_plain"] = lambda *_: ""
        open_practice(practice)
        take_in(an_invoice(6501), lot=65)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0


def busy_and_killed(folder: Path) -> None:
    """The same, of which a part lies in the log."""
    killed_at_work(busy(folder))


def busy_and_plain(folder: Path) -> None:
    """The same before bases were encrypted."""
    practice = busy(folder)
    make_plain(practice.location)
    practice.cipher_file.unlink()
    killed_at_work(practice)


def in_doubt(folder: Path) -> None:
    """Two lots en doute whose files are there: the desk was killed before it marked them sent."""
    practice = busy(folder)
    open_practice(practice)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(transmit, "_mark_sent", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        for number in (5101, 5201):
            ready(number)
            with pytest.raises(KeyboardInterrupt):
                transmit_all(practice.outbox, SOPHIE)
    close_practice()


def behind_its_copy(folder: Path) -> None:
    """A practice whose backup does not know what left since: lot 5, and 2001 that became 2002."""
    practice = copy_practice(empty_practice(), folder)
    open_practice(practice)
    ready(1001)
    rejected(2001)
    back_up(practice, practice.folder / "disque", SOPHIE)
    transmit_all(practice.outbox, SOPHIE)
    cancel_invoice(sheet(2001).id, None, SOPHIE)
    killed_at_work(practice)


def with_papers_of_all_kinds(folder: Path) -> None:
    """Lots that left, returns, exports, a copy: what a purge takes away."""
    practice = copy_practice(empty_practice(), folder)
    open_practice(practice)
    ready(1001)
    transmit_all(practice.outbox, SOPHIE)
    export_file(practice.folder / "cabinet-exports", "liste.csv", b"DUPONT;MARIE")
    back_up(practice, None, SOPHIE)
    close_practice()


def of_version_0_1_0(folder: Path) -> None:
    """As version 0.1.0 left it."""
    (folder / "cabinet.db").write_bytes(lzma.decompress((FIXTURES / "0.1.0" / "cabinet.db.xz").read_bytes()))
    shutil.copy(FIXTURES / "0.1.0" / "cabinet.cle", folder)
    (folder / "cabinet.db").chmod(0o600)


def crowded(folder: Path) -> None:
    """Thirty rejected invoices for several desks."""
    practice = copy_practice(empty_practice(), folder)
    open_practice(practice)
    invoices = [an_invoice(1001 + index) for index in range(30)]
    take_in(*invoices)
    hear(*(an_answer(invoice, "rejected") for invoice in invoices))
    close_practice()


# -- the work


def a_day(practice: Practice, say: Say) -> None:
    """Every command that a desk has, one after the other."""
    open_practice(practice)
    for name, command in COMMANDS.items():
        if name == "transmit":
            send(practice, say)
        elif name == "cancel":
            cancel(say)
        else:
            command(practice)
            done(say, name)
    for kind in noting():
        done(say, kind)
    cancel(say)
    given_up = page(ListView(ListName.UNVALIDATED), None, 9)[-1]
    give_up(given_up.id, given_up.version, FiledAs.RENOUNCED, "", SOPHIE)
    done(say, "given up")
    send(practice, say)
    close_practice()
    say("closed")


def cancel(say: Say) -> None:
    """Cancel the first that can be, if any; its new number is shown."""
    for row in page(ListView(ListName.CANCELLABLE), None, 1):
        outcome = cancel_invoice(row.id, None, SOPHIE)
        assert isinstance(outcome, Cancelled)
        done(say, "cancelled", outcome.new_number)


def noting() -> Iterator[str]:
    """What is noted beside invoices, and taken back."""
    one = an_invoice(7001)
    take_in(one, lot=71)
    source = hear(an_answer(one, "paid"), reference="K2").return_id
    yield "heard"
    undo_return(source, SOPHIE)
    yield "undone"
    noted = note_answer(sheet(7001).id, None, PAYMENT, SOPHIE)
    assert isinstance(noted, Noted)
    yield "noted"
    withdraw_note(noted.note_id, "erreur", SOPHIE)
    yield "withdrawn"
    waiting = first(ListName.CANCELLABLE)
    file_invoices([(waiting, None)], FiledAs.SETTLED, "", SOPHIE.day + timedelta(days=9), SOPHIE)
    yield "filed"
    take_out(waiting, None, SOPHIE)
    yield "taken out"
    remind([sheet(7001).id], SOPHIE.day, "appel", SOPHIE)
    yield "reminded"
    send_sheets([lot.id for lot in own_lots(LotStatus.SENT)], SOPHIE.day, "", SOPHIE)
    yield "sheets"


def send(practice: Practice, say: Say) -> None:
    """Transmit; each lot is shown with its file."""
    for lot in transmit_all(practice.outbox, SOPHIE):
        done(say, "sent", lot.number, lot.file.name)


def doubts(practice: Practice, say: Say) -> None:
    """A lot in doubt did not leave, its invoices leave again; then a lot that did."""
    open_practice(practice)
    for lot in own_lots(LotStatus.IN_DOUBT):
        settle_doubt(lot.id, False, practice.outbox, SOPHIE)
        done(say, "settled", lot.id)
    send(practice, say)
    ready(8001)
    send(practice, say)
    close_practice()


def copies(practice: Practice, say: Say) -> None:
    """Backups beside the practice and elsewhere, with work in between."""
    open_practice(practice)
    for folder in (None, practice.folder / "ailleurs", practice.folder / "ailleurs"):
        copy = back_up(practice, folder, SOPHIE)
        done(say, "backed up", str(copy.place))
        cancel(say)
    close_practice()


def puts_back(practice: Practice, say: Say) -> None:
    """Restore the copy; then go on."""
    with preparing(practice, next((practice.folder / "disque").glob("cabinet-2*")), None) as plan:
        say("restoring")
        aside = restore(plan, SOPHIE).aside
    open_practice(practice)
    done(say, "restored", str(aside))
    cancel(say)
    ready(3001)
    send(practice, say)
    close_practice()


def opens(practice: Practice, say: Say) -> None:
    """Open it, which encrypts it and brings it up to date; then work."""
    open_practice(practice)
    done(say, "updated", *map(str, practice.backups.glob("*.db")))
    cancel(say)
    close_practice()


def changes_keys(practice: Practice, say: Say) -> None:
    """The key is changed as often as it takes for its file to be longer than a sector of the disk."""
    open_practice(practice)
    for _ in range(8):
        change_key(practice, SOPHIE)
        done(say, "key changed", len(keys_in(practice.cipher_file)))
        cancel(say)
    close_practice()


def purges(practice: Practice, say: Say) -> None:
    """The names of all go."""
    open_practice(practice)
    outcome = purge(practice, date(2028, 1, 1), LATER)
    assert isinstance(outcome, Purged)
    gone = (*outcome.purge.files.may_go, *outcome.purge.taken_out, *outcome.purge.copies)
    done(say, "purged", *map(str, gone))
    close_practice()


def begins(practice: Practice, say: Say) -> None:
    """A practice is made where there was none."""
    open_practice(practice, create=True)
    done(say, "opened")
    invoice = an_invoice(1001)
    take_in(invoice)
    done(say, "imported")
    hear(an_answer(invoice, "rejected"))
    cancel(say)
    bill_invoice(first(ListName.UNVALIDATED), 1, Signature.CARD, SOPHIE)
    done(say, "billed")
    close_practice()


def nothing(_: Path) -> None:
    """No practice yet."""


FLOWS: Final = {
    "day": Flow(busy_and_killed, a_day),
    "doubts": Flow(in_doubt, doubts),
    "copies": Flow(busy, copies),
    "restore": Flow(behind_its_copy, puts_back),
    "encrypt": Flow(busy_and_plain, opens),
    "keys": Flow(busy_and_killed, changes_keys),
    "purge": Flow(with_papers_of_all_kinds, purges),
    "update": Flow(of_version_0_1_0, opens),
    "begin": Flow(nothing, begins),
}


def place_in(root: Path) -> Practice:
    """The practice of a flow: in a folder of its own, which is not there yet where it begins."""
    return practice_in(root / "cabinet")
