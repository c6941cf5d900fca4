"""Money that rounds once, working days, and the keys of identifiers."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.fr import nir

from models.domain.money import amount, share
from models.reference.identifiers import (
    KeyVerdict,
    NirKind,
    nir_birth,
    nir_is_valid,
    nir_key,
    nir_kind,
    practitioner_key_ok,
    rpps_key_ok,
)
from models.reference.workdays import add_working_days, deadline, prescription_limit


@pytest.mark.parametrize(
    ("price", "coefficient", "quantity", "cents"),
    [
        (215, 750, 1, 1613),  # 16,125: the half goes up, as published
        (221, 750, 1, 1658),
        (221, 810, 1, 1790),
        (221, 840, 1, 1856),
        (221, 850, 1, 1879),  # 18,785
        (221, 950, 1, 2100),
        (221, 980, 1, 2166),
        (221, 1200, 1, 2652),
        (221, 850, 2, 3757),  # one rounding for the line, not one per act
        (38, 100, 12, 456),
        (250, 100, 1, 250),
        (221, 0, 1, 0),
    ],
)
def test_amount_of_a_line(price: int, coefficient: int, quantity: int, cents: int) -> None:
    assert amount(price, coefficient, quantity) == cents


@pytest.mark.parametrize(
    ("base", "rate", "cents"), [(1790, 60, 1074), (1879, 60, 1127), (2166, 60, 1300), (1790, 100, 1790), (30, 65, 20)]
)
def test_share_of_an_amount(base: int, rate: int, cents: int) -> None:
    assert share(base, rate) == cents


@given(st.integers(-(10**7), 10**7), st.integers(0, 100))
def test_rounding_is_that_of_decimal(base: int, rate: int) -> None:
    exact = Decimal(base) * rate / 100
    assert share(base, rate) == int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


@given(st.integers(0, 10**7), st.integers(0, 100))
def test_the_other_share_by_subtraction_is_never_negative(base: int, rate: int) -> None:
    assert 0 <= base - share(base, rate) <= base


@pytest.mark.parametrize(
    ("start", "days", "alsace", "end"),
    [
        (date(2026, 11, 2), 1, False, date(2026, 11, 3)),
        (date(2026, 11, 6), 1, False, date(2026, 11, 9)),  # a week-end
        (date(2026, 11, 7), 1, False, date(2026, 11, 9)),  # from a Saturday
        (date(2026, 4, 30), 1, False, date(2026, 5, 4)),  # 1 May
        (date(2026, 4, 3), 1, False, date(2026, 4, 7)),  # Easter Monday
        (date(2027, 3, 26), 1, False, date(2027, 3, 30)),  # Easter Monday, another year
        (date(2026, 4, 2), 1, False, date(2026, 4, 3)),  # Good Friday is worked…
        (date(2026, 4, 2), 1, True, date(2026, 4, 7)),  # … but in Alsace-Moselle
        (date(2025, 12, 24), 1, False, date(2025, 12, 26)),
        (date(2025, 12, 24), 1, True, date(2025, 12, 29)),  # 26 December
        (date(2025, 12, 31), 1, False, date(2026, 1, 2)),  # over the new year
        (date(2026, 5, 1), 0, False, date(2026, 5, 1)),
    ],
)
def test_working_days(start: date, days: int, alsace: bool, end: date) -> None:
    assert add_working_days(start, days, alsace) == end


def test_working_days_do_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="négatif"):
        add_working_days(date(2026, 1, 1), -1)


@pytest.mark.parametrize(
    ("billed", "third_party", "last_day"),
    [
        (date(2026, 11, 5), False, date(2026, 11, 10)),
        (date(2026, 11, 5), True, date(2026, 11, 18)),  # over 11 November
        (date(2026, 4, 30), True, date(2026, 5, 15)),  # over 1 May, 8 May and Ascension
    ],
)
def test_legal_deadline(billed: date, third_party: bool, last_day: date) -> None:
    assert deadline(billed, third_party) == last_day


@pytest.mark.parametrize(
    ("care", "too_late"),
    [
        (date(2026, 1, 1), date(2028, 4, 1)),  # 27 months
        (date(2026, 3, 31), date(2028, 4, 1)),  # 24 months
        (date(2026, 9, 30), date(2028, 10, 1)),
        (date(2026, 10, 1), date(2029, 1, 1)),
        (date(2026, 12, 31), date(2029, 1, 1)),
        (date(2028, 2, 29), date(2030, 4, 1)),
    ],
)
def test_prescription(care: date, too_late: date) -> None:
    assert prescription_limit(care) == too_late


@pytest.mark.parametrize(
    ("nir13", "key"),
    [
        ("2951099126111", "93"),
        ("2 95 10 99 126 111", 93),
        ("253072B073004", "70"),
        ("253072a073004", "43"),
        ("3951099126111", "43"),
        ("7951099126111", "37"),
        ("8951099126111", "84"),
    ],
)
def test_nir_with_its_key(nir13: str, key: str | int) -> None:
    assert nir_is_valid(nir13, key)
    assert not nir_is_valid(nir13, (int(key) + 1) % 97)


@pytest.mark.parametrize(
    "nir13", ["", "0000000000000", "295109912611", "29510991261111", "253072C073004", "２951099126111", "29510991261x1"]
)
def test_nir_malformed(nir13: str) -> None:
    assert not nir_is_valid(nir13, "97")
    with pytest.raises(ValueError, match="NIR mal formé ; "):
        nir_key(nir13)


@pytest.mark.parametrize("key", ["", "x1", "²", "-4", "930"])
def test_nir_key_malformed(key: str) -> None:
    assert not nir_is_valid("2951099126111", key)


@pytest.mark.parametrize(
    ("number", "verdict"),
    [
        ("331585505", KeyVerdict.RIGHT),
        ("331585506", KeyVerdict.WRONG),
        ("33 158 5505", KeyVerdict.RIGHT),
        ("000000000", KeyVerdict.WRONG),
        ("", KeyVerdict.WRONG),
        ("10000000001", KeyVerdict.WRONG),
        ("2A0000006", KeyVerdict.RIGHT),
        ("2A0000007", KeyVerdict.WRONG),
        ("2B0000004", KeyVerdict.RIGHT),
        ("2b0000005", KeyVerdict.WRONG),
        ("2C0000005", KeyVerdict.WRONG),
    ],
)
def test_practitioner_key(number: str, verdict: KeyVerdict) -> None:
    assert practitioner_key_ok(number) is verdict


def test_every_number_of_the_sample_lots_has_its_key() -> None:
    folder = Path(__file__).parent.parent / "samples" / "cabinet"
    numbers: set[str] = set()
    patients: set[tuple[str, str]] = set()
    for path in sorted(folder.glob("*.b2")):
        text = path.read_bytes().decode("latin-1")
        for start in range(0, len(text), 128):
            record = text[start : start + 128]
            if record[0] == "2" and record[35] == " ":
                numbers |= {record[1:10], record[58:67]}
                patients.add((record[11:24], record[24:26]))
    assert len(numbers) == 8
    assert patients
    assert {practitioner_key_ok(number) for number in numbers} == {KeyVerdict.RIGHT}
    assert all(nir_is_valid(*patient) for patient in patients)


@pytest.mark.parametrize(
    ("nir13", "told"),
    [
        ("2951099126111", ("95", "10")),
        ("253072B073004", ("53", "07")),
        ("2 53 07 2A 073 004", ("53", "07")),
        ("1840597101001", ("84", "05")),  # born overseas
        ("1842033063015", ("84", None)),  # 20, 30 to 42, from 50 on: the month is not known
        ("1843533063015", ("84", None)),
        ("1849933063015", ("84", None)),
        ("7840533063015", None),  # provisional
        ("5840533063015", None),  # a migrant's
        ("1555555331333", None),  # an anonymous invoice
        ("18405", None),
        ("", None),
    ],
)
def test_the_birth_that_a_nir_tells(nir13: str, told: tuple[str, str | None] | None) -> None:
    assert nir_birth(nir13) == told


@pytest.mark.parametrize(
    ("nir13", "kind"),
    [
        ("253072B073004", NirKind.OWN),
        ("5840533063015", NirKind.MIGRANT),
        ("8840533063015", NirKind.PROVISIONAL),
        ("2555555331333", NirKind.ANONYMOUS),
        ("3840533063015", None),  # exists, says no source at hand of whom
        ("184", None),
    ],
)
def test_whose_a_nir_is(nir13: str, kind: NirKind | None) -> None:
    assert nir_kind(nir13) is kind


@pytest.mark.parametrize(
    ("number", "right"),
    [("10101234564", True), ("10101234567", False), ("1010123456", False), ("", False), ("1010123456X", False)],
)
def test_key_of_a_rpps(number: str, right: bool) -> None:
    assert rpps_key_ok(number) is right


@given(st.from_regex(r"[1-9][0-9]{4}(?:[0-9]{2}|2[AB])[0-9]{6}", fullmatch=True))
def test_a_key_of_a_nir_is_the_one_that_another_program_finds(nir13: str) -> None:
    assert nir_key(nir13) == int(nir.calc_check_digits(nir13))


@given(st.from_regex(r"[0-9]{11}", fullmatch=True))
def test_a_number_passes_luhn_as_another_program_says(number: str) -> None:
    assert rpps_key_ok(number) == luhn.is_valid(number)
