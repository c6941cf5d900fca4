"""Amounts, tariffs and days: recomputed from the dated tables; only what is sourced is reproached."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.domain.content import Line
from models.reference.workdays import prescription_limit
from tests.models.cases import BILLED, DAY, TODAY, days_later, draft, findings, line, said, sheet

SPRING = date(2026, 5, 27)
"""The last day before avenant 8: TER and APM go from 9,5 to 9,8."""


def amounts(*acts: Line, **changes: object) -> list[str]:
    return [finding.message for finding in said("montants", findings(draft(*acts, **changes)))]


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (line("TER", SPRING, coefficient=950), ""),
        (line("TER", SPRING, coefficient=980), "coefficient 9,8 d’une autre date pour TER : 9,5"),
        (line("TER", SPRING + timedelta(days=1), coefficient=950), "coefficient 9,5 d’une autre date pour TER : 9,8"),
        (line("TER", SPRING + timedelta(days=1), coefficient=980), ""),
        (line("AMK", date(2025, 12, 31), coefficient=600), ""),
        (line("RPE", date(2026, 1, 1), coefficient=600), "coefficient 6 d’une autre date pour RPE : 8,5"),
        (line("TER", coefficient=807), ""),
        (line("RIM", coefficient=750), ""),
        (line("AMS", date(2024, 2, 21), coefficient=750), ""),
        (line("AMS", date(2024, 2, 22), coefficient=750, price=221), "lettre AMS pas en vigueur le 22/02/2024"),
        (line("TER", date(2024, 2, 21), coefficient=950, price=215), "lettre TER pas en vigueur le 21/02/2024"),
        (line("RAM", date(2024, 2, 21), price=215), ""),
        (line("AMK", date(2024, 2, 21), coefficient=700, price=221), "prix de AMK le 21/02/2024 : 2,15 €, pas 2,21 €"),
        (line("AMK", date(2024, 2, 22), coefficient=700, price=215), "prix de AMK le 22/02/2024 : 2,21 €, pas 2,15 €"),
        (line(price=243), "prix de RAM le 05/11/2026 : 2,21 €, pas 2,43 €"),
        (line("IFD", price=400), "prix de IFD le 05/11/2026 : 2,50 €, pas 4,00 €"),
        (line("IKP", price=61), "prix de IKP le 05/11/2026 : 0,38 €, pas 0,61 €"),
        (line("N", price=700), ""),
        (line("MD", price=700), ""),
        (line("AMI", coefficient=1500, price=315), ""),
    ],
    ids=lambda value: f"{value.code} {value.done_on} {value.coefficient}" if isinstance(value, Line) else "",
)
def test_a_line_is_held_against_the_tariff_of_its_day(act: Line, told: str) -> None:
    found = amounts(act, prescribed_on=act.done_on)
    assert [told in message for message in found] == ([True] if told else [])


@pytest.mark.parametrize("changes", [{"caisse": "974"}, {}])
def test_the_price_overseas_is_for_overseas(changes: dict[str, object]) -> None:
    assert bool(amounts(line(price=243), **changes)) is not bool(changes)


@pytest.mark.parametrize(
    ("changes", "rate", "told"),
    [
        ({}, 60, ""),
        ({}, 100, "taux 100 % au lieu de 60 %"),
        ({}, 80, "réservé à l’ASPA"),
        ({"exemption": "4"}, 100, ""),
        ({"exemption": "4"}, 60, "taux 60 % au lieu de 100 %"),
        ({"exemption": "5", "nature": "13"}, 90, "taux 90 % au lieu de 100 %"),
        ({"nature": "13", "caisse": "571"}, 90, ""),
        ({"nature": "13", "caisse": "571"}, 60, "taux 60 % au lieu de 90 %"),
        ({"exemption": "3"}, 60, ""),
        ({"exemption": "3"}, 100, ""),
        ({"nature": "41"}, 60, ""),
    ],
)
def test_the_rate_follows_from_nature_and_exemption_where_that_is_sourced(
    changes: dict[str, object], rate: int, told: str
) -> None:
    found = said("montants", findings(draft(**changes).with_rate(rate)))
    assert [(told in finding.message, finding.blocking) for finding in found] == ([(True, False)] if told else [])


def test_the_rate_of_another_profession_is_not_reproached() -> None:
    assert amounts(line("AMI", price=315, rate=70)) == []


def test_a_line_with_its_own_exemption_has_its_own_rate() -> None:
    act = replace(line(rate=100), exemption="4")
    assert said("montants", findings(replace(draft(), acts=(act,)))) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"base": 1791, "fee": 1791}, "base 17,91 €, AMO 10,74 € au lieu de 17,90 € et 10,74 €"),
        ({"amo": 1073}, "AMO 10,73 € au lieu de 17,90 € et 10,74 €"),
        ({"fee": 1700}, "honoraires"),
        ({"amc": 716}, "AMC 0,00 € attendue"),
        ({"fee": 2000}, ""),
    ],
)
def test_an_amount_that_does_not_follow_is_a_finding(changes: dict[str, int], told: str) -> None:
    content = replace(draft(), acts=(replace(line(), **changes),))  # type: ignore[arg-type]
    found = said("montants", findings(content))
    assert [told in finding.message for finding in found] == ([True] if told else [])


@pytest.mark.parametrize(
    "act",
    [line(" "), line(quantity=0), line(price=0), line(coefficient=-100)],
    ids=["code", "quantity", "price", "base"],
)
def test_a_line_that_is_worth_nothing_is_stopped(act: Line) -> None:
    (found,) = said("montants", findings(draft(act)))
    assert (found.level, found.field, found.line) == ("blocking", "lines", 1)


def test_no_line_is_stopped_and_so_is_a_total_of_other_lines() -> None:
    assert [f.level for f in said("montants", findings(replace(draft(), acts=())))] == ["blocking"]
    content = draft()
    found = findings(content, total=content.total + 1)
    assert [finding.level for finding in said("montants", found)] == ["blocking"]
    assert sheet(content).total == content.total


class TestDays:
    def test_care_of_tomorrow_is_stopped(self) -> None:
        tomorrow = TODAY + timedelta(days=1)
        (found,) = said("dates", findings(draft(line("RAM", tomorrow)), billed_on=tomorrow))
        assert (found.level, found.line) == ("blocking", 1)
        assert said("dates", findings(draft(line("RAM", TODAY)), billed_on=TODAY)) == []

    def test_care_after_the_day_of_billing_is_advised_of(self) -> None:
        (found,) = said("dates", findings(draft(line(), line("TER", BILLED + timedelta(days=1)))))
        assert (found.level, found.line) == ("advice", 2)
        assert said("dates", findings(draft(line("RAM", BILLED)))) == []

    @pytest.mark.parametrize("care", [date(2024, 9, 30), date(2024, 10, 1), date(2024, 12, 31), DAY])
    def test_the_claim_lapses_two_years_after_the_quarter_that_follows(self, care: date) -> None:
        content = draft(line("RAM", care), prescribed_on=care)
        limit = prescription_limit(care)
        assert said("dates", findings(content, today=limit - timedelta(days=1))) == []
        (found,) = said("dates", findings(content, today=limit, billed_on=limit))
        assert (found.level, found.field) == ("advice", "lines")

    def test_what_was_paid_has_not_lapsed(self) -> None:
        assert said("dates", findings(draft(), today=days_later(2000), amo_paid=1074)) == []
