"""Annuler: all of it or nothing, one successor, numbers without a hole, both numbers find it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.commands.bill import bill_invoice
from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.outcomes import Stale
from models.commands.settle_answer import settle_answer
from models.commands.transmit import transmit_all
from models.domain.faults import PracticeFault
from models.domain.lists import ListName
from models.domain.place import Practice
from models.domain.refusals import Refusal, Refused
from models.domain.states import Signature
from models.formats.b2.read import read_b2
from models.queries.invoice_row import ListView
from models.queries.returns import aside_answers
from models.queries.sheets import invoice_sheet
from models.queries.verification import breaches
from models.queries.windows import page
from models.tables.invoice import Invoice
from tests.models.practice import (
    CARE_DAY,
    CLAIRE,
    SOPHIE,
    an_answer,
    an_invoice,
    contents,
    hear,
    ready,
    rejected,
    sheet,
    take_in,
)
from tui.text.refusals import refusal_sentence


def test_the_successor_has_the_content_the_reason_and_a_new_number(practice: Practice) -> None:
    old = rejected(1001, settlement="15")
    outcome = cancel_invoice(old.id, old.version, SOPHIE)
    assert outcome == Cancelled(1001, 1002, old.id + 1)
    new, old = invoice_sheet(old.id + 1), invoice_sheet(old.id)
    assert new.draft == old.draft
    assert (new.total, new.amo, new.amc) == (old.total, old.amo, old.amc)
    assert (new.state, new.origin, new.signature, new.version) == ("unvalidated", "own", "", 1)
    assert (new.replaces, old.replaced_by, old.state) == (1001, 1002, "cancelled")
    assert new.reasons == old.reasons
    assert [reason.code for reason in new.reasons] == ["0450 054"]
    assert new.rejected_draft == old.draft
    assert list(breaches(practice)) == []


def test_the_zones_that_no_field_models_are_carried_along(practice: Practice) -> None:
    invoice = an_invoice(1001)
    invoice = replace(invoice, other=(("member", "MUT00001"),), suites=(("P", "OPERATEUR1".ljust(92)),))
    take_in(invoice)
    hear(an_answer(invoice, "rejected"))
    old = Invoice.get(Invoice.number == 1001)
    cancel_invoice(old.id, None, SOPHIE)
    new = Invoice.get(Invoice.replaces == old.id)
    assert (new.other, new.suites) == (old.other, old.suites)
    assert ("member", "MUT00001") in new.other
    assert ("P", "OPERATEUR1") in new.suites


def test_numbers_follow_each_other_without_a_hole(practice: Practice) -> None:
    invoices = [an_invoice(number) for number in (1001, 1002, 1003)]
    take_in(*invoices)
    hear(*(an_answer(invoice, "rejected") for invoice in invoices))
    given = []
    for invoice in invoices:
        outcome = cancel_invoice(sheet(invoice.number).id, None, SOPHIE)
        assert isinstance(outcome, Cancelled)
        given.append(outcome.new_number)
    assert given == [1004, 1005, 1006]


def test_a_second_cancellation_is_refused_with_the_new_number_and_leaves_no_trace(practice: Practice) -> None:
    old = rejected()
    cancel_invoice(old.id, old.version, SOPHIE)
    before = contents()
    assert cancel_invoice(old.id, old.version, CLAIRE) == Refused(Refusal.CANCELLED, 1002)
    assert contents() == before


def test_a_rejection_that_changed_since_it_was_read_is_not_cancelled(practice: Practice) -> None:
    invoice = an_invoice(1001, settlement="15")
    take_in(invoice)
    hear(an_answer(invoice, "rejected"))
    seen = sheet(1001)
    hear(an_answer(invoice, amc="rejected"), reference="R00002", author=CLAIRE)
    before = contents()
    outcome = cancel_invoice(seen.id, seen.version, SOPHIE)
    assert isinstance(outcome, Stale)
    assert (outcome.by, outcome.action, outcome.version) == ("claire", "receive", seen.version + 1)
    assert contents() == before


def test_a_rejection_that_an_answer_contradicts_waits_for_a_decision(practice: Practice) -> None:
    old = rejected()
    hear(an_answer(an_invoice(1001), "paid"), reference="R00002")
    before = contents()
    outcome = cancel_invoice(old.id, old.version, SOPHIE)
    assert isinstance(outcome, Refused)
    assert "décidez d’abord" in refusal_sentence(outcome)
    assert contents() == before
    (waiting,) = aside_answers()
    settle_answer(waiting.id, False, SOPHIE)
    assert isinstance(cancel_invoice(old.id, old.version, SOPHIE), Cancelled)


def test_an_invoice_that_is_not_there_is_one_french_sentence(practice: Practice) -> None:
    with pytest.raises(PracticeFault, match="pas dans ce cabinet"):
        cancel_invoice(99, None, SOPHIE)


@pytest.mark.parametrize("typed", ["1001", "000001001", "1002", "000001002"])
def test_both_numbers_find_both_invoices(practice: Practice, typed: str) -> None:
    old = rejected()
    cancel_invoice(old.id, old.version, SOPHIE)
    found = {row.number for row in page(ListView(ListName.ALL, typed=typed), None, 10)}
    assert found == {1001, 1002}


def test_a_successor_is_cancelled_in_its_turn_only_after_its_own_rejection(practice: Practice) -> None:
    old = rejected()
    outcome = cancel_invoice(old.id, old.version, SOPHIE)
    assert isinstance(outcome, Cancelled)
    bill_invoice(outcome.new_id, 1, Signature.CARD, SOPHIE)
    before = contents()
    assert isinstance(cancel_invoice(outcome.new_id, None, SOPHIE), Refused)
    assert contents() == before


def test_what_leaves_after_a_correction_is_what_came_but_for_what_was_corrected(practice: Practice) -> None:
    sent = an_invoice(1001, settlement="15")
    new = ready(1001, settlement="15", rate=60)
    (gone,) = transmit_all(practice.outbox, SOPHIE)
    ((again,),) = (lot.invoices for lot in read_b2(gone.file.read_bytes()).lots)
    assert (again.quality, again.last_name, again.first_name) == ("A", "DUPONT", "MARIE")
    as_it_came = replace(again, number=1001, exemption="0", billed_on=CARE_DAY, sesam=True, other=(), acts=())
    assert as_it_came == replace(sent, acts=())
    assert new.number == again.number
