"""Code lists, acts, travel, rates and caisses: what the files say, on which day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.reference import acts, payers, rates
from models.reference.codes import EXEMPTIONS, NATURES, SETTLEMENTS, CodeList
from models.reference.profession import Profession

LISTS: list[tuple[CodeList[Any], str]] = [
    (NATURES, "10 13 30 41 90 11 12 22 50 70 80"),
    (EXEMPTIONS, "0 1 2 3 4 5 6 7 8 9 C"),
    (SETTLEMENTS, "00 05 15 25 10 06"),
]


@pytest.mark.parametrize(("codes", "expected"), LISTS, ids=lambda value: value if isinstance(value, str) else "")
def test_each_code_of_a_list_is_known_with_label_and_source(codes: CodeList[Any], expected: str) -> None:
    assert " ".join(entry.code.strip() for entry in codes.all()) == expected
    for code in expected.split(" "):
        label = codes.label(code)
        assert codes.known(code)
        assert label
        assert label.strip()
    assert all(entry.source for entry in codes.all())
    assert not codes.known("ZZ")
    assert codes.label("ZZ") is None


def test_exemptions_say_the_rate_that_they_give() -> None:
    assert {e.code: e.rate for e in EXEMPTIONS.all() if e.rate is not None} == dict.fromkeys("345679C", 100)
    assert [e.code for e in EXEMPTIONS.all() if e.rate_verified] == ["4", "5"]
    assert [e.code for e in EXEMPTIONS.all() if not e.verified] == ["1", "2", "6", "8", "9", "C"]


@pytest.mark.parametrize(
    ("code", "third_party"), [("00", False), ("05", True), ("15", True), ("25", True), ("06", True)]
)
def test_settlement_tells_third_party_payment(code: str, third_party: bool) -> None:
    settlement = SETTLEMENTS.get(code)
    assert settlement is not None
    assert settlement.third_party is third_party


CARE = date(2026, 11, 5)


@pytest.mark.parametrize(
    ("code", "on", "metropolitan", "overseas"),
    [
        ("AMK", date(2024, 2, 21), 215, 236),
        ("AMK", date(2024, 2, 22), 221, 243),
        ("AMS", date(2024, 2, 21), 215, 236),
        ("AMS", date(2024, 2, 22), None, None),
        ("AMC", date(2024, 2, 22), None, None),
        ("NMI", date(2024, 2, 21), None, None),
        ("nmi  ", CARE, 221, 243),
        ("TMK", CARE, 215, None),
        ("XYZ", CARE, None, None),
    ],
)
def test_unit_price_on_a_day(code: str, on: date, metropolitan: int | None, overseas: int | None) -> None:
    assert acts.unit_price(code, on) == metropolitan
    assert acts.unit_price(code, on, drom=True) == overseas


def test_what_two_sources_give_overseas_is_both() -> None:
    assert acts.overseas_prices("AMK", date(2024, 2, 21)) == (236, 224)
    assert acts.overseas_prices("AMK", CARE) == (243,)
    assert acts.overseas_prices("TMK", CARE) == acts.overseas_prices("XYZ", CARE) == ()


@pytest.mark.parametrize(
    ("code", "on", "coefficient"),
    [
        ("RAO", date(2025, 12, 31), 750),
        ("RAO", date(2026, 1, 1), 810),
        ("RAO", date(2027, 7, 1), 840),
        ("RPE", date(2025, 12, 31), 600),
        ("RPE", date(2026, 1, 1), 850),
        ("TER", date(2026, 5, 27), 950),
        ("TER", date(2026, 5, 28), 980),
    ],
)
def test_coefficients_follow_their_dates(code: str, on: date, coefficient: int) -> None:
    tariff = acts.find_act(code, on)
    assert tariff is not None
    assert tariff.coefficients == (coefficient,)


def test_abolished_letter_is_still_explained() -> None:
    entry = acts.letter("AMS")
    assert entry is not None
    assert entry.until == date(2024, 2, 21)
    assert acts.find_act("AMS", CARE) is None


def test_letters_known_by_hearsay_are_marked() -> None:
    tariffs = {code: acts.find_act(code, CARE) for code in ("NMI", "TER", "AMK", "RAO", "RIM")}
    assert [code for code, tariff in tariffs.items() if tariff and not tariff.verified] == ["RAO", "RIM"]


@pytest.mark.parametrize(
    ("code", "on", "price"),
    [
        ("IFD", CARE, 250),
        ("IFS", CARE, 400),
        ("IFO", date(2025, 12, 31), 400),
        ("IFO", date(2026, 1, 1), None),
        ("IKP", CARE, 38),
        ("IKM", CARE, 61),
        ("IKS", CARE, 335),
        ("N", CARE, 915),
        ("F", CARE, 762),
        ("MD", CARE, None),
        ("IFV", date(2019, 6, 30), None),
        ("IFV", CARE, 400),
        ("MAU", CARE, None),
        ("AMK", CARE, None),
    ],
)
def test_travel_price_on_a_day(code: str, on: date, price: int | None) -> None:
    assert acts.travel_price(code, on) == price


@pytest.mark.parametrize(
    ("code", "is_travel", "rank"),
    [
        ("AMK", False, 0),
        ("IFS  ", True, 1),
        ("MD", True, 1),
        ("N", False, 1),
        ("IKM", True, 2),
        ("IFX", True, 1),
        ("IKZ", True, 2),
        ("IFI", True, 1),
        ("MAU", False, 1),
        ("MCG", False, 1),
        ("FOH", False, 1),
        ("AMI", False, 0),
    ],
)
def test_travel_lines_and_their_rank(code: str, is_travel: bool, rank: int) -> None:
    assert (acts.is_travel(code), acts.line_rank(code)) == (is_travel, rank)


@pytest.mark.parametrize(
    ("profession", "nature", "exemption", "aspa", "percent", "verified"),
    [
        (Profession.PHYSIOTHERAPIST, "10", "0", False, 60, True),
        (Profession.PHYSIOTHERAPIST, "10", "", False, 60, True),
        (Profession.PHYSIOTHERAPIST, "13", "0", False, 90, True),
        (Profession.PHYSIOTHERAPIST, "10", "0", True, 80, True),
        (Profession.PHYSIOTHERAPIST, "13", "4", True, 100, True),
        (Profession.PHYSIOTHERAPIST, "10", "5", False, 100, True),
        (Profession.PHYSIOTHERAPIST, "10", "3", False, 100, False),
        (Profession.PHYSIOTHERAPIST, "10", "7", False, 100, False),
        (Profession.PHYSIOTHERAPIST, "10", "9", False, 100, False),
        (Profession.PHYSIOTHERAPIST, "41", "0", False, 100, False),
        (Profession.PHYSIOTHERAPIST, "11", "0", False, 60, False),
        (Profession.GENERALIST, "10", "0", False, 70, False),
        (Profession.GENERALIST, "13", "0", False, 90, False),
        (Profession.MIDWIFE, "30", "0", False, 100, False),
        (Profession.NURSE, "13", "0", False, 90, False),
        (Profession.ORTHOPTIST, "10", "0", False, 60, False),
        (None, "10", "4", False, 100, True),
    ],
)
def test_amo_rate(
    profession: Profession | None, nature: str, exemption: str, aspa: bool, percent: int, verified: bool
) -> None:
    rule = rates.rate_rule(profession, nature, exemption, aspa=aspa)
    assert rule is not None
    assert (rule.percent, rule.verified) == (percent, verified)


@pytest.mark.parametrize("profession", Profession)
def test_every_profession_has_a_rate_whatever_the_nature(profession: Profession) -> None:
    assert all(rates.rate_rule(profession, nature.code, "0") for nature in NATURES.all())


@pytest.mark.parametrize("nature", ["10", "13"])
def test_no_rate_is_made_up_for_whom_nobody_knows(nature: str) -> None:
    assert rates.rate_rule(None, nature, "0") is None


def test_caisses_by_number() -> None:
    assert payers.payer_label("01", "331") == "CPAM Bordeaux"
    assert payers.payer_label("01", "751") == "CPAM Paris"
    assert payers.payer_label("91", "541") is None, "the table has the number and no name"
    assert payers.payer_known("91", "541")
    assert not payers.payer_known("01", "998")


@pytest.mark.parametrize("typed", ["331", "01331", "bordeaux", "CPAM  Bordèaux", "01 331"])
def test_a_caisse_is_found_by_number_or_name(typed: str) -> None:
    assert payers.find(typed)[0].label == "CPAM Bordeaux"


def test_a_number_typed_in_full_comes_first() -> None:
    first, *others = payers.find("101")
    assert (first.regime, first.caisse, first.label) == ("01", "101", "CPAM Troyes")
    assert any(payer.caisse == "011" for payer in others), "01 011 holds 101 too"


def test_a_picker_shows_no_placeholder_and_keeps_its_limit() -> None:
    assert len(payers.find("")) == 50
    assert not any("COMPLETER" in payer.label for payer in payers.find("", limit=5000))
    assert payers.find("zzz") == ()


def test_every_line_of_the_sample_lots_is_known_and_well_priced() -> None:
    folder = Path(__file__).parent.parent / "samples" / "cabinet"
    letters: dict[str, set[tuple[date, int]]] = defaultdict(set)
    for path in sorted(folder.glob("*.b2")):
        text = path.read_bytes().decode("latin-1")
        for start in range(0, len(text), 128):
            record = text[start : start + 128]
            if record[0] == "4":
                day = date(2000 + int(record[67:69]), int(record[69:71]), int(record[71:73]))
                letters[record[73:78]].add((day, int(record[88:95])))
    assert {code.strip() for code in letters} == {"AMK", "IFD", "IFS", "NMI", "RAO", "TER"}
    for code, lines in letters.items():
        for day, price in lines:
            assert (acts.travel_price(code, day) or acts.unit_price(code, day)) == price
