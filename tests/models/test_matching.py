"""Which invoice an answer is about: lot, dates, insured, amounts; never one that it excludes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.exchanges import AnsweredDocument, AnswerOutcome
from models.domain.matching import Candidate, Match, Said, answered_document, which_invoice

DAY, LATER = date(2026, 11, 5), date(2026, 11, 6)
MINE, OTHER = "1560275101301", "2850633200117"

days = st.sampled_from([DAY, LATER])
lots = st.lists(st.tuples(st.integers(1, 2), days), max_size=2).map(tuple)
cents = st.sampled_from([0, 752, 912])
nirs = st.sampled_from([MINE, OTHER])


@st.composite
def invoices(draw: st.DrawFn) -> list[Candidate]:
    """Up to four invoices that bear the number."""
    count = draw(st.integers(0, 4))
    return [
        Candidate(
            *(key, draw(st.booleans()), draw(lots), draw(days), draw(nirs), draw(cents), draw(cents)),
            twins=draw(st.integers(0, 1)),
        )
        for key in range(1, count + 1)
    ]


said = st.builds(
    Said,
    number=st.integers(0, 1),
    document=st.sampled_from(AnsweredDocument),
    lot=st.sampled_from([None, 1, 2]),
    lot_date=st.none() | days,
    billed_on=st.none() | days,
    nirs=st.sets(nirs, max_size=1).map(frozenset),
    amo_answered=st.booleans(),
    amo_asked=cents,
    amc_asked=cents,
)


@given(said, invoices())
def test_what_is_applied_is_excluded_by_nothing_that_the_return_says(answer: Said, known: list[Candidate]) -> None:
    match = which_invoice(answer, known)
    assert match.invoice is not None or match.reason is not None
    if match.invoice is None:
        return
    one = next(each for each in known if each.id == match.invoice)
    assert not (answer.lot and one.lots and answer.lot not in {number for number, _ in one.lots})
    if match.reason is None and one.nir in answer.nirs:
        assert answer.amo_asked in (0, one.amo)
        assert answer.amc_asked in (0, one.amc)
    if answer.document == AnsweredDocument.DRE and not one.dre:
        assert match.reason is None
        assert (one.amc, one.nir in answer.nirs) == (answer.amc_asked, True)
        assert (answer.amo_answered, one.twins) == (False, 0)


@given(said, invoices())
def test_an_invoice_more_that_is_the_very_same_makes_the_answer_wait(answer: Said, known: list[Candidate]) -> None:
    match = which_invoice(answer, known)
    again = [one for one in known if one.id == match.invoice]
    assert not again or which_invoice(answer, [*known, *again]).invoice is None


@given(said, invoices())
def test_the_order_of_the_invoices_does_not_matter(answer: Said, known: list[Candidate]) -> None:
    assert which_invoice(answer, known) == which_invoice(answer, known[::-1])


def one(key: int, **told: object) -> Candidate:
    """A facture of lot 9 that asks 11,27 € and 9,12 €."""
    values: dict[str, object] = {
        **{"dre": False, "lots": ((9, DAY),), "billed_on": DAY, "nir": MINE, "amo": 1127, "amc": 912, "twins": 0}
    }
    return Candidate(key, **{**values, **told})  # type: ignore[arg-type]


def word(**told: object) -> Said:
    """A caisse's word on the number 3002."""
    values: dict[str, object] = {
        **{"number": 3002, "document": AnsweredDocument.INVOICE, "lot": 9, "lot_date": DAY, "billed_on": DAY},
        **{"nirs": frozenset({MINE}), "amo_answered": True, "amo_asked": 1127, "amc_asked": 0},
    }
    return Said(**{**values, **told})  # type: ignore[arg-type]


DRE = {"document": AnsweredDocument.DRE, "amo_answered": False, "amo_asked": 0, "amc_asked": 912}


@pytest.mark.parametrize(
    ("answer", "known", "expected"),
    [
        (word(), [one(1)], Match(1)),
        (word(number=0), [], Match(None, AnswerOutcome.NO_NUMBER)),
        (word(lot=8), [one(1)], Match(None, AnswerOutcome.UNKNOWN)),
        (word(lot_date=LATER), [one(1)], Match(1)),
        (word(lot_date=LATER, billed_on=LATER), [one(1)], Match(None, AnswerOutcome.UNKNOWN)),
        (word(lot=None, lot_date=None), [one(1), one(2, billed_on=LATER)], Match(1)),
        (word(), [one(1), one(2, nir=OTHER)], Match(1)),
        (word(), [one(1), one(2, amo=1879)], Match(1)),
        (word(), [one(1), one(2)], Match(None, AnswerOutcome.AMBIGUOUS)),
        (word(amo_asked=1000), [one(1)], Match(1, AnswerOutcome.OTHER_AMOUNT)),
        (word(amo_asked=0), [one(1)], Match(1)),
        (word(), [one(1), one(2, lots=())], Match(1)),
        (word(lot=7), [one(1, lots=((9, DAY), (7, DAY)))], Match(1)),
        (word(nirs=frozenset({OTHER})), [one(1)], Match(1)),
        (word(), [one(1, dre=True)], Match(None, AnswerOutcome.OTHER_DOCUMENT)),
        (word(), [one(1, dre=True), one(2)], Match(2)),
        (word(**DRE), [one(1, dre=True), one(2)], Match(1)),
        (word(**DRE), [one(1)], Match(1)),
        (word(**{**DRE, "amc_asked": 752}), [one(1)], Match(None, AnswerOutcome.OTHER_AMOUNT)),
        (word(**{**DRE, "nirs": frozenset({OTHER})}), [one(1)], Match(None, AnswerOutcome.OTHER_DOCUMENT)),
        (word(**{**DRE, "amo_answered": True}), [one(1)], Match(None, AnswerOutcome.OTHER_DOCUMENT)),
        (word(**DRE), [one(1, twins=1)], Match(None, AnswerOutcome.AMBIGUOUS)),
        (word(**DRE), [one(1, amc=0)], Match(None, AnswerOutcome.OTHER_DOCUMENT)),
    ],
)
def test_the_words_of_a_return_name_the_invoice(answer: Said, known: list[Candidate], expected: Match) -> None:
    assert which_invoice(answer, known) == expected


@pytest.mark.parametrize(
    ("kind", "sender", "expected"),
    [("F", "CP", "invoice"), ("B", "CP", "invoice"), ("", "CP", ""), ("D", "CP", "dre"), ("F", "OC", "dre")],
)
def test_a_complementary_payer_answers_dre_only(kind: str, sender: str, expected: str) -> None:
    assert answered_document(kind, sender) == expected
