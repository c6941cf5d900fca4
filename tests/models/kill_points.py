"""Die before each statement in turn: `python -m tests.models.kill_points FOLDER COMMAND…`.

FOLDER holds a closed practice. For n = 1, 2, 3… a child works on a copy of it and is killed before the n-th SQL
statement of the command that writes (and before a lot's file or the anchor is written, and after): before one that
only reads, all is as it was before the one above. Then the copy is opened and looked at. Says, as JSON: how many
points there were, the breaches found, and how many different contents the crashes left.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from models.commands import transmit
from models.commands.bill import bill_invoice
from models.commands.cancel import cancel_invoice
from models.commands.correct import save_correction
from models.commands.record_right import record_right
from models.commands.resend_dre import resend_dre
from models.commands.settle_answer import settle_answer
from models.commands.settle_lot import settle_doubt
from models.commands.transmit import transmit_all
from models.commands.validate import reopen_invoice, validate_invoice
from models.domain.exchanges import LotStatus
from models.domain.lists import ListName
from models.domain.place import Practice, locate
from models.domain.states import RightSource, Signature
from models.practice import close_practice, open_practice
from models.queries.invoice_row import ListView
from models.queries.lots import own_lots
from models.queries.returns import aside_answers
from models.queries.verification import breaches
from models.queries.windows import page
from models.reference.rejections import our_book
from models.store import lease, whole_file
from models.store.database import db
from tests.models.practice import SOPHIE, an_answer, an_invoice, contents, hear, sheet, take_in


def first(name: ListName) -> int:
    """The first invoice of this list."""
    return page(ListView(name), None, 1)[0].id


def correct(practice: Practice) -> object:
    seen = sheet(page(ListView(ListName.UNVALIDATED), None, 1)[0].number)
    return save_correction(seen.id, seen.version, seen.draft.with_rate(90), SOPHIE)


def take_back(_: Practice) -> object:
    """The validated invoice that came last: the first one lies in a lot en doute."""
    last = page(ListView(ListName.VALIDATED), None, 9)[-1]
    return reopen_invoice(last.id, last.version, SOPHIE)


COMMANDS: dict[str, Callable[[Practice], object]] = {
    "import": lambda _: take_in(an_invoice(9001), an_invoice(9002, settlement="15"), lot=77),
    "receive": lambda _: hear(
        an_answer(an_invoice(1003), "rejected"), an_answer(an_invoice(9001), "paid"), reference="K1"
    ),
    "cancel": lambda _: cancel_invoice(first(ListName.CANCELLABLE), None, SOPHIE),
    "bill": lambda _: bill_invoice(first(ListName.UNVALIDATED), 1, Signature.CARD, SOPHIE),
    "correct": correct,
    "right": lambda _: record_right(
        first(ListName.UNVALIDATED), "4", date(2026, 1, 1), None, RightSource.ATTESTATION, SOPHIE
    ),
    "reopen": take_back,
    "validate": lambda _: validate_invoice(sheet(3002).id, None, SOPHIE, book=our_book()),
    "transmit": lambda practice: transmit_all(practice.outbox, SOPHIE),
    "doubt": lambda practice: settle_doubt(own_lots(LotStatus.IN_DOUBT)[0].id, False, practice.outbox, SOPHIE),
    "settle": lambda _: settle_answer(aside_answers()[-1].id, True, SOPHIE),
    "dre": lambda _: resend_dre(sheet(1002).id, None, "0088888888", SOPHIE),
}


READS = ("SELECT", "PRAGMA", "--")
"""How statements begin that change nothing, and what a trigger does within one that does."""


def die_before(point: int) -> None:
    """Arrange to be killed there."""
    left = point

    def step() -> None:
        nonlocal left
        left -= 1
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(sql: str) -> None:
        if not sql.lstrip().startswith(READS):
            step()

    connection: Any = db.connection()
    connection.set_trace_callback(statement)
    write, settle, tell = whole_file.write_whole, whole_file.settle_folder, os.pwrite

    def writing(path: Path, data: bytes, drafts: Path) -> None:
        step()
        write(path, data, drafts)
        step()

    def settling(folder: Path) -> None:
        step()
        settle(folder)

    def telling(descriptor: int, data: bytes, offset: int) -> int:
        step()
        told = tell(descriptor, data, offset)
        step()
        return told

    vars(os)["pwrite"] = telling
    vars(transmit)["write_whole"] = writing
    whole_file.settle_folder = settling


def crash_at(point: int, folder: Path, command: str) -> bool:
    """Let a child die at this point of the command on the practice in `folder`; whether it got there."""
    child = os.fork()
    if child == 0:
        place = locate(str(folder / "cabinet.db"), folder)
        open_practice(place)
        vars(lease).update(new_token=lambda: "0" * 16)  # what differs from child to child
        die_before(point)
        COMMANDS[command](place)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        return True
    if os.WEXITSTATUS(status):
        raise RuntimeError(f"{command}, point {point}: {status}")
    return False


def digest(folder: Path) -> bytes:
    """What stands in the files of a folder, the shared memory of the database apart: nothing in it outlives a crash."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.endswith("-shm"))
    return sha256(b"".join(b"%s %s" % (bytes(path), sha256(path.read_bytes()).digest()) for path in files)).digest()


def look_at(origin: Path, command: str) -> dict[str, object]:
    """Go through the points of one command."""
    point = 0
    found: list[str] = []
    left: set[str] = set()
    looked_at: set[bytes] = set()
    died = True
    while died:
        point += 1
        folder = origin.with_name(f"{origin.name}-at-work")  # a lot's folder is sealed: the same each time
        shutil.copytree(origin, folder)
        died = crash_at(point, folder, command)
        if (files := digest(folder)) not in looked_at:
            looked_at.add(files)
            place = locate(str(folder / "cabinet.db"), folder)
            open_practice(place)
            if (content := repr(contents()).replace(str(folder), "")) not in left:
                left.add(content)
                found += [f"{command}, {point} : {breach}" for breach in breaches(place)]
            close_practice()
        shutil.rmtree(folder)
    return {"points": point, "breaches": found, "contents": len(left)}


if __name__ == "__main__":
    print(json.dumps({command: look_at(Path(sys.argv[1]), command) for command in sys.argv[2:]}))
