"""A quarter, day after day: what comes, what the desk does of it, what leaves; and that every cent is in one place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from models.commands.operators import Enrolled, enrol
from models.commands.reserve_numbers import Reserved, reserve_numbers
from models.domain.author import Author
from models.domain.numbering import Numbering
from models.domain.operators import Operator, Role
from models.domain.place import Practice
from models.formats.b2.read import read_b2
from models.queries.transfers import return_money
from models.queries.verification import breaches
from models.queries.whereabouts import whereabouts
from models.store.database import execute
from tests.models.quarter.account import Account
from tests.models.quarter.caisse import Caisse, Sent
from tests.models.quarter.desk import MANAGER, RECEPTION, Desk, Today
from tests.models.quarter.software import File, Software

_SHARES: Final = ("amo", "amc")
BEGINS: Final = date(2026, 8, 31)


class Quarter:
    """The world around a practice, and what the script knows of it.

    Args:
        seed: of all that happens.
        practice: empty; open where it is worked in by this process.
    """

    def __init__(self, seed: int, practice: Practice) -> None:
        self.seed, self.practice = seed, practice
        self.software, self.caisse, self.account = Software(seed), Caisse(seed), Account()
        self.day = BEGINS
        self._seen: set[str] = set()

    def open_its_doors(self) -> None:
        """The three people are put on the list, and the practice has its range of numbers beside the software's."""
        author = Author(MANAGER, datetime(BEGINS.year, BEGINS.month, BEGINS.day, 8, tzinfo=UTC))
        for name, role in ((MANAGER, Role.MANAGER), (RECEPTION[0], Role.RECEPTION), (RECEPTION[1], Role.PRACTITIONER)):
            assert isinstance(enrol(Operator(name, role), author), Enrolled)
        assert isinstance(reserve_numbers(Numbering(), author), Reserved)

    def comes(self) -> Today:
        """What comes on this day."""
        letters = tuple(self.caisse.letters(self.day))
        anew = [
            self.software.redo(each.practitioner, each.lot, each.made_on, self.day) for each in letters if each.redone
        ]
        files = (*anew, *self.software.files(self.day))
        return Today(self.day, files, tuple(self.caisse.returns(self.day)), letters)

    def desk(self, today: Today, *, told: bool = True) -> Desk:
        """The people; the account is told what they do, unless what is killed could tell it half."""
        return Desk(self.seed, self.practice, today, self._tell if told else _tell_nobody)

    def leaves(self, today: Today, *, told: bool = True) -> None:
        """The day is over: what was imported or written today is with the caisses."""
        for file in today.files:
            self.caisse.take(file.data, self.day, own=False)
        for path in sorted(self.practice.outbox.glob("*.b2")):
            data = path.read_bytes()
            digest = hashlib.sha256(data).hexdigest()
            if digest not in self._seen:
                self._seen.add(digest)
                for sent in self.caisse.take(data, self.day, own=True):
                    if told:
                        self.account.sent(_row_of(sent), sent)
        self.day += timedelta(days=1)

    def live(self) -> None:
        """One whole day."""
        today = self.comes()
        for task in self.desk(today).tasks():
            task()
        self.leaves(today)

    def _tell(self, what: str, *about: Any, **more: Any) -> None:
        if what == "imported":
            (file,) = about
            for sent in _sent_in(file):
                row = _row_of(sent)
                if row not in self.account.docs:
                    self.account.sent(row, sent)
            return
        getattr(self.account, what)(*about, **more)

    def play(self, days: int) -> None:
        """So many days, each with its account; at the end all is looked at."""
        self.open_its_doors()
        for _ in range(days):
            self.live()
            self.agrees()
        self.is_sound()

    def agrees(self) -> None:
        """Each cent is where the script knows it to be, and each return brought what its file says."""
        found = whereabouts()
        assert sum(line.cents for line in found.places) == found.sent
        assert {str(line.place): line.cents for line in found.places} == dict(self.account.places())
        assert asdict(found.brought) == asdict(self.account.whole())
        assert found.brought.by_files == sum(self.account.transfers.values())
        self.each_invoice_agrees()

    def each_invoice_agrees(self) -> None:
        """What is known of both shares of each invoice, and the number of each."""
        columns = "id, number, amo_state, amo_paid, amc_state, amc_paid"
        rows = execute(f"SELECT {columns} FROM invoice ORDER BY id").fetchall()
        known = self.account.docs
        assert {row[0]: row[1] for row in rows} == {key: doc.number for key, doc in known.items()}
        for key, number, *found in rows:
            doc = known[key]
            shares = doc.shares if doc.stands in {"sent", "cancelled"} else {}
            expected = [(shares[name].said, shares[name].paid) if name in shares else ("none", 0) for name in _SHARES]
            assert [part for share in expected for part in share] == found, number

    def is_sound(self) -> None:
        """The transfers of each return come to what its file says, numbers have no hole, and `verifier` is silent."""
        for source, cents in self.account.transfers.items():
            assert return_money(source).total == cents
        assert list(breaches(self.practice)) == []


def _tell_nobody(*_: object, **__: object) -> None:
    """Who is killed on the way has not told it all."""


def _sent_in(file: File) -> Iterator[Sent]:
    for lot in read_b2(file.data).lots:
        for invoice in lot.invoices:
            yield Sent(invoice, lot.number, lot.created_on)


def _row_of(sent: Sent) -> int:
    """The invoice of the practice that this is."""
    practitioner, number, billed_on = sent.key
    ((row,),) = execute(
        "SELECT i.id FROM invoice i JOIN practitioner p ON p.id = i.practitioner_id"
        " WHERE p.number = ? AND i.number = ? AND i.billed_on = ?",
        (practitioner, number, billed_on.isoformat()),
    ).fetchall()
    return int(row)


def standings() -> tuple[object, ...]:
    """All that the quarter came to, but for the numbers of lots: a lot that was cut has another one."""
    columns = (
        "p.number, i.number, i.kind, i.state, i.billed_on, i.amo_state, i.amo_paid, i.amc_state, i.amc_paid, i.amo,"
        " i.amc, i.filed_until, i.replaces_id, i.dre_of_id, i.amo_rejection, i.settlement"
    )
    invoices = execute(f"SELECT {columns} FROM invoice i JOIN practitioner p ON p.id = i.practitioner_id ORDER BY i.id")
    answers = execute("SELECT number, outcome, settled FROM answer ORDER BY id")
    return (whereabouts(), invoices.fetchall(), answers.fetchall())
