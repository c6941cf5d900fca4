"""A desk of its own: `python -m tests.models.desk BASE FOLDER cancel|work|die SEED` says a JSON line per commit."""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from models.commands.bill import Billed, bill_invoice
from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.correct import Saved, save_correction
from models.commands.settle_lot import settle_doubt
from models.commands.transmit import transmit_all
from models.commands.validate import Validated, validate_invoice
from models.domain.author import Author
from models.domain.exchanges import LotStatus
from models.domain.faults import PracticeFault
from models.domain.lists import ListName, SortName
from models.domain.place import Practice, locate
from models.domain.states import Signature
from models.practice import open_practice
from models.queries.invoice_row import ListView
from models.queries.lots import own_lots
from models.queries.sheets import invoice_sheet
from models.queries.windows import page
from models.reference.rejections import our_book
from models.store import whole_file
from models.store.database import db
from tests.models.practice import an_answer, an_invoice, hear, take_in

SOME = 3
TRIES = 6
"""How often a desk tries before it says that the practice is busy: a minute."""

T = TypeVar("T")


def say(*words: object) -> None:
    """Acknowledge a commit; the reader has it once this returns."""
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def until_free(command: Callable[[], T]) -> T:
    """What a command came to; a desk that is told that the practice is busy tries again, as it is told to.

    SQLite's wait is not fair: under eight desks that never pause, on a machine with other work, one may be passed
    over for the whole of its ten seconds. It then holds nothing, and has changed nothing.

    Raises:
        PracticeFault: it is busy still, time after time, or cannot for another reason.
    """
    for _ in range(TRIES - 1):
        try:
            return command()
        except PracticeFault as fault:
            if "occupée" not in str(fault):
                raise
    return command()


def cancel_all(author: Author) -> None:
    """Cancel every rejected invoice of the practice, in the list's order, whoever else is doing the same."""
    sys.stdin.readline()
    for row in page(ListView(ListName.TRANSMITTED), None, 10_000):
        outcome = until_free(partial(cancel_invoice, row.id, row.version, author))
        say(type(outcome).__name__, row.number, outcome.new_number if isinstance(outcome, Cancelled) else 0)


def work(practice: Practice, author: Author, chance: random.Random) -> None:
    """A day after the other: import, rejections, cancellations, corrections, sending."""
    for lot in own_lots(LotStatus.IN_DOUBT):
        settle_doubt(lot.id, chance.random() < 0.5, practice.outbox, author)
        say("settled", lot.id)
    while True:
        top = max(row.number for row in page(ListView(ListName.ALL, SortName.DATE), None, 100_000)) + 1
        invoices = [an_invoice(top + index, coefficients=(1000, 500)) for index in range(SOME)]
        take_in(*invoices, lot=top % 999 + 1)
        say("imported", top)
        hear(*(an_answer(invoice, "rejected") for invoice in invoices), reference=f"{top:06d}"[-6:])
        say("rejected", top)
        for row in page(ListView(ListName.CANCELLABLE), None, SOME):
            cancelled = cancel_invoice(row.id, row.version, author)
            if isinstance(cancelled, Cancelled):
                say("cancelled", cancelled.old_number, cancelled.new_number)
        for row in page(ListView(ListName.UNVALIDATED), None, SOME + 1):
            correct(row.id, chance, author)
        for sent in transmit_all(practice.outbox, author):
            say("sent", sent.number, sent.file.name)


def correct(invoice_id: int, chance: random.Random, author: Author) -> None:
    """Save, bill and validate, acknowledging each."""
    seen = invoice_sheet(invoice_id)
    saved = save_correction(seen.id, seen.version, seen.draft.with_rate(chance.choice((70, 80, 90))), author)
    if isinstance(saved, Saved):
        say("saved", seen.number, saved.version)
    billed = bill_invoice(
        seen.id, invoice_sheet(seen.id).version, chance.choice((Signature.CARD, Signature.DEGRADED)), author
    )
    if isinstance(billed, Billed):
        say("billed", seen.number, billed.version)
    if isinstance(valid := validate_invoice(seen.id, None, author, book=our_book()), Validated):
        say("validated", seen.number, valid.version)


def die_somewhere(chance: random.Random) -> None:
    """SIGKILL from within: in the middle of some statement, or around the writing of a lot's file."""
    left = chance.randrange(200, 9000)

    def step() -> int:
        nonlocal left
        left -= 1
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    connection: Any = db.connection()
    connection.set_progress_handler(step, 50)
    settle_folder = whole_file.settle_folder

    def maybe_die(folder: Path) -> None:
        if chance.random() < 0.3:
            os.kill(os.getpid(), signal.SIGKILL)
        settle_folder(folder)

    whole_file.settle_folder = maybe_die


def main() -> None:
    """Open the practice and do what was asked."""
    base, folder, task, seed = sys.argv[1:]
    chance = random.Random(int(seed))
    practice = locate(base, Path(folder))
    open_practice(practice)
    author = Author.now(f"poste {seed}")
    if task == "cancel":
        cancel_all(author)
    else:
        if task == "die":
            die_somewhere(chance)
        work(practice, author, chance)


if __name__ == "__main__":
    main()
