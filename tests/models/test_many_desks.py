"""Eight desks do the same work at the same moment: each invoice is cancelled once, numbers stay without a hole."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from models.domain.lists import ListName
from models.domain.place import Practice
from models.queries.invoice_row import ListView
from models.queries.verification import breaches
from models.queries.windows import every_row
from tests.models.practice import an_answer, an_invoice, hear, take_in

ROOT = Path(__file__).parents[2]
DESK = (sys.executable, "-m", "tests.models.desk")
DESKS, INVOICES = 8, 60


def run_desks(practice: Practice, count: int) -> list[tuple[str, int, int]]:
    """Let `count` processes cancel everything at once; what each said."""
    desks = [
        subprocess.Popen(
            [*DESK, practice.location, str(practice.folder), "cancel", str(seed)],
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for seed in range(count)
    ]
    for desk in desks:
        assert desk.stdin is not None
        desk.stdin.write("\n")
        desk.stdin.flush()
    said = [desk.communicate(timeout=600) for desk in desks]
    assert [errors for _, errors in said] == [""] * count
    assert [desk.returncode for desk in desks] == [0] * count
    return [tuple(json.loads(line)) for words, _ in said for line in words.splitlines()]


def test_each_invoice_is_cancelled_by_exactly_one_desk(practice: Practice) -> None:
    compete(practice)


def compete(practice: Practice) -> None:
    """Let eight desks cancel the same sixty invoices, and hold what came of it against what each said."""
    invoices = [an_invoice(1001 + index) for index in range(INVOICES)]
    take_in(*invoices)
    hear(*(an_answer(invoice, "rejected") for invoice in invoices))
    said = run_desks(practice, DESKS)
    assert Counter(kind for kind, _, _ in said) == {"Cancelled": INVOICES, "Refused": INVOICES * (DESKS - 1)}
    done = {old: new for kind, old, new in said if kind == "Cancelled"}
    assert sorted(done) == [invoice.number for invoice in invoices]
    first = 1001 + INVOICES
    assert sorted(done.values()) == list(range(first, first + INVOICES))
    successors = {row.replaces: row.number for row in every_row(ListView(ListName.UNVALIDATED))}
    assert successors == done
    assert list(breaches(practice)) == []
