"""A line that is not worth what it says, a share that its entity's type hides: remarked, or kept for a person."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from models.formats.b2.read import read_b2
from models.formats.noemie.read import read_noemie
from models.formats.noemie.values import NoemieFile
from tests.models.practice import a_lot, a_return, an_act, an_answer, an_invoice


def amounts(**changed: Any) -> tuple[str, ...]:
    """The remarks about money on a lot with one line, changed so; 31,50 € are 10 × 3,15 €."""
    act = replace(an_act(), **changed)
    invoice = an_invoice(1001)
    return read_b2(a_lot(replace(invoice, acts=(act,)))).amounts


@pytest.mark.parametrize(
    ("changed", "font"),
    [
        ({"coefficient": 2000}, "63,00"),
        ({"unit_price": 31}, "3,10"),
        ({"quantity": 2}, "63,00"),
        ({"base": 3000, "fee": 3000, "amo": 1800}, "31,50"),
    ],
)
def test_a_line_that_is_not_its_price_is_said_with_both(changed: dict[str, int], font: str) -> None:
    (said,) = amounts(**changed)
    assert f"coefficient × prix unitaire font {font} € (facture n° 1001, enregistrement n° " in said


@pytest.mark.parametrize(
    "changed", [{}, {"base": 3149, "fee": 3149}, {"fee": 4000}, {"unit_price": 0}, {"coefficient": 0}]
)
def test_one_that_is_or_does_not_say_is_left_in_peace(changed: dict[str, int]) -> None:
    assert amounts(**changed) == ()


def test_many_are_one_sentence() -> None:
    acts = tuple(replace(an_act(), coefficient=2000) for _ in range(4))
    (said,) = read_b2(a_lot(replace(an_invoice(1001), acts=acts))).amounts
    assert said.endswith(", et 3 fois encore.")


def heard(was: bytes, now: bytes) -> NoemieFile:
    """A return in which the AMO share was rejected, with these bytes instead of those."""
    data = a_return(an_answer(an_invoice(1001, settlement="15"), "rejected"))
    assert was in data
    return read_noemie(data.replace(was, now))


@pytest.mark.parametrize("kind", [b"197", b"108", b"988"])
def test_a_share_under_a_type_that_is_not_known_waits_for_a_person(kind: bytes) -> None:
    found = heard(b"19805", kind + b"05")
    assert f"L’entité {kind.decode()}, inconnue, a la forme d’une part (facture n° 1001)" in found.wrong_totals[0]


def test_a_sound_return_is_left_in_peace() -> None:
    data = a_return(an_answer(an_invoice(1001), "rejected"))
    assert read_noemie(data).wrong_totals == ()
