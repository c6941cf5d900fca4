"""The numbers that the counters gave, held against those that are borne; a damaged counter takes no memory."""

from __future__ import annotations

import pytest

from models.commands.cancel import Cancelled, cancel_invoice
from models.domain.faults import PracticeFault
from models.domain.place import Practice
from models.queries.numbers import numbers_in_use
from models.queries.numbers_check import Given
from models.queries.verification import breaches
from tests.models.damage import damaged
from tests.models.practice import SOPHIE, rejected


def test_numbers_are_held_as_runs_and_what_they_lack_is_told_as_runs() -> None:
    given = Given([(5, 9), (20, 2**63 - 1), (8, 12), (13, 13), (40, 39)])
    assert given.runs == [(5, 13), (20, 2**63 - 1)]
    assert [number for number in range(25) if number in given] == [*range(5, 14), *range(20, 25)]
    assert list(given.without([4, 5, 8, 13, 20, 20, 30])) == [(6, 7), (9, 12), (21, 29), (31, 2**63 - 1)]
    assert list(given.without([])) == given.runs
    assert list(Given([]).without([1])) == []


def test_a_counter_that_says_a_number_without_end_gives_none_and_is_named(practice: Practice) -> None:
    """Once each number that it says it gave was held in memory: all that there is of it."""
    old = rejected(1001)
    other = rejected(1002)
    assert isinstance(cancel_invoice(old.id, None, SOPHIE), Cancelled)
    with damaged(practice, f"UPDATE counter SET last = {2**63 - 1} WHERE name = 'invoice'"):
        with pytest.raises(PracticeFault, match="sont épuisés"):
            cancel_invoice(other.id, None, SOPHIE)
        assert numbers_in_use(SOPHIE.day).invoices.left == 0
        found = list(breaches(practice))
    assert [each for each in found if each.startswith("Numéros ") and "donnés par le compteur" in each]
    assert [each for each in found if "Table counter" in each and "colonne last" in each]
