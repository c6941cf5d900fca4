"""Which answers wait and which stand: the same for the program, for its SQL, and for the lists' first rows."""

from __future__ import annotations

from itertools import product

import pytest

from models.domain.exchanges import AnswerOutcome, Decision
from models.domain.place import Practice
from models.queries.invoice_row import ListView
from models.queries.returns import aside_answers
from models.queries.sheets import reasons_of
from models.queries.windows import page
from models.store.database import db
from models.tables.aside import ASIDE
from models.tables.returns import Answer
from tests.models.practice import rejected


@pytest.mark.parametrize(("outcome", "decision"), product(AnswerOutcome, Decision))
def test_an_answer_waits_or_stands_everywhere_alike(
    practice: Practice, outcome: AnswerOutcome, decision: Decision
) -> None:
    invoice = rejected()
    Answer.update(outcome=outcome, settled=decision).execute()
    waits = outcome.aside and decision is Decision.NONE
    (row,) = page(ListView(), None, 5)
    assert (len(aside_answers()), row.aside) == (waits, waits)
    stands = decision is Decision.TAKEN or (outcome is AnswerOutcome.APPLIED and decision is not Decision.WITHDRAWN)
    assert bool(reasons_of([invoice.id])[invoice.id]) == stands


def test_the_answers_that_wait_are_found_by_their_index(practice: Practice) -> None:
    plan = db.execute_sql(f"EXPLAIN QUERY PLAN SELECT count(*) FROM answer WHERE {ASIDE}").fetchall()
    assert "answer_aside" in str(plan)
