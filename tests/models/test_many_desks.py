"""Desks do the same work at the same moment: each invoice is cancelled once, numbers stay without a hole.

ACCUEIL_LONG=1 lets twenty desks try five thousand invoices each.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Final

from models.domain.lists import ListName
from models.domain.place import Practice
from models.queries.invoice_row import ListView
from models.queries.verification import breaches
from models.queries.windows import every_row
from tests.models.practice import an_answer, an_invoice, hear, take_in

ROOT = Path(__file__).parents[2]
DESK = (sys.executable, "-m", "tests.models.desk")
LONG: Final = bool(os.environ.get("ACCUEIL_LONG"))
DESKS: Final = 20 if LONG else 8
INVOICES: Final = int(os.environ.get("ACCUEIL_INVOICES", "5000")) if LONG else 60
"""Which each of the desks tries to cancel."""
IN_A_LOT: Final = 900


def run_desks(practice: Practice, count: int) -> list[tuple[str, int, int]]:
    """Let `count` processes cancel everything at once; what each said."""
    told = [practice.folder / f"dit-{seed}.txt" for seed in range(count)]  # a pipe that is full would hold a desk up
    desks = [
        subprocess.Popen(
            [*DESK, practice.location, str(practice.folder), "cancel", str(seed)],
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=told[seed].open("w"),
            stderr=subprocess.PIPE,
        )
        for seed in range(count)
    ]
    for desk in desks:
        assert desk.stdin is not None
        desk.stdin.write("\n")
        desk.stdin.flush()
    errors = [desk.communicate(timeout=3600)[1] for desk in desks]
    assert errors == [""] * count
    assert [desk.returncode for desk in desks] == [0] * count
    return [tuple(json.loads(line)) for file in told for line in file.read_text().splitlines()]


def test_each_invoice_is_cancelled_by_exactly_one_desk(practice: Practice) -> None:
    compete(practice)


def compete(practice: Practice) -> None:
    """Let the desks cancel the same invoices, and hold what came of it against what each said."""
    invoices = [an_invoice(1001 + index) for index in range(INVOICES)]
    for lot, start in enumerate(range(0, INVOICES, IN_A_LOT)):
        some = invoices[start : start + IN_A_LOT]
        take_in(*some, lot=lot + 1)
        hear(*(an_answer(invoice, "rejected") for invoice in some), reference=f"M{lot:05d}")
    said = run_desks(practice, DESKS)
    assert Counter(kind for kind, _, _ in said) == {"Cancelled": INVOICES, "Refused": INVOICES * (DESKS - 1)}
    done = {old: new for kind, old, new in said if kind == "Cancelled"}
    assert sorted(done) == [invoice.number for invoice in invoices]
    first = 1001 + INVOICES
    assert sorted(done.values()) == list(range(first, first + INVOICES))
    successors = {row.replaces: row.number for row in every_row(ListView(ListName.UNVALIDATED))}
    assert successors == done
    assert list(breaches(practice)) == []
