"""The last day and the first, the nearly empty field: where a check begins to speak."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from models.checks.rating import rated
from models.domain.findings import CheckName
from models.queries.history import PastAct
from tests.models.cases import DAY, TODAY, days_later, draft, findings, known, line, past, said


@pytest.mark.parametrize(("days", "told"), [(0, False), (1, True)])
def test_a_prescription_of_today_is_not_of_the_future(days: int, told: bool) -> None:
    content = draft(line(day=days_later(1, TODAY)), prescribed_on=days_later(days, TODAY))
    found = said(CheckName.PRESCRIPTION, findings(content))
    assert any("dans le futur" in finding.message for finding in found) is told


@pytest.mark.parametrize(("days", "told"), [(0, []), (1, [True])])
def test_care_may_be_given_on_the_day_of_its_prescription(days: int, told: list[bool]) -> None:
    found = said(CheckName.PRESCRIPTION, findings(draft(prescribed_on=days_later(days, DAY))))
    assert [finding.blocking for finding in found] == told


@pytest.mark.parametrize(("days", "told"), [(-365, []), (-366, [False])])
def test_a_prescription_of_just_a_year_is_not_yet_old(days: int, told: list[bool]) -> None:
    found = said(CheckName.PRESCRIPTION, findings(draft(prescribed_on=days_later(days, DAY))))
    assert [finding.blocking for finding in found] == told


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last_name": " "}, "beneficiary"),
        ({"first_name": ""}, "beneficiary"),
        ({"birth": "7104"}, "beneficiary"),
        ({"birth": "71O405"}, "beneficiary"),
        ({"settlement": "15", "amc_number": "0000000000"}, "amc_number"),
        ({"settlement": "15", "amc_number": ""}, "amc_number"),
        ({"regime": "00"}, "payer"),
        ({"centre": "000"}, "payer"),
    ],
)
def test_a_field_that_says_nothing_is_as_good_as_empty(changes: dict[str, object], field: str) -> None:
    found = said(CheckName.INSURED, findings(draft(**changes)))
    assert [(finding.field, finding.blocking) for finding in found] == [(field, True)]


@pytest.mark.parametrize(("caisse", "told"), [("331", False), ("341", True), ("751", True)])
def test_another_caisse_of_the_same_regime_is_another_payer(caisse: str, told: bool) -> None:
    paid = past(1100, days_later(-3), payer=f"01{caisse}0000")
    found = said(CheckName.INSURED, findings(draft(), known(paid)))
    assert [("en a-t-il changé" in finding.message) for finding in found] == ([True] if told else [])


@pytest.mark.parametrize("refusals", [(), ("0450 054",)])
def test_a_number_that_another_practitioner_used_is_told_only_once_it_is_paid(refusals: tuple[str, ...]) -> None:
    elsewhere = past(1200, days_later(-30), *refusals, practitioner="336900022")
    found = said(CheckName.DUPLICATE, findings(draft(), known(elsewhere)))
    assert [finding.field for finding in found] == ([] if refusals else ["number"])


@pytest.mark.parametrize(("link", "told"), [("replaces", True), ("replaced_by", False)])
def test_said_to_be_paid_counts_for_what_this_one_replaces_only(link: str, told: bool) -> None:
    history = known(past(1100, days_later(-30), "2900 005", kin=True))
    linked: dict[str, Any] = {link: 1100}
    found = said(CheckName.DUPLICATE, findings(draft(), history, **linked))
    assert [finding.field for finding in found] == (["number"] if told else [])


def test_care_under_the_same_number_of_another_year_is_another_invoices() -> None:
    again = past(1200, DAY, acts=(PastAct(DAY, "RAM", 810),))
    (found,) = said(CheckName.DUPLICATE, findings(draft(line()), known(again)))
    assert found.message == "Mêmes actes que la facture n° 1200, payée : ne la renvoyez pas, réclamez."
    assert said(CheckName.DUPLICATE, findings(draft(line()), known(replace(again, kin=True)))) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, []),
        ({"birth": "720405"}, ["04/72"]),
        ({"birth": "710505"}, ["05/71"]),
        ({"birth": "711335"}, []),  # lunar
        ({"birth": "721335"}, ["13/72"]),  # lunar, of another year
        ({"quality": "E", "birth": "050505"}, []),  # a child: the insured's NIR is not theirs
        ({"quality": "", "birth": "050505"}, []),
        ({"quality": "E", "birth": "050505", "other": (("individual_nir", "1040533002001"),)}, ["05/05"]),
        ({"quality": "E", "birth": "040505", "other": (("individual_nir", "1040533002001"),)}, []),
    ],
)
def test_a_birth_is_held_against_the_beneficiary_s_own_nir_and_never_blocks(
    changes: dict[str, Any], told: list[str]
) -> None:
    found = said(CheckName.INSURED, findings(replace(draft(quality="A"), **changes)))
    assert [(finding.field, finding.blocking) for finding in found] == [("beneficiary", False)] * len(told)
    assert all(told[0] in finding.message and len(finding.message) <= 80 for finding in found)


@pytest.mark.parametrize("specialty", ["26", "24", "01"])
@pytest.mark.parametrize("on_the_line", [False, True])
def test_an_exemption_without_a_sourced_rate_neither_blocks_nor_lowers(specialty: str, on_the_line: bool) -> None:
    for code in "1236789C":
        act = line(rate=100, specialty=specialty)
        act = replace(act, exemption=code) if on_the_line else act
        content = draft(act, exemption="0" if on_the_line else code)
        found = findings(content)
        assert not [finding for finding in found if finding.blocking or "au lieu de" in finding.message], code
        assert rated(content).acts[0].rate == 100, code
