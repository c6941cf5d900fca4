"""The patients of the practice: found by whatever one knows of them, and what is known of each."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.commands.record_right import record_right
from models.domain.place import Practice
from models.domain.states import InvoiceState, RightSource
from models.queries.people import find_people, person_sheet
from models.reference.text_search import fold
from tests.models.practice import CLAIRE, NIRS, an_answer, an_invoice, cancelled, hear, sheet, take_in


def found(typed: str) -> list[str]:
    return [f"{person.last_name} {person.first_name}" for person in find_people(typed).people]


@pytest.fixture
def people(practice: Practice) -> None:
    """Two homonyms, one of them under two first names, and two others."""
    take_in(an_invoice(1001, last_name="LÉCUYER", first_name="Hélène"), lot=1)
    take_in(an_invoice(1002, last_name="LECUYER", first_name="HELENE", nir=NIRS[1]), lot=2)
    take_in(an_invoice(1003, last_name="LÉCUYER", first_name="Hélène Marie"), lot=3)
    take_in(an_invoice(1004, last_name="D'AGOSTINO", first_name="Jean", nir=NIRS[2]), lot=4)


@pytest.mark.usefixtures("people")
class TestFinding:
    @pytest.mark.parametrize(
        ("typed", "who"),
        [
            ("lec", ["LECUYER HELENE", "LECUYER HELENE"]),
            ("Hélène LÉC", ["LECUYER HELENE", "LECUYER HELENE"]),
            ("marie", ["LECUYER HELENE MARIE"]),
            ("d'ago", ["D'AGOSTINO JEAN"]),
            ("cuyer", ["LECUYER HELENE", "LECUYER HELENE"]),
            (NIRS[1], ["LECUYER HELENE"]),
            ("2 90 01 33", ["LECUYER HELENE"]),
            ("1551299", ["D'AGOSTINO JEAN"]),
            ("12/05/1984", ["D'AGOSTINO JEAN", "LECUYER HELENE", "LECUYER HELENE"]),
            ("12.05.84 ago", ["D'AGOSTINO JEAN"]),
            ("120584 lec", ["LECUYER HELENE", "LECUYER HELENE"]),
            ("12/05", ["D'AGOSTINO JEAN", "LECUYER HELENE", "LECUYER HELENE"]),
            ("5/1984 ago", ["D'AGOSTINO JEAN"]),
            ("13/05/1984", []),
            ("1004", ["D'AGOSTINO JEAN"]),
            ("%", []),
            ("zz", []),
        ],
    )
    def test_by_what_one_knows(self, typed: str, who: list[str]) -> None:
        assert [fold(name).upper() for name in found(typed)] == who

    def test_homonyms_stand_apart_and_one_person_stands_once(self) -> None:
        first, second = find_people("lecuyer").people
        assert {first.nir, second.nir} == {NIRS[0], NIRS[1]}
        assert len(find_people("").people) == 3
        both = person_sheet(next(person for person in (first, second) if person.nir == NIRS[0]))
        assert len(both.records) == len(both.names) == 2
        assert [other.nir for other in both.others] == [NIRS[1]]

    def test_who_finds_too_many_is_told(self) -> None:
        few = find_people("", limit=2)
        assert (len(few.people), few.more) == (2, True)

    @settings(max_examples=60, deadline=None)
    @given(st.text(max_size=40))
    def test_whatever_is_typed_is_only_looked_for(self, typed: str) -> None:
        assert len(find_people(typed).people) <= 3


def test_a_person_s_sheet_says_what_waits_and_why(practice: Practice) -> None:
    new = cancelled(1001)
    silent = an_invoice(1005)
    take_in(silent, lot=5)
    paid = an_invoice(1006)
    take_in(paid, lot=6)
    hear(an_answer(paid, "paid"), reference="R00077")
    record_right(new.id, "4", date(2026, 1, 1), None, RightSource.ATTESTATION, CLAIRE)
    (person,) = find_people("dupont").people
    told = person_sheet(person)
    assert {each.state: each.invoices for each in told.standings} == {
        InvoiceState.CANCELLED: 1,
        InvoiceState.UNVALIDATED: 1,
        InvoiceState.TRANSMITTED: 1,
        InvoiceState.PAID: 1,
    }
    assert {row.number for row in told.waiting} == {new.number, 1005}
    assert {row.carried for row in told.waiting} == {"0450 054", None}
    assert [(seen.right.exemption, seen.seen_by) for seen in told.rights] == [("4", "claire")]
    assert next(each for each in told.standings if each.state == InvoiceState.PAID).paid == sheet(1006).amo
