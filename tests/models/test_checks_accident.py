"""What a nature of insurance asks beside it: the number or date of an accident, the date of a maternity."""

from __future__ import annotations

import pytest

from models.checks.finding import Finding
from models.domain.content import InvoiceContent
from tests.models.cases import draft, findings


def found(content: InvoiceContent, field: str, amo_paid: int = 0) -> list[Finding]:
    """What is said of this field."""
    return [finding for finding in findings(content, amo_paid=amo_paid) if finding.field == field]


@pytest.mark.parametrize("accident", ["", "1234", "000261399", "00026110"])
def test_an_accident_of_work_without_its_number_or_date_is_held(accident: str) -> None:
    (finding,) = found(draft(nature="41", other=(("accident", accident),)), "accident")
    assert finding.blocking


@pytest.mark.parametrize("accident", ["123456789", "000261001", "000261105"])
def test_a_number_or_a_date_will_do(accident: str) -> None:
    assert found(draft(nature="41", other=(("accident", accident),)), "accident") == []


def test_what_the_caisse_has_paid_is_not_questioned() -> None:
    assert found(draft(nature="41"), "accident", amo_paid=100) == []


@pytest.mark.parametrize("nature", ["10", "13", "41"])
def test_an_accident_after_its_care_is_advised_upon(nature: str) -> None:
    (finding,) = found(draft(nature=nature, other=(("accident", "000261106"),)), "accident")
    assert not finding.blocking


def test_a_maternity_without_its_date_is_advised_upon() -> None:
    (finding,) = found(draft(nature="30"), "maternity")
    assert not finding.blocking
    assert found(draft(nature="30", other=(("maternity_on", "260301"),)), "maternity") == []


@pytest.mark.parametrize("nature", ["10", "13", "90"])
def test_the_other_natures_ask_neither(nature: str) -> None:
    zeros = (("maternity_on", "000000"), ("accident", "000000000"))
    for other in ((), zeros):
        content = draft(nature=nature, other=other)
        assert found(content, "accident") == found(content, "maternity") == []
        assert content.with_accident("").with_maternity("") == content


def test_a_zone_is_changed_at_its_place_and_the_others_stay() -> None:
    content = draft(other=(("marking", "X"), ("accident", "123456789"), ("member", "A")))
    assert content.with_accident("000261001").other == (("marking", "X"), ("accident", "000261001"), ("member", "A"))
    assert content.with_accident("").other == (("marking", "X"), ("member", "A"))
    assert content.with_maternity("260301").other[-1] == ("maternity_on", "260301")
