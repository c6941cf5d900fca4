"""A desk killed at any moment: what it had acknowledged is there, what it had not is there in full or not at all."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from models.commands import transmit
from models.commands.bill import bill_invoice
from models.commands.transmit import transmit_all
from models.domain.lists import ListName
from models.domain.place import Practice
from models.domain.states import Signature
from models.practice import close_practice, open_practice
from models.queries.invoice_row import ListView
from models.queries.lots import own_lots
from models.queries.verification import breaches
from models.queries.windows import every_row
from tests.models.kill_points import COMMANDS
from tests.models.practice import SOPHIE, an_answer, an_invoice, cancelled, hear, ready, rejected, sheet, take_in
from tests.models.test_many_desks import DESK, ROOT
from tests.practices import copy_practice, empty_practice

KILLS = 300 if os.environ.get("ACCUEIL_LONG") else 6
FIRST = 1001


def a_busy_day(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Something for every command to do; an answer waits for 9001, 4002 lies in a lot in doubt."""
    invoices = [an_invoice(1001 + index, settlement="15") for index in range(3)]
    take_in(*invoices)
    hear(an_answer(invoices[0], "rejected"), an_answer(invoices[1], "paid", "rejected"))
    hear(an_answer(an_invoice(9001), "rejected"), reference="R00002")
    cancelled(2001)
    new = cancelled(3001)
    bill_invoice(new.id, 1, Signature.CARD, SOPHIE)
    ready(4001)
    with monkeypatch.context() as patch:
        patch.setattr(transmit, "write_whole", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            transmit_all(practice.outbox, SOPHIE)
    ready(5001)
    rejected(6001)
    hear(an_answer(an_invoice(6001), "paid"), reference="R00003")
    close_practice()


TWO_COMMITS = {"transmit"}


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a practice on such a day, closed."""
    folder = tmp_path_factory.mktemp("busy")
    place = copy_practice(empty_practice(), folder)
    open_practice(place)
    with pytest.MonkeyPatch.context() as monkeypatch:
        a_busy_day(place, monkeypatch)
    return folder


@pytest.mark.parametrize("commands", [list(COMMANDS)[which::3] for which in range(3)], ids=", ".join)
def test_a_crash_before_any_statement_leaves_all_of_a_command_or_nothing(
    busy: Path, tmp_path: Path, commands: list[str]
) -> None:
    practice = copy_practice(busy, tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "tests.models.kill_points", str(practice.folder), *commands],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    said = json.loads(done.stdout)
    assert list(said) == commands
    for command in commands:
        assert said[command]["breaches"] == [], command
        assert said[command]["points"] > 5, command
        assert said[command]["contents"] == (3 if command in TWO_COMMITS else 2), command


def killed_from_outside(practice: Practice, seed: int, acknowledged: int) -> list[list[object]]:
    """What a desk had said when it was killed after this many acknowledgements."""
    said = []
    with subprocess.Popen(
        [*DESK, practice.location, str(practice.folder), "work", str(seed)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as desk:
        assert desk.stdout is not None
        for line in desk.stdout:
            said.append(json.loads(line))
            if len(said) == acknowledged:
                desk.send_signal(signal.SIGKILL)
        assert desk.wait() == -signal.SIGKILL
    return said


def killed_from_within(practice: Practice, seed: int) -> list[list[object]]:
    """What a desk had said when it died in the middle of a statement or of a file."""
    desk = subprocess.run(
        [*DESK, practice.location, str(practice.folder), "die", str(seed)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert desk.returncode == -signal.SIGKILL, desk.stderr
    return [json.loads(line) for line in desk.stdout.splitlines()]


def check(said: list[list[object]], practice: Practice) -> None:
    """Whether everything that was acknowledged is there."""
    rows = {row.number: row for row in every_row(ListView(ListName.ALL))}
    for kind, first, *second in said:
        assert isinstance(first, int)
        if kind == "cancelled":
            assert rows[first].replaced_by == second[0]
            assert sheet(first).state == "cancelled"
        elif kind in {"saved", "billed", "validated"}:
            version = second[0]
            assert isinstance(version, int)
            assert rows[first].version >= version
        elif kind == "imported":
            assert first in rows
        elif kind == "rejected":
            assert rows[first].state in {"rejected", "cancelled"}
        elif kind == "sent":
            assert (practice.outbox / str(second[0])).exists()
            assert [lot.status for lot in own_lots(limit=9999) if lot.number == first] == ["sent"]
        elif kind == "settled":
            assert [lot.status for lot in own_lots(limit=9999) if lot.id == first] != ["in_doubt"]


def test_nothing_acknowledged_is_lost_and_nothing_is_half_done(practice: Practice) -> None:
    take_in(an_invoice(FIRST))
    chance = random.Random(20261116)
    total, states = 0, set()
    for seed in range(KILLS):
        close_practice()
        if seed % 2:
            said = killed_from_within(practice, seed)
        else:
            said = killed_from_outside(practice, seed, chance.randrange(1, 40))
        open_practice(practice)
        assert list(breaches(practice)) == []
        check(said, practice)
        total += len(said)
        states |= {lot.status for lot in own_lots()}
    assert total > KILLS * 5
    assert "sent" in states
