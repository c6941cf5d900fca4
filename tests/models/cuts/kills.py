"""Processes that end at a random moment: before a statement or within it, around a call on the disk, at any time."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from models.commands.bill import Billed, bill_invoice
from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.validate import Validated, validate_invoice
from models.domain.author import Author
from models.domain.faults import PracticeFault
from models.domain.lists import ListName
from models.domain.place import Practice
from models.domain.states import Signature
from models.practice import close_practice, open_practice
from models.queries.invoice_row import ListView
from models.queries.windows import page
from models.reference.rejections import our_book
from models.store import cipher
from tests.models.cuts.flows import FLOWS, Flow, Say, crowded, done, place_in, send
from tests.models.cuts.left import BEGIN, wrong

CALLS: Final = (
    *("open", "close", "write", "pwrite", "fsync", "fdatasync", "rename", "replace", "link", "unlink", "mkdir"),
    *("rmdir", "ftruncate", "chmod"),
)
OFTEN: Final = 200
"""Steps of SQLite between two moments within a statement."""
DESKS: Final = 3

Play = Callable[[Practice, Say], None]


@dataclass
class Kills:
    """What a campaign came to: how many were killed, how many got to their end first, and what was wrong."""

    killed: int = 0
    ended: int = 0
    wrong: Counter[str] = field(default_factory=Counter)


class Clock:
    """Counts the moments of each kind in this process; the process is killed at one of them.

    Args:
        kind: « statement », « step », « call », « time »; '' only counts.
        at: which one; of the time, in microseconds.
    """

    def __init__(self, kind: str, at: int) -> None:
        self._kind, self._at = kind, at
        self.counted: Counter[str] = Counter()
        self._begun = time.monotonic()

    def start(self) -> None:
        opened = vars(cipher)["_opened"]

        def watched(*args: Any) -> Any:
            connection = opened(*args)
            connection.set_trace_callback(lambda _: self.tick("statement"))
            connection.set_progress_handler(lambda: self.tick("step"), OFTEN)
            return connection

        vars(cipher)["_opened"] = watched
        for name in CALLS:
            vars(os)[name] = self._around(vars(os)[name])
        if self._kind == "time":
            signal.setitimer(signal.ITIMER_REAL, self._at / 1_000_000)  # nobody takes the signal: it kills

    def _around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def around(*args: Any, **named: Any) -> Any:
            self.tick("call")
            found = call(*args, **named)
            self.tick("call")
            return found

        return around

    def tick(self, kind: str) -> int:
        self.counted[kind] += 1
        if kind == self._kind and self.counted[kind] >= self._at:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    def all(self) -> Counter[str]:
        """How many moments there were of each kind."""
        self.counted["time"] = int((time.monotonic() - self._begun) * 1_000_000)
        return self.counted


def desk(play: Play, practice: Practice, clock: Clock) -> tuple[int, int]:
    """Begin a process that plays; its number, and where what it says is read."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        write = os.write  # the one that is not counted

        def say(*words: object) -> None:
            write(writing, json.dumps(words).encode() + b"\n")

        clock.start()
        play(practice, say)
        say("moments", clock.all())
        os._exit(0)
    except BaseException:  # noqa: BLE001 - a process of its own: it must not go on as the test
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)


def heard(reading: int) -> list[list[Any]]:
    """What a process said, whole lines."""
    with os.fdopen(reading, "rb") as said:
        return [json.loads(line) for line in said.read().splitlines(keepends=True) if line.endswith(b"\n")]


def moments(play: Play, practice: Practice) -> dict[str, int]:
    """How many moments of each kind there are until it ends."""
    child, reading = desk(play, practice, Clock("", 0))
    said = heard(reading)
    assert os.waitpid(child, 0)[1] == 0
    counted: dict[str, int] = said[-1][1]
    return counted


def killed(play: Play, practice: Practice, all_of: dict[str, int], chance: random.Random, desks: int = 1) -> Any:
    """Let desks play, each to be killed somewhere; what they acknowledged, and how many were killed."""
    begun = []
    for _ in range(desks):
        kind = chance.choice([kind for kind in all_of if all_of[kind]])
        begun.append(desk(play, practice, Clock(kind, chance.randint(1, all_of[kind]))))
    said = [line for _, reading in begun for line in heard(reading)]
    died = 0
    for child, _ in begun:
        status = os.waitpid(child, 0)[1]
        died += os.WIFSIGNALED(status)
        if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status):
            said.append(["failed"])
    return [line for line in said if line[0] != "moments"], died


def crowd(practice: Practice, say: Say) -> None:
    """One of several desks that do the same work at the same moment."""
    author = Author.now(f"poste {os.getpid()}")
    try:
        open_practice(practice)
        for row in page(ListView(ListName.CANCELLABLE), None, 8):
            outcome = cancel_invoice(row.id, row.version, author)
            if isinstance(outcome, Cancelled):
                done(say, "cancelled", outcome.new_number)
        for row in page(ListView(ListName.UNVALIDATED), None, 8):
            if isinstance(bill_invoice(row.id, row.version, Signature.DEGRADED, author), Billed):
                done(say, "billed")
            if isinstance(validate_invoice(row.id, None, author, book=our_book(), reason="vu"), Validated):
                done(say, "validated")
        send(practice, say)
    except PracticeFault as fault:
        if "occupée" not in str(fault):
            raise


CROWD: Final = Flow(crowded, crowd)


def campaign(name: str, root: Path, kills: int, seed: int) -> Kills:
    """Kill whoever plays a flow until so many were killed; « crowd » is three desks at once."""
    flow, desks = (CROWD, DESKS) if name == "crowd" else (FLOWS[name], 1)
    chance = random.Random(f"{name} {seed}")
    origin, work = root / "origin", root / "work"
    vars(shutil).update(_USE_CP_SENDFILE=False)
    (work / "cabinet").mkdir(parents=True)
    flow.make(work / "cabinet")
    close_practice()
    if name in BEGIN:
        (work / "cabinet").rmdir()
    work.rename(origin)

    def anew() -> Practice:
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(origin, work)
        return place_in(work)

    all_of = moments(flow.play, anew())
    found = Kills()
    while found.killed < kills:
        practice = anew()
        said, died = killed(flow.play, practice, all_of, chance, desks)
        found.killed += died
        found.ended += desks - died
        for what in wrong(practice, said, create=name in BEGIN, was_sent=chance.random() < 0.5):
            found.wrong[f"{name}: {what.replace(str(root), '')}"] += 1
    return found
