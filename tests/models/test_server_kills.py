"""Desks with their screens open, killed; their sessions ended; their server killed: what was said to be done is done.

ACCUEIL_LONG=1 kills five hundred times, on a server of its own; a screen that was not killed itself never ends, and
is at work again once its server is.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from models.commands.settle_lot import ReleasedLot, settle_doubt
from models.domain.exchanges import LotStatus
from models.domain.lists import ListName
from models.domain.place import Practice, locate
from models.formats.b2.read import read_b2
from models.practice import close_practice, open_practice
from models.queries.invoice_row import ListView
from models.queries.lots import own_lots
from models.queries.verification import breaches
from models.queries.windows import every_row
from models.reference.identifiers import nir_key
from models.store.database import execute
from tests.models.practice import SOPHIE, an_answer, an_invoice, hear, sheet, take_in
from tests.models.screen_desk import work_for_ever
from tests.own_server import OwnServer, can_start
from tests.practices import follow_the_files

KILLS: Final = int(os.environ.get("ACCUEIL_KILLS", "500"))
DESKS: Final = 3
INVOICES: Final = 900
LOTS: Final = 4
SEED: Final = int(os.environ.get("ACCUEIL_SEED", "1"))
PATIENCE: Final = 90.0
"""Seconds in which a desk must be at work again."""

if not os.environ.get("ACCUEIL_LONG") or not can_start():
    pytest.skip("a long campaign, on a server that it may kill", allow_module_level=True)


class ScreenProcess:
    """A desk in a process of its own, and what it said: (moment, what, about what…).

    Args:
        practice: where it works; closed in this process.
        name: whose desk it is; what is done there follows from it.
    """

    def __init__(self, practice: Practice, name: str) -> None:
        self.name, self.said = name, list[list[Any]]()
        self._told = practice.folder / f"{name}.txt"
        """What it told on its way out, had it one."""
        reading, writing = os.pipe()
        self.process = os.fork()  # of a process that has read the program: to begin anew takes two seconds
        if self.process == 0:
            try:
                os.dup2(writing, 1)
                os.dup2(os.open(self._told, os.O_CREAT | os.O_WRONLY, 0o600), 2)
                sys.stdout, sys.stderr = os.fdopen(1, "w", closefd=False), os.fdopen(2, "w", closefd=False)
                work_for_ever(practice, name)
            finally:
                traceback.print_exc()
                sys.stderr.flush()
                os._exit(1)
        os.close(writing)
        self._reader = threading.Thread(target=self._read, args=(reading,), daemon=True)
        self._reader.start()
        self._ended = False

    def _read(self, descriptor: int) -> None:
        with os.fdopen(descriptor) as output:
            for line in output:
                if line.endswith("\n"):  # what is cut was not said
                    self.said.append(json.loads(line))

    def is_at_work_since(self, moment: float) -> bool:
        """Whether it has done something since then."""
        return any(at > moment and what in DONE for at, what, *_ in self.said[-50:])

    def incident(self) -> str:
        """What it ended with by itself; empty where it goes on."""
        if not self._ended:
            self._ended = os.waitpid(self.process, os.WNOHANG)[0] != 0
        return f"{self.name} ended by itself:\n{self._told.read_text()}" if self._ended else ""

    def kill(self) -> None:
        """SIGKILL, and read what it had said."""
        if not self._ended:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
            self._ended = True
        self._reader.join()


DONE: Final = {"cancelled", "validated", "sent", "decided"}


@pytest.fixture
def server() -> Iterator[OwnServer]:
    """A server that this test may kill."""
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        Path(folder).chmod(0o755)
        (Path(folder) / "s").mkdir()
        own = OwnServer(Path(folder) / "s")
        yield own
        close_practice()
        own.stop()


def full_practice(server: OwnServer, folder: Path) -> Practice:
    """A practice there with thousands of rejected invoices, each of another insured; closed."""
    practice = locate(server.url, folder)
    follow_the_files(practice)
    open_practice(practice)
    for lot in range(LOTS):
        numbers = range(1001 + lot * INVOICES, 1001 + (lot + 1) * INVOICES)
        invoices = [an_invoice(number, nir=f"1840533{number:06d}") for number in numbers]
        assert all(invoice.nir_key == f"{nir_key(invoice.nir):02d}" for invoice in invoices)
        take_in(*invoices, lot=lot + 1)
        hear(*(an_answer(invoice, "rejected", code="0999 001") for invoice in invoices), reference=f"K{lot:05d}")
    close_practice()
    return practice


class Campaign:
    """So many kills, each at a moment that nobody chose."""

    def __init__(self, server: OwnServer, practice: Practice) -> None:
        self.server, self.practice = server, practice
        self.chance = random.Random(SEED)
        self.count = 0
        self.desks = [self.new_desk() for _ in range(DESKS)]
        self.dead: list[ScreenProcess] = []
        self.kills = Counter[str]()
        self.cuts: list[tuple[float, str]] = []
        """When a session or a desk was cut, and whose; « » for all of them."""
        self.slowest = 0.0
        self.begun = time.monotonic()

    def new_desk(self) -> ScreenProcess:
        """Somebody sits down."""
        self.count += 1
        return ScreenProcess(self.practice, f"poste {self.count}")

    def run(self, kills: int) -> None:
        """Kill, and see that all go on, again and again."""
        self.all_at_work(time.monotonic())
        for _ in range(kills):
            time.sleep(self.chance.random() * 1.5)  # any moment is good
            kind = self.chance.choices(("client", "backend", "sigkill", "immediate"), (2, 5, 1, 1))[0]
            moment = getattr(self, kind)()
            self.kills[kind] += 1
            if self.kills.total() % 25 == 0:
                print(dict(self.kills), f"{time.monotonic() - self.begun:.0f} s", flush=True)
            assert not (told := "".join(desk.incident() for desk in self.desks)), told
            if self.chance.random() < 0.12:
                self.all_at_work(moment)
        self.all_at_work(time.monotonic())
        for desk in self.desks:
            desk.kill()
            self.cuts.append((time.monotonic(), desk.name))
        self.dead += self.desks

    def all_at_work(self, moment: float) -> None:
        """Wait until each desk has done something since."""
        while not all(desk.is_at_work_since(moment) for desk in self.desks):
            assert not (told := "".join(desk.incident() for desk in self.desks)), told
            assert time.monotonic() < moment + PATIENCE, [desk.said[-5:] for desk in self.desks]
            time.sleep(0.01)
        self.slowest = max(self.slowest, time.monotonic() - moment)

    def client(self) -> float:
        """A desk is killed, and somebody sits down at another."""
        which = self.chance.randrange(DESKS)
        self.cuts.append((time.monotonic(), self.desks[which].name))
        self.desks[which].kill()
        self.dead.append(self.desks[which])
        self.desks[which] = self.new_desk()
        return time.monotonic()

    def backend(self) -> float:
        """One session or all of them are ended."""
        import psycopg

        every = self.chance.random() < 0.3
        with psycopg.connect(self.server.url, autocommit=True) as own:
            mine = "FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
            sessions = [pid for (pid,) in own.execute(f"SELECT pid {mine}".encode())]
            self.cuts.append((time.monotonic(), ""))
            for pid in sessions if every else self.chance.sample(sessions, min(1, len(sessions))):
                own.execute("SELECT pg_terminate_backend(%s)", [pid])
        return time.monotonic()

    def sigkill(self) -> float:
        """The server's first process is killed, and it is started again."""
        self.cuts.append((time.monotonic(), ""))
        self.server.kill()
        return self.started_again()

    def immediate(self) -> float:
        """The server ends as in a crash, and is started again."""
        self.cuts.append((time.monotonic(), ""))
        self.server.crash()
        return self.started_again()

    def started_again(self) -> float:
        time.sleep(self.chance.random() * 0.5)
        self.server.start()
        return time.monotonic()

    def told(self, what: str) -> list[list[Any]]:
        """All that any desk said of this: the moment, the desk, about what."""
        return sorted([at, desk.name, *about] for desk in self.dead for at, kind, *about in desk.said if kind == what)


def test_nothing_is_lost_nor_twice_whatever_is_killed_with_screens_open(server: OwnServer, tmp_path: Path) -> None:
    practice = full_practice(server, tmp_path)
    campaign = Campaign(server, practice)
    try:
        campaign.run(KILLS)
    finally:
        for desk in campaign.desks:
            desk.kill()
    open_practice(practice)
    holds_what_was_said(campaign)
    no_number_is_twice()
    no_doubt_was_false(campaign)
    for lot in own_lots(LotStatus.IN_DOUBT):
        assert isinstance(settle_doubt(lot.id, False, practice.outbox, SOPHIE), ReleasedLot)
    no_invoice_left_twice(practice)
    assert list(breaches(practice)) == []
    done = {what: len(campaign.told(what)) for what in (*DONE, "away", "doubt", "sending")}
    print(dict(campaign.kills), done, f"slowest {campaign.slowest:.1f} s")


def holds_what_was_said(campaign: Campaign) -> None:
    """Each thing that a screen said was done."""
    successors = {row.replaces: row.number for row in every_row(ListView(ListName.ALL)) if row.replaces}
    for _, _, old, new in campaign.told("cancelled"):
        assert successors[old] == new
    sent = {lot.file_name for lot in own_lots(LotStatus.SENT)}
    for _, _, file in campaign.told("sent"):
        assert file in sent
        assert (campaign.practice.outbox / file).is_file()
    for _, _, number in campaign.told("validated"):
        assert sheet(number).state in {"validated", "transmitted"}


def no_number_is_twice() -> None:
    """And none is missing in between."""
    own = [
        number for (number,) in execute("SELECT number FROM invoice WHERE origin = 'own' ORDER BY number").fetchall()
    ]
    assert own == list(range(1001 + LOTS * INVOICES, 1001 + LOTS * INVOICES + len(own)))
    (live,) = execute("SELECT count(DISTINCT replaces_id) FROM invoice WHERE origin = 'own'").fetchone()
    assert live == len(own)


def no_doubt_was_false(campaign: Campaign) -> None:
    """A lot that was said to be en doute was not ended by its writer, but by who decided on it."""
    decided = {(desk, lot) for _, desk, lot in campaign.told("decided")}
    for _, desk, lot, number, writer in campaign.told("doubt"):
        ended = "SELECT operator FROM journal_entry WHERE subject = ? AND action = 'send_lot' AND operator = ?"
        if (writer, number) not in decided:
            assert execute(ended, (f"batch {lot}", writer)).fetchall() == [], (desk, number)


def no_invoice_left_twice(practice: Practice) -> None:
    """By the files themselves: what lies in the outbox under its name has left."""
    left = Counter(
        invoice.number
        for file in practice.outbox.glob("*.b2")
        for lot in read_b2(file.read_bytes()).lots
        for invoice in lot.invoices
    )
    assert not [number for number, times in left.items() if times > 1]
    sent = "SELECT number FROM invoice WHERE origin = 'own' AND state = 'transmitted'"
    assert set(left) == {number for (number,) in execute(sent).fetchall()}
