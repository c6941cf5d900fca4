"""Noter: what no file says has the weight of an answer, once, and says who noted it and where it was said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.note_answer import Against, Noted, note_answer
from models.commands.outcomes import Stale
from models.commands.settle_answer import settle_answer
from models.domain.notes import UNCODED, NotedWord
from models.domain.place import Practice
from models.domain.refusals import Refusal, Refused
from models.domain.states import ShareName, ShareState
from models.queries.invoice_row import InvoiceRow, ListView
from models.queries.overview import overview
from models.queries.received_returns import received_returns, returns_page
from models.queries.returns import aside_answers
from models.queries.sheets import InvoiceSheet
from models.queries.verification import breaches
from models.queries.windows import page
from models.reference.rejections import our_book
from tests.models.practice import CLAIRE, SOPHIE, an_answer, an_invoice, contents, hear, rejected, sheet, take_in

ON = date(2026, 11, 14)
REJECTION = NotedWord(ShareName.AMO, ShareState.REJECTED, ON, "courrier", code="0450 054", label="ETM NON TROUVEE")
PAYMENT = NotedWord(ShareName.AMO, ShareState.PAID, ON, "relevé bancaire", paid=1890, transfer="VIR CPAM 4411")
REPROCESSED = NotedWord(ShareName.AMO, ShareState.DEFERRED, ON, "appel")


def sent(settlement: str = "05") -> InvoiceSheet:
    """An invoice that waits for its answer: 31,50 €, of which the caisse is asked 18,90 €."""
    take_in(an_invoice(1001, settlement=settlement))
    return sheet(1001)


def noted(word: NotedWord, *, against: bool = False) -> Noted:
    """The note of this, which is made."""
    outcome = note_answer(sheet(1001).id, sheet(1001).version, word, SOPHIE, against=against)
    assert isinstance(outcome, Noted), outcome
    return outcome


def row(number: int = 1001) -> InvoiceRow:
    """Its line in the lists."""
    (found,) = [each for each in page(ListView(), None, 9) if each.number == number]
    return found


def test_a_noted_rejection_makes_annuler_possible_and_its_source_goes_along(practice: Practice) -> None:
    sent()
    assert noted(REJECTION).state == "rejected"
    seen = sheet(1001)
    assert (seen.amo_rejection, seen.reasons[0].label, seen.cancel_refusal) == ("0450 054", "ETM NON TROUVEE", None)
    for mark in (seen.noted, row().noted):
        assert mark is not None
        assert (mark.by, mark.said_in, mark.said_on, mark.noted_on) == ("sophie", "courrier", ON, SOPHIE.day)
    assert overview(our_book()).noted == 1
    outcome = cancel_invoice(seen.id, seen.version, CLAIRE)
    assert isinstance(outcome, Cancelled)
    assert sheet(outcome.new_number).noted == seen.noted, "what is corrected says why"
    assert overview(our_book()).by_code[0].count == 1
    assert (received_returns(), returns_page(None, 9)) == ([], []), "a note is no file"
    assert list(breaches(practice)) == []


@pytest.mark.parametrize(
    ("word", "state", "paid"),
    [
        (PAYMENT, "paid", 1890),
        (replace(PAYMENT, paid=1000), "partly_paid", 1000),
        (REPROCESSED, "reprocessing", 0),
        (replace(REJECTION, code=UNCODED), "rejected", 0),
    ],
)
def test_each_thing_that_is_said_moves_the_invoice_as_a_file_would(
    practice: Practice, word: NotedWord, state: str, paid: int
) -> None:
    sent()
    assert noted(word).state == state
    assert (sheet(1001).state, sheet(1001).amo_paid) == (state, paid)
    assert list(breaches(practice)) == []


def test_a_payment_adds_to_what_was_paid_until_nothing_is_owed(practice: Practice) -> None:
    sent()
    noted(replace(PAYMENT, paid=1000))
    assert isinstance(note_answer(sheet(1001).id, None, replace(PAYMENT, paid=891), SOPHIE), Against)
    assert noted(replace(PAYMENT, paid=890)).state == "paid"
    assert sheet(1001).amo_paid == 1890
    assert note_answer(sheet(1001).id, None, REJECTION, SOPHIE) == Refused(Refusal.PAID_WHOLE)


def test_a_payment_beyond_the_bill_adds_up_too(practice: Practice) -> None:
    sent("15")
    noted(PAYMENT)
    assert note_answer(sheet(1001).id, None, PAYMENT, SOPHIE) == Refused(Refusal.KNOWN_ALREADY)
    assert isinstance(note_answer(sheet(1001).id, None, replace(PAYMENT, paid=10), SOPHIE), Against)
    noted(replace(PAYMENT, paid=10), against=True)
    assert sheet(1001).amo_paid == 1900
    assert list(breaches(practice)) == []


def test_what_contradicts_is_noted_only_by_who_knows_it(practice: Practice) -> None:
    rejected()
    before = contents()
    outcome = note_answer(sheet(1001).id, None, PAYMENT, SOPHIE)
    assert outcome == Against(1001, ShareName.AMO, ShareState.REJECTED, 0, 1890)
    assert contents() == before
    assert noted(PAYMENT, against=True).state == "paid"
    assert list(breaches(practice)) == []


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        (replace(REJECTION, share=ShareName.AMC), Refusal.SHARE_NOT_ASKED),
        (replace(REJECTION, said_in=" "), Refusal.NO_SOURCE),
        (replace(REJECTION, said_on=date(2026, 11, 17)), Refusal.SAID_LATER),
        (replace(REJECTION, said_on=date(2026, 11, 4)), Refusal.SAID_BEFORE_BILLED),
    ],
)
def test_what_cannot_be_is_not_noted(practice: Practice, word: NotedWord, reason: Refusal) -> None:
    invoice = sent()
    before = contents()
    assert note_answer(invoice.id, invoice.version, word, SOPHIE) == Refused(reason)
    assert contents() == before


def test_nothing_is_noted_twice_late_or_on_what_a_payment_settled(practice: Practice) -> None:
    invoice = sent("15")
    noted(REJECTION)
    assert note_answer(invoice.id, None, REJECTION, SOPHIE) == Refused(Refusal.KNOWN_ALREADY)
    assert isinstance(note_answer(invoice.id, None, replace(REJECTION, code="0460 051"), SOPHIE), Against)
    assert isinstance(note_answer(invoice.id, invoice.version, REPROCESSED, SOPHIE, against=True), Stale)
    noted(PAYMENT, against=True)
    assert note_answer(invoice.id, None, REJECTION, SOPHIE, against=True) == Refused(Refusal.SHARE_PAID)


def test_a_file_that_says_the_same_changes_nothing_and_one_that_says_more_is_no_note_any_more(
    practice: Practice,
) -> None:
    invoice = an_invoice(1001)
    sent()
    noted(REJECTION)
    other = hear(an_answer(invoice, "rejected", code="0460 051"), reference="R00003")
    assert (other.outcomes, other.confirmed) == ({"contradictory": 1}, 0), "another code than the one noted"
    (waiting,) = aside_answers()
    assert (waiting.noted, waiting.codes) == (row().noted, ("0460 051",))
    same = hear(an_answer(invoice, "rejected"))
    assert (same.outcomes, same.confirmed) == ({"duplicate": 1}, 1)
    assert (row().noted, sheet(1001).noted, row().amo_rejection) == (None, None, "0450 054"), "the file says it now"
    assert hear(an_answer(invoice, "paid"), reference="R00002").outcomes == {"contradictory": 1}
    settle_answer(waiting.id, True, SOPHIE)
    assert row().amo_rejection == "0460 051"
    assert list(breaches(practice)) == []
