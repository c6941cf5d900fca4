"""Où est l’argent: every cent that was sent is in exactly one place, whatever became of its invoice."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.file_away import Filed, file_invoices
from models.commands.give_up import GivenUp, give_up
from models.commands.note_answer import Noted, note_answer
from models.commands.note_arl import ArlNoted, ArlWord, note_arl
from models.commands.resend_dre import DreMade, resend_dre
from models.commands.settle_answer import Settled, settle_answer
from models.commands.take_back import TakenBack, undo_return
from models.commands.transmit import transmit_all
from models.domain.exchanges import Arl
from models.domain.filing import FiledAs
from models.domain.notes import NotedWord
from models.domain.place import Practice
from models.domain.states import InvoiceState, ShareName, ShareState
from models.domain.whereabouts import Place, Standing, unpaid_places
from models.queries.returns import aside_answers
from models.queries.verification import breaches
from models.queries.whereabouts import whereabouts
from models.tables.invoice import Invoice
from tests.models.practice import SOPHIE, an_answer, an_invoice, cancelled, hear, ready, rejected, sheet, take_in

BOTH = an_invoice(1001, settlement="15")
AMO, AMC = 1890, 1260


def places() -> dict[Place, tuple[int, int]]:
    """What is where: shares and cents; all of what was sent, once."""
    found = whereabouts()
    assert sum(line.cents for line in found.places) == found.sent
    return {line.place: (line.shares, line.cents) for line in found.places}


def test_what_is_silent_deferred_paid_in_part_or_rejected_is_told_apart(practice: Practice) -> None:
    assert places() == {}
    take_in(BOTH, an_invoice(1002), an_invoice(1003), an_invoice(1004), an_invoice(1005, settlement="00"))
    assert places() == {Place.SILENT: (5, 4 * AMO + AMC)}
    hear(
        an_answer(BOTH, "paid", "rejected"),
        an_answer(an_invoice(1002), "paid", amo_paid=1000),
        an_answer(an_invoice(1003), "deferred"),
    )
    assert places() == {
        Place.PAID: (2, AMO + 1000),
        Place.MISSING: (1, AMO - 1000),
        Place.REPROCESSING: (1, AMO),
        Place.REJECTED: (1, AMC),
        Place.SILENT: (1, AMO),
    }
    assert whereabouts().brought.applied == AMO + 1000


def test_what_is_cancelled_goes_where_its_successor_is(practice: Practice) -> None:
    new = ready(1001)
    assert places() == {Place.TO_SEND: (1, AMO)}
    transmit_all(practice.outbox, SOPHIE)
    sent = whereabouts()
    assert places() == {Place.SILENT: (1, 3150), Place.SENT_AGAIN: (1, AMO)}
    assert (sent.sent, sent.asked) == (AMO + 3150, 3150), "corrected to 100 %"
    second = cancelled(2001)
    assert places()[Place.TO_CORRECT] == (1, AMO)
    assert isinstance(give_up(second.id, None, FiledAs.RENOUNCED, "", SOPHIE), GivenUp)
    old = sheet(2001)
    assert places()[Place.REJECTED] == (1, AMO)
    until = SOPHIE.day + timedelta(days=30)
    assert isinstance(file_invoices([(old.id, None)], FiledAs.ABANDONED, "perdu", until, SOPHIE), Filed)
    assert places() == {Place.SILENT: (1, 3150), Place.ABANDONED: (1, AMO), Place.SENT_AGAIN: (1, AMO)}
    assert new.number != second.number


def test_a_dre_made_again_takes_its_share_along(practice: Practice) -> None:
    take_in(BOTH)
    hear(an_answer(BOTH, "paid", "rejected"))
    made = resend_dre(sheet(1001).id, None, "0088888888", SOPHIE)
    assert isinstance(made, DreMade)
    assert places() == {Place.PAID: (1, AMO), Place.TO_CORRECT: (1, AMC)}
    assert isinstance(give_up(made.new_id, None, FiledAs.PAID_AFTER_ALL, "", SOPHIE), GivenUp)
    assert places() == {Place.PAID: (1, AMO), Place.REJECTED: (1, AMC)}


def test_what_an_arl_refused_is_to_be_corrected_once(practice: Practice) -> None:
    take_in(BOTH, an_invoice(1002))
    lot = Invoice.get_by_id(sheet(1001).id).lot_id
    assert lot is not None
    word = ArlWord(Arl.NEGATIVE, SOPHIE.day, "Espace pro", "lot illisible")
    assert isinstance(note_arl(lot, word, SOPHIE), ArlNoted)
    assert places() == {Place.TO_CORRECT: (3, 2 * AMO + AMC)}


def test_money_taken_back_of_a_paid_invoice_is_not_with_the_practice(practice: Practice) -> None:
    take_in(BOTH)
    hear(an_answer(BOTH, "paid", "paid"))
    source = hear(an_answer(BOTH, "paid", amo_paid=-AMO), reference="R00002").return_id
    assert places() == {Place.PAID: (1, AMC), Place.TAKEN_BACK: (1, AMO)}
    assert whereabouts().brought.by_files == AMC
    hear(an_answer(BOTH, "paid"), reference="R00003")
    assert places() == {Place.PAID: (2, AMO + AMC)}, "given again"
    assert isinstance(undo_return(source, SOPHIE), TakenBack)
    assert places() == {Place.PAID: (2, AMO + AMC)}


def test_what_is_noted_and_what_a_person_took_beyond_the_bill_are_told(practice: Practice) -> None:
    take_in(an_invoice(1001), an_invoice(1002))
    word = NotedWord(ShareName.AMO, ShareState.PAID, SOPHIE.day, "relevé bancaire", paid=500)
    assert isinstance(note_answer(sheet(1001).id, None, word, SOPHIE), Noted)
    hear(an_answer(an_invoice(1002), "paid", amo_paid=AMO + 100))
    assert whereabouts().brought.waiting == AMO + 100
    assert isinstance(settle_answer(aside_answers()[0].id, True, SOPHIE), Settled)
    found = whereabouts()
    assert places() == {Place.PAID: (2, AMO + 500), Place.MISSING: (1, AMO - 500)}
    assert (found.beyond, found.brought.noted, found.brought.applied) == (100, 500, AMO + 100)


def test_a_rejected_share_that_was_filed_is_with_its_reason(practice: Practice) -> None:
    old = rejected(1001)
    for filed_as, place in ((FiledAs.CLAIMED, Place.CLAIMED), (FiledAs.SETTLED, Place.SETTLED)):
        standing = Standing(InvoiceState.REJECTED, ShareState.REJECTED, ShareState.PENDING, None, None, filed_as)
        assert unpaid_places(standing) == (place, place)
    assert isinstance(cancel_invoice(old.id, None, SOPHIE), Cancelled)
    assert list(breaches(practice)) == []


def test_no_share_of_an_invoice_is_nowhere() -> None:
    """Each state with each pair of shares has its places; what cannot be is a defect, and said."""
    live = Standing(InvoiceState.TRANSMITTED, ShareState.NONE, ShareState.NONE, InvoiceState.VALIDATED, None, None)
    for state, amo, amc in product(InvoiceState, ShareState, ShareState):
        if state == InvoiceState.GIVEN_UP:
            continue
        found = unpaid_places(live._replace(state=state, amo=amo, amc=amc))
        assert [place is None for place in found] == [share == ShareState.NONE for share in (amo, amc)]
    with pytest.raises(ValueError, match="None"):
        unpaid_places(live._replace(state=InvoiceState.CANCELLED, amo=ShareState.REJECTED, successor=None))
