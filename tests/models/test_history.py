"""What is known beside an invoice: all of the patient's care, and of the rejections only those of the caisse."""

from __future__ import annotations

from models.domain.place import Practice
from models.queries.histories import history_of
from models.queries.history import History
from tests.models.practice import an_answer, an_invoice, hear, sheet, take_in


def beside(number: int) -> History:
    return history_of(sheet(number))


def test_a_patient_who_comes_each_week_is_known_for_a_year_and_more(practice: Practice) -> None:
    take_in(*(an_invoice(number) for number in range(1001, 1071)))
    assert {past.number for past in beside(1070).past} == set(range(1001, 1070))


def test_what_the_mutuelle_refused_is_no_refusal_of_the_caisse(practice: Practice) -> None:
    refused, both, this = (an_invoice(number, settlement="15") for number in (1001, 1002, 1003))
    take_in(refused, both, this)
    hear(
        an_answer(refused, "deferred", "rejected", amc_code="0450 056"),
        an_answer(both, "rejected", "rejected", code="0450 054", amc_code="0450 072"),
    )
    codes = {past.number: past.refusals for past in beside(1003).past}
    assert codes == {1001: (), 1002: ("0450 054",)}
    assert [past.number for past in beside(1003).refused("0450")] == [1002]
