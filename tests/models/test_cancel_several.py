"""Annuler several: each decided on as if it came alone, one transaction, one entry that names them all."""

from __future__ import annotations

import json

import pytest

from models.commands.cancel import cancel_invoice, cancel_invoices
from models.commands.outcomes import Stale
from models.domain.faults import PracticeFault
from models.domain.patience import GivenUp
from models.domain.place import Practice
from models.domain.refusals import Refusal, Refused
from models.queries.verification import breaches
from models.tables.journal import JournalEntry, who_changed
from tests.models.practice import CLAIRE, SOPHIE, an_answer, an_invoice, contents, hear, rejected, sheet, take_in


def entries() -> list[tuple[str, str]]:
    """What the journal says was done, on what."""
    return [(entry.action, entry.subject) for entry in JournalEntry.select().order_by(JournalEntry.id)]


def test_all_that_may_be_is_cancelled_under_one_entry_and_the_rest_is_left_with_its_reason(practice: Practice) -> None:
    first, second, third = rejected(1001), rejected(1101), rejected(1201, code="0460 051")
    paid = an_invoice(1301)
    take_in(paid, lot=999)
    hear(an_answer(paid, "paid"), reference="J09999")
    before = entries()
    wanted = [(first.id, first.version), (sheet(1301).id, None), (second.id, None), (third.id, third.version)]
    outcome = cancel_invoices(wanted, SOPHIE)
    assert [(one.old_number, one.new_number) for one in outcome.cancelled] == [(1001, 1302), (1101, 1303), (1201, 1304)]
    assert [(left.number, left.why) for left in outcome.left] == [(1301, Refused(Refusal.PAID))]
    assert entries() == [*before, ("cancel", "invoices 3")]
    kept = json.loads(JournalEntry.select().order_by(JournalEntry.id.desc()).first().detail)["cancelled"]
    assert kept[2] == {"old": 1201, "new": 1304, "rejection": "0460 051"}
    assert who_changed(third.id, third.version)[0][0] == SOPHIE.operator
    assert list(breaches(practice)) == []


def test_one_that_another_desk_cancelled_meanwhile_does_not_stop_the_others(practice: Practice) -> None:
    first, second = rejected(1001), rejected(1101)
    cancel_invoice(first.id, first.version, CLAIRE)
    successor = sheet(1001).replaced_by
    outcome = cancel_invoices([(first.id, first.version), (second.id, second.version)], SOPHIE)
    assert [left.why for left in outcome.left] == [Refused(Refusal.CANCELLED, successor)]
    assert [one.old_number for one in outcome.cancelled] == [1101]


def test_one_that_changed_since_it_was_read_says_by_whom(practice: Practice) -> None:
    first, second = rejected(1001), rejected(1101)
    outcome = cancel_invoices([(first.id, first.version - 1), (second.id, second.version)], SOPHIE)
    (left,) = outcome.left
    assert isinstance(left.why, Stale)
    assert [one.old_number for one in outcome.cancelled] == [1101]


def test_a_fault_half_way_undoes_all(practice: Practice) -> None:
    first = rejected(1001)
    before = contents()
    with pytest.raises(PracticeFault):
        cancel_invoices([(first.id, first.version), (987654, None)], SOPHIE)
    assert contents() == before


def test_given_up_half_way_undoes_all(practice: Practice) -> None:
    wanted = [(one.id, one.version) for one in (rejected(1001), rejected(1101))]
    before = contents()

    def gives_up(done: int, total: int) -> None:
        if done == total - 1:
            raise GivenUp

    with pytest.raises(GivenUp):
        cancel_invoices(wanted, SOPHIE, gives_up)
    assert contents() == before
    assert list(breaches(practice)) == []


def test_where_all_are_refused_nothing_is_written(practice: Practice) -> None:
    first = rejected(1001)
    cancel_invoice(first.id, first.version, CLAIRE)
    before = contents()
    assert cancel_invoices([(first.id, first.version)], SOPHIE).cancelled == ()
    assert contents() == before
