"""Every state has its words, each in one place; what a list says of one fits its column."""

from __future__ import annotations

import pytest

from models.domain.exchanges import AnswerOutcome
from models.domain.states import InvoiceState, ShareState, Signature
from tui.text import display
from tui.text.state_words import ASIDE, SHARES, SIGNATURES, STATES


def test_none_is_forgotten() -> None:
    assert set(STATES) == set(InvoiceState)
    assert set(SHARES) == set(ShareState)
    assert set(SIGNATURES) == set(Signature)
    assert set(ASIDE) == {outcome for outcome in AnswerOutcome if outcome.aside}


def test_each_fits_where_it_is_shown() -> None:
    assert max(len(words.short) for words in STATES.values()) <= 8
    assert max(len(words.letters) for words in SHARES.values()) == 3
    assert max(len(word) for word in SIGNATURES.values()) <= 10
    assert max(len(words.short) for words in ASIDE.values()) <= 22


@pytest.mark.parametrize(
    ("last", "first", "named"),
    [("DUPONT", "MARIE", "DUPONT Marie"), ("DUPONT", "", "DUPONT"), ("LE GALL", "JEAN-LUC", "LE GALL Jean-Luc")],
)
def test_a_patient_is_named_in_one_way(last: str, first: str, named: str) -> None:
    assert display.person(last, first) == named
