"""What the practice knows beside an invoice: which witness counts, from when, against which."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.checks import CHECKS
from models.checks.evidence import STILL_LIKELY
from models.domain.states import RightSource, ShareName
from models.queries.history import History
from tests.models.cases import (
    DAY,
    PRESCRIBER,
    STRANGER,
    days_later,
    draft,
    findings,
    known,
    line,
    past,
    right,
    said,
    why,
)

PLAIN, ALD = draft(), draft(exemption="4")
QUARTER = STILL_LIKELY.days
NOT_THEIRS = past(1100, DAY, "0450 072", exemption="4")
"""The caisse does not find the exemption of the card; its answer was read a week after the care."""


def refused(day: int, code: str = "0450 054") -> History:
    return known(past(1100, days_later(day), code, exemption="4"))


@pytest.mark.parametrize(
    ("history", "told"),
    [
        (known(past(1100, days_later(-30), exemption="4")), ""),
        (known(past(1100, days_later(-QUARTER), exemption="4")), ""),
        (known(past(1100, days_later(-QUARTER - 1), exemption="4")), "facture n° 1100, sans droit"),
        (known(past(1100, days_later(5), exemption="4")), ""),
        (known(past(1100, days_later(-30), exemption="4", paid=False)), "facture n° 1100, sans droit"),
        (refused(-30), "déjà refusée (facture n° 1100)"),
        (refused(0, "0450 072"), "déjà refusée (facture n° 1100)"),
        (known(past(1101, days_later(-9), exemption="4"), past(1100, days_later(-30), "0450 054", exemption="4")), ""),
        (known(past(1101, days_later(-30), "0450 054", exemption="4"), past(1100, days_later(-9), exemption="4")), ""),
        (known(past(1101, DAY, exemption="4"), past(1100, DAY, "0450 054", exemption="4")), ""),
        (known(past(1101, DAY, "0450 054", exemption="4"), past(1100, days_later(-9), exemption="4")), "déjà refusée"),
        (known(right()), ""),
        (known(right(source=RightSource.CARD)), ""),
        (known(right(), right("5")), ""),
        (known(right("5"), right()), ""),
        (known(right("0"), right()), "Attestation sans exonération"),
        (known(right("0", source=RightSource.CARD), right()), ""),
        (known(right(), right("0")), ""),
        (known(right("5")), "exonération 5, pas 4"),
        (known(right(until=DAY)), ""),
        (known(right(since=DAY)), ""),
        (known(right(until=days_later(-1))), "ne couvre pas"),
        (known(right(until=days_later(-9)), past(1100, days_later(-3), exemption="4")), ""),
        (known(right(until=days_later(-3)), past(1100, days_later(-9), exemption="4")), "ne couvre pas"),
        (known(right(seen_on=days_later(6)), past(1100, DAY, "0450 054", exemption="4")), "déjà refusée"),
        (known(right(seen_on=days_later(7)), past(1100, DAY, "0450 054", exemption="4")), ""),
        (known(right(source=RightSource.CARD, seen_on=days_later(9)), NOT_THEIRS), "déjà refusée"),
        (known(past(1101, days_later(5), exemption="4"), NOT_THEIRS), "déjà refusée"),
        (known(past(1100, DAY, "0450 056")), ""),
        (known(past(1100, DAY, "0450 056", exemption="4")), "facture n° 1100, sans droit"),
    ],
)  # fmt: skip
def test_a_code_stands_on_its_best_witness(history: History, told: str) -> None:
    found = said("exonération", findings(ALD, history))
    assert [told in finding.message for finding in found] == ([True] if told else [])


@pytest.mark.parametrize(
    ("history", "told"),
    [
        (known(), ""),
        (known(right()), "Exonération 4 connue"),
        (known(right("0"), right()), ""),
        (known(right(), right("0")), "Exonération 4 connue"),
        (known(right("0", source=RightSource.CARD), right()), "Exonération 4 connue"),
        (known(right(until=days_later(-1))), ""),
        (known(right(source=RightSource.CARD), past(1100, days_later(-8), "0450 072", exemption="4")), ""),
        (known(right(), past(1100, days_later(-8), "0450 054", exemption="4", answered_on=DAY)), ""),
        (known(past(1100, days_later(-30), "0450 056")), "Exonération connue de la caisse"),
        (known(past(1100, days_later(-QUARTER - 1), "0450 056")), ""),
        (known(past(1101, days_later(-3)), past(1100, days_later(-30), "0450 056")), ""),
        (known(past(1100, days_later(-30), exemption="4")), "payée sur la n° 1100"),
        (known(past(1100, days_later(-30), exemption="3")), ""),
        (known(past(1100, days_later(-30), exemption="7")), ""),
        (known(past(1100, days_later(5), exemption="4")), ""),
        (known(past(1101, days_later(-3)), past(1100, days_later(-30), exemption="4")), ""),
        (known(right(until=days_later(-9)), past(1100, days_later(-20), exemption="4")), ""),
    ],
)
def test_no_code_is_questioned_only_where_a_right_is_likely(history: History, told: str) -> None:
    found = said("exonération", findings(PLAIN, history))
    assert [told in finding.message for finding in found] == ([True] if told else [])


def test_one_uncovered_day_of_several_is_told_once() -> None:
    content = draft(line(), line("TER", days_later(1)), line("TER", days_later(2)), exemption="4")
    (found,) = said("exonération", findings(content, known(right(until=days_later(0)))))
    assert "06/11/2026" in found.message


@pytest.mark.parametrize(
    "history",
    [
        refused(-3),
        known(right(until=days_later(-3))),
        known(past(1100, days_later(-3), payer="024710000")),
        known(past(1100, days_later(-3), "0250 050", exemption="4")),
        known(past(1100, days_later(-3), "0317 051", exemption="4")),
        known(past(1100, days_later(-3), "0470 049")),
        known(past(1100, DAY, acts=())),
        known(prescribers=(STRANGER,)),
        replace(known(prescribers=()), prescribers_refused=frozenset({PRESCRIBER})),
    ],
)
def test_payment_of_the_invoice_itself_outweighs_every_likelihood(history: History) -> None:
    paid = findings(ALD, history, state="paid", amo_paid=1790)
    assert paid == []


def test_a_rejection_that_was_paid_in_the_end_is_no_reproach() -> None:
    reasons = (why("0450 054"), why("1001", ShareName.AMC))
    found = findings(ALD, known(right()), reasons=reasons, state="partly_paid", amo_paid=1790)
    assert [finding.field for finding in found] == ["amc_number"]


@pytest.mark.parametrize(
    ("code", "changes", "same"),
    [
        ("0450 054", {}, True),
        ("0450 054", {"exemption": "4"}, False),
        ("0450 054", {"prescriber": STRANGER}, True),
        ("0460 051", {"prescriber": STRANGER}, False),
        ("0470 049", {"prescriber": STRANGER}, False),
        ("0250 050", {"caisse": "401"}, False),
        ("0317 051", {"exemption": "4"}, False),
        ("0540 057", {"acts": (line("RAO"),)}, False),
        ("0540 057", {"acts": (line(rate=100),)}, True),
        ("2900 005", {}, False),
        ("9999 999", {}, False),
    ],
)
def test_nothing_changed_of_what_the_code_is_about_is_told(code: str, changes: dict[str, object], same: bool) -> None:
    content = replace(PLAIN, **changes)  # type: ignore[arg-type]
    found = said("même rejet", findings(content, reasons=(why(code),), rejected_draft=PLAIN, replaces=1100))
    assert [finding.level for finding in found] == (["advice"] if same else [])


def test_blocking_findings_come_first() -> None:
    found = findings(draft(exemption="4", nir_key="00", prescribed_on=None))
    levels = [finding.level for finding in found]
    assert levels == sorted(levels, reverse=True)
    assert len(set(levels)) == 2


def test_a_mistyped_prescriber_is_named_where_the_practice_knows_one_like_it() -> None:
    (found,) = said("prescripteur", findings(draft(prescriber="331900091"), known()))
    assert f"connu ici : {PRESCRIBER}" in found.message
    (found,) = said("prescripteur", findings(draft(prescriber=STRANGER), known()))
    assert f"est-ce {PRESCRIBER} ?" in found.message


CORSICAN = ("2A0002689", "200102689")
"""One establishment, as its prescriptions print it and as a lot holds it."""


@pytest.mark.parametrize("number", CORSICAN)
@pytest.mark.parametrize("paid", CORSICAN)
def test_both_forms_of_a_corsican_establishment_are_the_same_prescriber(number: str, paid: str) -> None:
    assert said("prescripteur", findings(draft(prescriber=number), known(prescribers=(paid,)))) == []
    (found,) = said("prescripteur", findings(draft(prescriber=number[:-1] + "8")))
    assert found.blocking
    sent = draft(prescriber=paid)
    again = findings(draft(prescriber=number), reasons=(why("0460 053"),), rejected_draft=sent)
    assert said("même rejet", again), "the same number, however it is typed"


def test_every_module_of_checks_runs() -> None:
    assert len(CHECKS) == len(set(CHECKS))
    assert {check.__module__.rsplit(".", 1)[-1] for check in CHECKS} >= {"exemption", "travel", "prescriber"}


def test_a_share_that_is_not_asked_any_more_cannot_come_back() -> None:
    sent, alone = draft(line(settlement="15"), settlement="15"), draft()
    reasons = (why("1001", share=ShareName.AMC),)
    asked_again = findings(sent, reasons=reasons, rejected_draft=sent, replaces=1100)
    assert said("même rejet", asked_again)
    assert not said("même rejet", findings(alone, reasons=reasons, rejected_draft=sent, replaces=1100))
