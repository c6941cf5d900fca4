"""Numbers: contiguous, never reused, nine digits at most; a jump is told from a hole."""

from __future__ import annotations

import pytest

from models.commands.cancel import Cancelled, cancel_invoice
from models.domain.faults import PracticeFault
from models.domain.place import Practice
from models.queries.verification import breaches
from models.store.database import transaction
from models.tables.numbering import INVOICES, LAST_INVOICE, Counter, keep_above, next_invoice_number, next_lot_number
from tests.models.practice import SOPHIE, TEAM, an_answer, an_invoice, contents, hear, rejected, sheet, take_in


def runs() -> list[tuple[int, int]]:
    """The runs of invoice numbers given out."""
    return [(run.first, run.last) for run in Counter.select().where(Counter.name == INVOICES).order_by(Counter.id)]


def test_the_first_number_is_one_and_the_next_ones_follow(practice: Practice) -> None:
    with transaction():
        assert [next_invoice_number() for _ in range(3)] == [1, 2, 3]
    assert runs() == [(1, 3)]


def test_a_change_that_fails_gives_its_number_back(practice: Practice) -> None:
    def fail() -> None:
        with transaction():
            next_invoice_number()
            raise ZeroDivisionError

    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            fail()
    with transaction():
        assert next_invoice_number() == 1


def test_an_import_moves_the_numbers_up_and_leaves_no_hole_behind(practice: Practice) -> None:
    take_in(an_invoice(1001))
    take_in(an_invoice(5000), lot=2)
    assert runs() == [(5001, 5000)]
    with transaction():
        assert next_invoice_number() == 5001
        keep_above(4000)
        keep_above(5001)
        assert next_invoice_number() == 5002
        keep_above(9000)
        assert next_invoice_number() == 9001
    assert runs() == [(5001, 5002), (9001, 9001)]


def test_a_jump_between_two_cancellations_is_no_breach(practice: Practice) -> None:
    given = []
    for number in (1001, 7001):
        outcome = cancel_invoice(rejected(number).id, None, SOPHIE)
        assert isinstance(outcome, Cancelled)
        given.append(outcome.new_number)
    assert given == [1002, 7002]
    assert list(breaches(practice)) == []


def test_nine_digits_are_the_end_and_say_so(practice: Practice) -> None:
    invoices = [an_invoice(number) for number in (LAST_INVOICE - 1, 1001)]
    take_in(*invoices)
    hear(*(an_answer(invoice, "rejected") for invoice in invoices))
    outcome = cancel_invoice(sheet(1001).id, None, SOPHIE)
    assert isinstance(outcome, Cancelled)
    assert outcome.new_number == LAST_INVOICE
    before = contents()
    with pytest.raises(PracticeFault, match="neuf chiffres sont épuisés"):
        cancel_invoice(sheet(LAST_INVOICE - 1).id, None, SOPHIE)
    assert contents() == before


def test_the_highest_number_in_a_file_does_not_use_all_numbers_up(practice: Practice) -> None:
    take_in(an_invoice(LAST_INVOICE), an_invoice(1001))
    assert runs() == [(1002, 1001)]


def test_each_practitioner_has_a_series_of_lots(practice: Practice) -> None:
    with transaction():
        assert [next_lot_number(TEAM[0], 6) for _ in range(2)] == [7, 8]
        assert next_lot_number(TEAM[1], 0) == 1
        assert next_lot_number("759999999", 999) == 1
