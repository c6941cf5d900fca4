"""No bare string of a closed list stands outside the enum that holds it: a misspelt one would pass every check."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Final

import pytest

from models.domain.exchanges import AnswerOutcome, Decision, LotStatus
from models.domain.findings import CheckName, FindingLevel
from models.domain.lists import ListName
from models.domain.states import InvoiceState, Origin, RightSource, ShareName, ShareState, Signature

ROOT: Final = Path(__file__).parents[2]

LISTS: Final[tuple[type[StrEnum], ...]] = (
    *(InvoiceState, ShareState, ShareName, Signature, Origin, RightSource),
    *(LotStatus, AnswerOutcome, Decision, FindingLevel, CheckName, ListName),
)

SPOKEN: Final = frozenset(
    {
        *("partly_paid", "reprocessing", "cancelled", "in_doubt", "not_sent", "after_payment", "contradictory"),
        *("no_card", "degraded", "unsecured", "pending", "deferred", "dismissed", "duplicate", "attestation"),
        *("blocking", "advice", "imported", "rejected", "même rejet", "ordre des lignes", "resend_dre", "void_lot"),
    }
)
"""Values that mean nothing else: they stand nowhere as bare text."""

COMPARED: Final = frozenset(member.value for kind in LISTS for member in kind) - {""}
"""What nothing may be compared with as bare text, and no outcome may be matched with."""


def bare(source: str) -> Iterator[tuple[int, str]]:
    """The lines of a module where a value of a closed list stands as bare text."""
    tree = ast.parse(source)
    told = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) or (isinstance(node, ast.ClassDef) and "StrEnum" in map(ast.unparse, node.bases))
        for part in ([node.value] if isinstance(node, ast.Expr) else ast.walk(node))
    }
    """What is no value here: a docstring, or what makes a closed list."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            values = [item for side in sides for item in getattr(side, "elts", [side])]
        elif isinstance(node, ast.MatchValue):
            values = [node.value]
        elif isinstance(node, ast.Constant) and id(node) not in told:
            values = [node] if node.value in SPOKEN else []
        else:
            continue
        for value in values:
            if isinstance(value, ast.Constant) and value.value in COMPARED | SPOKEN:
                yield value.lineno, str(value.value)


ELSEWHERE: Final = frozenset(
    {
        ("models/commands/cancel.py", "cancelled"),  # a member of the journal's entry
        ("tui/text/journal.py", "cancelled"),  # the same member
        ("tui/command_line/first_page.py", "none"),  # how many colours a terminal has
        ("tui/command_line/overview.py", "rejected"),  # a member of the documented JSON
        ("tui/command_line/text_twin.py", "unvalidated"),  # the name of a screen
        ("tui/text/state_words.py", "attestation"),  # the French word
        ("tui/text/papers.py", "attestation"),  # the same
        ("tui/command_line/paper_arguments.py", "attestation"),  # the same, as it is typed
        ("tui/text/found.py", "dre"),  # a word that was typed
        ("tui/terminal/environment.py", "unknown"),  # a value of TERM
    }
)
"""Where the same word is not a value of the closed list, and why."""


def test_no_value_of_a_closed_list_stands_outside_its_enum() -> None:
    found = {
        (name, value): f"{name}:{line}: {value!r}"
        for top in ("models", "tui")
        for path in sorted((ROOT / top).rglob("*.py"))
        if (name := str(path.relative_to(ROOT))) and "migrations" not in path.parts
        for line, value in bare(path.read_text(encoding="utf-8"))
    }
    assert [found[key] for key in sorted(found.keys() - ELSEWHERE)] == []
    assert found.keys() >= ELSEWHERE, "an exception that is no longer one"


@pytest.mark.parametrize(
    "planted",
    [
        'if invoice.state == "rejectd" or invoice.state == "paid": pass',
        'wait = row.amc_state in {"none", "late"}',
        'set_state(invoice, "cancelled")',
        'Lot.create(status="in_doubt")',
        '_WORDS = {"partly_paid": "partiel"}',
        'match answer.outcome:\n    case "applied": pass',
    ],
)
def test_a_planted_one_is_found(planted: str) -> None:
    assert list(bare(planted))
