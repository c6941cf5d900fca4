"""Noter un ARL: what a caisse never took goes back to be corrected under its number, and its lot is made anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.commands.bill import Billed, bill_invoice
from models.commands.import_lots import Imported, import_lots
from models.commands.note_arl import ArlNoted, ArlWord, note_arl
from models.commands.take_back import BuiltOn, TakenBack, withdraw_note
from models.commands.transmit import transmit_all
from models.commands.validate import Validated, validate_invoice
from models.domain.exchanges import Arl, LotStatus
from models.domain.place import Practice
from models.domain.refusals import Refusal, Refused
from models.domain.states import Signature
from models.queries.lots import own_lots
from models.queries.returns import aside_answers
from models.queries.sheets import InvoiceSheet
from models.queries.verification import breaches
from models.reference.rejections import our_book
from models.tables.lots import Lot
from tests.models.practice import (
    CLAIRE,
    SOPHIE,
    a_lot,
    an_answer,
    an_invoice,
    contents,
    hear,
    ready,
    sheet,
    take_in,
)

NEGATIVE = ArlWord(Arl.NEGATIVE, SOPHIE.day, "Espace pro", "lot illisible")
DAY_OF_REDONE = date(2026, 11, 9)
POSITIVE = ArlWord(Arl.POSITIVE, SOPHIE.day, "Espace pro")


def sent(practice: Practice) -> tuple[int, InvoiceSheet, InvoiceSheet]:
    """A lot of ours that left with two invoices."""
    first, second = ready(1001), ready(2001)
    transmit_all(practice.outbox, SOPHIE)
    (lot,) = own_lots(LotStatus.SENT)
    return lot.id, sheet(first.number), sheet(second.number)


def arl(lot_id: int, word: ArlWord = NEGATIVE, invoice_id: int | None = None) -> ArlNoted:
    """The ARL, which is noted."""
    outcome = note_arl(lot_id, word, SOPHIE, invoice_id=invoice_id)
    assert isinstance(outcome, ArlNoted), outcome
    return outcome


def test_a_negative_arl_sends_the_whole_lot_back_under_its_numbers_and_it_leaves_again(practice: Practice) -> None:
    lot, first, second = sent(practice)
    assert arl(lot).invoices == 2
    for before in (first, second):
        now = sheet(before.number)
        assert (now.state, now.lot, now.id, now.draft) == ("unvalidated", None, before.id, before.draft)
        assert now.sent_back is not None
        assert (now.sent_back.reason, now.sent_back.mark.said_in) == ("lot illisible", "Espace pro")
        assert isinstance(validate_invoice(now.id, now.version, SOPHIE, book=our_book(), reason="vu"), Validated)
    assert Lot.get_by_id(lot).status == LotStatus.REDONE
    assert list(breaches(practice)) == []
    (again,) = transmit_all(practice.outbox, SOPHIE)
    assert (again.invoices, sheet(first.number).state, sheet(first.number).sent_back) == (2, "transmitted", None)
    assert list(breaches(practice)) == []


def test_one_invoice_alone_goes_back_and_the_lot_remembers_it(practice: Practice) -> None:
    lot, first, second = sent(practice)
    assert arl(lot, invoice_id=first.id).invoices == 1
    assert (sheet(first.number).state, sheet(second.number).state) == ("unvalidated", "transmitted")
    assert Lot.get_by_id(lot).status == LotStatus.SENT
    assert note_arl(lot, NEGATIVE, SOPHIE, invoice_id=first.id) == Refused(Refusal.LOT_EMPTY, Lot.get_by_id(lot).number)
    assert list(breaches(practice)) == []


def test_an_arl_noted_by_mistake_is_withdrawn_until_the_invoice_is_taken_up(practice: Practice) -> None:
    lot, first, second = sent(practice)
    note = arl(lot)
    assert withdraw_note(note.note_id, "autre lot", CLAIRE) == TakenBack("", 2, 2, 0)
    assert (sheet(first.number).state, sheet(first.number).lot) == (first.state, first.lot)
    assert (sheet(second.number).amo_state, sheet(second.number).sent_back) == ("pending", None)
    assert Lot.get_by_id(lot).status == LotStatus.SENT
    again = arl(lot)
    now = sheet(first.number)
    validate_invoice(now.id, now.version, SOPHIE, book=our_book(), reason="vu")
    outcome = withdraw_note(again.note_id, "autre lot", CLAIRE)
    assert isinstance(outcome, BuiltOn)
    assert [one.reason for one in outcome.reasons] == [Refusal.CHANGED_SINCE]
    assert list(breaches(practice)) == []


def test_an_answer_that_came_though_the_arl_was_negative_counts_once_the_note_is_withdrawn(practice: Practice) -> None:
    lot, first, _ = sent(practice)
    note = arl(lot)
    named = an_invoice(first.number, billed_on=first.billed_on)
    assert hear(an_answer(replace(named, acts=first.draft.acts), "paid"), reference="R9").outcomes == {"not_sent": 1}
    assert withdraw_note(note.note_id, "autre lot", CLAIRE) == TakenBack("", 2, 2, 1)
    assert sheet(first.number).state == "paid"
    assert list(breaches(practice)) == []


def test_an_answer_that_waited_before_the_arl_waits_as_before_once_the_note_is_withdrawn(practice: Practice) -> None:
    new = ready(1001)
    named = replace(an_invoice(new.number, billed_on=new.billed_on), acts=new.draft.acts)
    assert hear(an_answer(named, "paid"), reference="R9").outcomes == {"not_sent": 1}
    transmit_all(practice.outbox, SOPHIE)
    (lot,) = own_lots(LotStatus.SENT)
    note = arl(lot.id)
    assert withdraw_note(note.note_id, "autre lot", CLAIRE) == TakenBack("", 1, 1, 0)
    assert (sheet(new.number).state, len(aside_answers())) == ("transmitted", 1)
    assert list(breaches(practice)) == []


@pytest.mark.parametrize("taken_up", [False, True])
def test_a_lot_that_came_in_goes_back_too_and_stands_in_the_one_that_is_made_anew(
    practice: Practice, taken_up: bool
) -> None:
    invoice = an_invoice(1001, settlement="15")
    take_in(invoice)
    before = sheet(1001)
    note = arl(Lot.get().id)
    now = sheet(1001)
    assert now.state == "unvalidated"
    if taken_up:
        billed = bill_invoice(now.id, now.version, Signature.DEGRADED, SOPHIE)
        assert isinstance(billed, Billed)
        assert isinstance(validate_invoice(now.id, billed.version, SOPHIE, book=our_book()), Validated)
    late = an_invoice(1001, settlement="15", billed_on=DAY_OF_REDONE)
    assert hear(an_answer(late, "paid"), reference="R9").aside == 1
    again = a_lot(replace(invoice, billed_on=DAY_OF_REDONE), lot_number=2, made_on=DAY_OF_REDONE)
    outcome = import_lots(again, "lot-002.b2", SOPHIE, far=True)
    assert isinstance(outcome, Imported)
    assert (outcome.redone, outcome.rejoined) == (((1, 1),), 1), "what came too soon counts now"
    after = sheet(1001)
    assert (after.id, after.lot, after.billed_on) == (before.id, 2, DAY_OF_REDONE)
    assert (after.state, after.amo_state, after.amc_state) == ("partly_paid", "paid", "pending")
    assert transmit_all(practice.outbox, SOPHIE) == (), "it left already"
    assert isinstance(withdraw_note(note.note_id, "autre lot", CLAIRE), BuiltOn)
    assert list(breaches(practice)) == []


def test_the_refused_lot_itself_brings_nothing_back(practice: Practice) -> None:
    first, second = an_invoice(1001), an_invoice(1002)
    take_in(first, second)
    arl(Lot.get().id)
    assert isinstance(import_lots(a_lot(first), "lot-001-encore.b2", SOPHIE, far=True), Imported)
    assert (sheet(1001).state, sheet(1001).lot) == ("unvalidated", None)
    assert hear(an_answer(first, "paid")).outcomes == {"not_sent": 1}
    again = import_lots(a_lot(first, lot_number=2), "lot-002.b2", SOPHIE, far=True)
    assert isinstance(again, Imported)
    assert (again.rejoined, sheet(1001).state, aside_answers()) == (1, "paid", [])
    assert list(breaches(practice)) == []


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        (replace(NEGATIVE, reason=" "), Refusal.NO_ARL_REASON),
        (replace(NEGATIVE, said_in=""), Refusal.NO_SOURCE),
        (replace(NEGATIVE, said_on=SOPHIE.day.replace(day=17)), Refusal.SAID_LATER),
        (replace(NEGATIVE, said_on=SOPHIE.day.replace(day=1)), Refusal.SAID_BEFORE_BILLED),
    ],
)
def test_what_cannot_be_is_not_noted(practice: Practice, word: ArlWord, reason: Refusal) -> None:
    take_in(an_invoice(1001))
    before = contents()
    assert note_arl(Lot.get().id, word, SOPHIE) == Refused(reason)
    assert contents() == before


def test_a_positive_arl_and_an_answer_both_say_that_the_lot_came_in(practice: Practice) -> None:
    invoice = an_invoice(1001)
    take_in(invoice)
    lot = Lot.get()
    note = arl(lot.id, POSITIVE)
    assert note_arl(lot.id, NEGATIVE, SOPHIE) == Refused(Refusal.ARL_POSITIVE, lot.number)
    assert isinstance(withdraw_note(note.note_id, "autre lot", CLAIRE), TakenBack)
    hear(an_answer(invoice, "rejected"))
    assert note_arl(lot.id, NEGATIVE, SOPHIE) == Refused(Refusal.LOT_ANSWERED, 1001)
    assert list(breaches(practice)) == []
