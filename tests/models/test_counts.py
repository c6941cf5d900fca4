"""The counts beside the menus: right after whatever happens to an invoice, and read without walking through them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.commands.transmit import transmit_all
from models.domain.place import Practice
from models.domain.states import InvoiceState
from models.queries.counts import by_rank, counted_by_rank, counts
from models.store.database import db
from tests.models.practice import SOPHIE, an_answer, an_invoice, cancelled, hear, ready, rejected, take_in


def explained(monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> list[str]:
    """How SQLite goes about each statement of this work."""
    plans: list[str] = []
    run = db.obj.execute_sql

    def execute_sql(sql: str, params: object = None) -> object:
        if sql.startswith("SELECT"):
            plans.extend(row[3] for row in run("EXPLAIN QUERY PLAN " + sql, params).fetchall())
        return run(sql, params)

    monkeypatch.setattr(db.obj, "execute_sql", execute_sql)
    work()
    return plans


def test_the_tally_follows_an_invoice_through_its_life(practice: Practice) -> None:
    assert (by_rank(), counts().total) == ({}, 0)
    take_in(*(an_invoice(number) for number in (1001, 1002, 1003)))
    assert counts().by_state == {"transmitted": 3}
    hear(an_answer(an_invoice(1001), "paid"), an_answer(an_invoice(1002), "rejected"))
    assert counts().by_state == {"transmitted": 1, "rejected": 1, "paid": 1}
    cancelled(2001)
    ready(3001)
    assert counts().by_state == {
        **{"transmitted": 1, "rejected": 1, "paid": 1, "cancelled": 2, "unvalidated": 1, "validated": 1}
    }
    transmit_all(practice.outbox, SOPHIE)
    assert counts().of(InvoiceState.VALIDATED, InvoiceState.TRANSMITTED) == 2
    assert "validated" not in counts().by_state
    assert by_rank() == counted_by_rank()


def test_what_is_undone_is_not_counted(practice: Practice) -> None:
    rejected()
    before = by_rank()
    with db.atomic() as work:
        take_in(an_invoice(1002), lot=77)
        assert by_rank() != before
        work.rollback()
    assert by_rank() == before == counted_by_rank()


def test_answers_kept_aside_are_counted_until_they_are_decided(practice: Practice) -> None:
    take_in(an_invoice(1001))
    hear(an_answer(an_invoice(1001), "paid"))
    hear(an_answer(an_invoice(1001), "rejected"), an_answer(an_invoice(4040), "paid"), reference="R00002")
    assert counts().aside == 2
    db.execute_sql("UPDATE answer SET settled = 'left' WHERE number = 4040")
    assert counts().aside == 1


def test_the_counts_walk_through_neither_invoices_nor_answers(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    rejected(settlement="15")
    plans = explained(monkeypatch, counts)
    lots, held = "SCAN t1", "SCAN _wrapped"
    assert [plan for plan in plans if "SCAN" in plan] == [
        "SCAN invoice_tally",
        "SCAN t1 USING INDEX answer_aside",
        held,
        lots,
    ]
    assert any("invoice_amc_state_desk_rank_billed_on_id (amc_state=? AND desk_rank" in plan for plan in plans), plans
