"""Trancher an answer kept aside; and the rejected DRE's own path: the invoice first, then the DRE."""

from __future__ import annotations

import pytest

from models.commands.cancel import cancel_invoice
from models.commands.note_answer import Noted, note_answer
from models.commands.outcomes import Stale
from models.commands.resend_dre import DreMade, resend_dre
from models.commands.settle_answer import Settled, settle_answer
from models.commands.transmit import transmit_all
from models.commands.validate import Validated, validate_invoice
from models.domain.exchanges import AnsweredDocument, Decision
from models.domain.lists import ListName
from models.domain.notes import NotedWord
from models.domain.numbering import Numbering
from models.domain.place import Practice
from models.domain.refusals import Refusal, Refused
from models.domain.states import ShareName, ShareState
from models.formats.b2.read import read_b2
from models.formats.noemie.values import InvoiceAnswer
from models.queries.counts import counts
from models.queries.invoice_row import ListView
from models.queries.returns import aside_answers
from models.queries.sheets import InvoiceSheet, invoice_sheet
from models.queries.verification import breaches
from models.queries.whereabouts import whereabouts
from models.queries.windows import page, row_at
from models.reference.rejections import our_book
from tests.models.practice import SOPHIE, Said, an_answer, an_invoice, contents, hear, rejected, sheet, take_in
from tui.text.refusals import refusal_sentence

FIRST_DRE = Numbering().first_dre


def waiting() -> int:
    """The one answer that waits."""
    (answer,) = aside_answers()
    return answer.id


def test_a_payment_after_a_rejection_may_be_taken(practice: Practice) -> None:
    old = rejected()
    hear(an_answer(an_invoice(1001), "paid"), reference="R00002")
    assert settle_answer(waiting(), True, SOPHIE) == Settled(1001, AnsweredDocument.INVOICE, Decision.TAKEN)
    after = sheet(1001)
    assert (after.state, after.amo_paid, after.amo_rejection, after.version) == ("paid", old.amo, None, old.version + 1)
    assert aside_answers() == []
    assert list(breaches(practice)) == []


def test_an_answer_may_be_dismissed_and_the_invoice_stays(practice: Practice) -> None:
    old = rejected()
    hear(an_answer(an_invoice(1001), "deferred"), reference="R00002")
    answer = waiting()
    assert settle_answer(answer, False, SOPHIE) == Settled(1001, AnsweredDocument.INVOICE, Decision.DISMISSED)
    assert sheet(1001) == old
    before = contents()
    assert isinstance(settle_answer(answer, True, SOPHIE), Refused)
    assert contents() == before


def test_a_rejection_with_another_insured_may_be_taken_with_its_reasons(practice: Practice) -> None:
    invoice = an_invoice(1001)
    take_in(invoice)
    hear(an_answer(invoice, "rejected", nir="2900133063015"))
    assert isinstance(settle_answer(waiting(), True, SOPHIE), Settled)
    after = sheet(1001)
    assert (after.state, [reason.code for reason in after.reasons]) == ("rejected", ["0450 054"])


def test_a_payment_above_the_bill_is_sound_once_a_person_took_it(practice: Practice) -> None:
    invoice = an_invoice(1001)
    take_in(invoice)
    hear(an_answer(invoice, "paid", amo_paid=invoice.amo + 100))
    assert isinstance(settle_answer(waiting(), True, SOPHIE), Settled)
    assert (sheet(1001).state, sheet(1001).amo_paid) == ("paid", invoice.amo + 100)
    assert list(breaches(practice)) == []


def test_a_second_payment_adds_to_the_first_and_money_taken_back_is_less(practice: Practice) -> None:
    invoice = an_invoice(1001)
    take_in(invoice)
    hear(an_answer(invoice, "paid", amo_paid=1000))
    for rank, (paid, whole) in enumerate([(500, 1500), (-700, 800), (1090, 1890), (10, 1900)], start=2):
        hear(an_answer(invoice, "paid", amo_paid=paid), reference=f"R{rank:05d}")
        assert isinstance(settle_answer(waiting(), True, SOPHIE), Settled)
        assert sheet(1001).amo_paid == whole
    assert hear(an_answer(invoice, "paid", amo_paid=1900), reference="R00009").outcomes == {"duplicate": 1}
    assert whereabouts().brought.by_files == 1900 + 1900
    assert list(breaches(practice)) == []


def test_a_payment_of_a_file_stands_in_the_place_of_what_was_noted(practice: Practice) -> None:
    invoice = an_invoice(1001)
    take_in(invoice)
    word = NotedWord(ShareName.AMO, ShareState.PAID, SOPHIE.day, "relevé bancaire", paid=1000)
    assert isinstance(note_answer(sheet(1001).id, None, word, SOPHIE), Noted)
    hear(an_answer(invoice, "paid"), reference="R00002")
    assert isinstance(settle_answer(waiting(), True, SOPHIE), Settled)
    assert (sheet(1001).state, sheet(1001).amo_paid) == ("paid", invoice.amo)
    assert list(breaches(practice)) == []


def test_a_half_that_was_noted_gives_way_to_the_file_that_brings_it(practice: Practice) -> None:
    invoice = an_invoice(1001)
    take_in(invoice)
    half = invoice.amo // 2
    hear(an_answer(invoice, "paid", amo_paid=half))
    word = NotedWord(ShareName.AMO, ShareState.PAID, SOPHIE.day, "relevé bancaire", paid=half)
    assert isinstance(note_answer(sheet(1001).id, None, word, SOPHIE), Noted)
    assert (sheet(1001).state, sheet(1001).amo_paid) == ("paid", invoice.amo)
    hear(an_answer(invoice, "paid", amo_paid=half), reference="R00002")
    assert isinstance(settle_answer(waiting(), True, SOPHIE), Settled)
    assert (sheet(1001).state, sheet(1001).amo_paid) == ("paid", invoice.amo)
    assert list(breaches(practice)) == []


@pytest.mark.parametrize("back", [None, -1001])
def test_no_answer_takes_more_back_than_was_paid_nor_undoes_a_payment(practice: Practice, back: int | None) -> None:
    invoice = an_invoice(1001, settlement="15")
    take_in(invoice)
    hear(an_answer(invoice, "paid", "paid", amc_paid=1000))
    said: Said = "deferred" if back is None else "paid"
    hear(an_answer(invoice, None, said, amc_paid=back), reference="R00002")
    before = contents()
    assert settle_answer(waiting(), True, SOPHIE) == Refused(Refusal.ANSWER_NOT_TAKEABLE)
    assert contents() == before


@pytest.mark.parametrize("kind", ["unknown", "late", "after_payment", "final"])
def test_what_cannot_be_applied_can_only_be_dismissed(practice: Practice, kind: str) -> None:
    invoice = an_invoice(1001)
    if kind == "unknown":
        take_in(invoice)
        hear(an_answer(invoice, "paid", number=77), reference="R00002")
    elif kind == "late":
        cancel_invoice(rejected().id, None, SOPHIE)
        hear(an_answer(invoice, "paid"), reference="R00002")
    else:
        take_in(invoice)
        hear(an_answer(invoice, "paid"))
        hear(an_answer(invoice, "rejected" if kind == "after_payment" else "deferred"), reference="R00002")
    answer = waiting()
    before = contents()
    assert isinstance(settle_answer(answer, True, SOPHIE), Refused)
    assert contents() == before
    assert isinstance(settle_answer(answer, False, SOPHIE), Settled)
    assert list(breaches(practice)) == []


def dre_rejected(amo: bool = False) -> InvoiceSheet:
    """An invoice whose complementary share was rejected; its obligatory share paid, or rejected too."""
    invoice = an_invoice(1001, settlement="15")
    take_in(invoice)
    hear(an_answer(invoice, "rejected" if amo else "paid", "rejected"))
    return sheet(1001)


def of_the_dre(said: Said) -> InvoiceAnswer:
    """What the complementary payer says of the first DRE that was made again."""
    return an_answer(an_invoice(FIRST_DRE, settlement="15"), amc=said, kind="D")


def test_the_dre_goes_again_alone_to_the_right_payer(practice: Practice) -> None:
    old = dre_rejected()
    assert old.dre_refusal is None
    outcome = resend_dre(old.id, old.version, "0088888888", SOPHIE)
    assert outcome == DreMade(1001, FIRST_DRE, old.id + 1, 1)
    dre = invoice_sheet(old.id + 1)
    assert (dre.kind, dre.state, dre.dre_of, dre.draft.settlement) == ("dre", "unvalidated", 1001, "25")
    assert (dre.draft.amc_number, dre.signature) == ("0088888888", "unsecured")
    assert (dre.total, dre.amo, dre.amc) == (old.amc, 0, old.amc)
    assert [reason.code for reason in dre.reasons] == ["1001"]
    assert isinstance(validate_invoice(dre.id, dre.version, SOPHIE, book=our_book()), Validated)
    (gone,) = transmit_all(practice.outbox, SOPHIE)
    (lot,) = read_b2(gone.file.read_bytes()).lots
    assert [(sent.settlement, sent.amc_number) for sent in lot.invoices] == [("25", "0088888888")]
    sent = invoice_sheet(dre.id)
    assert (sent.amo_state, sent.amc_state) == ("none", "pending")
    assert hear(of_the_dre("paid"), reference="R00002").outcomes == {"applied": 1}
    assert invoice_sheet(dre.id).state == "paid"
    assert list(breaches(practice)) == []


def test_the_invoice_comes_first_then_its_dre(practice: Practice) -> None:
    old = dre_rejected(amo=True)
    before = contents()
    outcome = resend_dre(old.id, old.version, "0088888888", SOPHIE)
    assert isinstance(outcome, Refused)
    assert "D’abord la facture" in refusal_sentence(outcome)
    assert contents() == before
    cancel_invoice(old.id, None, SOPHIE)
    outcome = resend_dre(old.id, None, "0088888888", SOPHIE)
    assert isinstance(outcome, Refused)
    assert "1002" in refusal_sentence(outcome)


def test_a_dre_goes_again_once_and_both_numbers_find_both(practice: Practice) -> None:
    old = dre_rejected()
    assert (counts().dre, len(page(ListView(ListName.DRE), None, 9))) == (1, 1)
    resend_dre(old.id, old.version, "0088888888", SOPHIE)
    before = contents()
    assert isinstance(resend_dre(old.id, None, "0088888888", SOPHIE), Refused)
    assert isinstance(resend_dre(old.id, old.version, "0088888888", SOPHIE), Stale)
    assert contents() == before
    assert (counts().dre, page(ListView(ListName.DRE), None, 9)) == (0, [])
    row = row_at(ListView(ListName.TRANSMITTED), old.id)
    assert row is not None
    assert row.dre_refusal == sheet(1001).dre_refusal == Refused(Refusal.DRE_DONE, FIRST_DRE)
    for typed in ("1001", str(FIRST_DRE)):
        assert {found.number for found in page(ListView(ListName.ALL, typed=typed), None, 9)} == {1001, FIRST_DRE}


def test_a_dre_that_is_rejected_again_goes_again_from_itself(practice: Practice) -> None:
    old = dre_rejected()
    first = resend_dre(old.id, old.version, "0088888888", SOPHIE)
    assert isinstance(first, DreMade)
    validate_invoice(first.new_id, None, SOPHIE, book=our_book())
    transmit_all(practice.outbox, SOPHIE)
    hear(of_the_dre("rejected"), reference="R00002")
    seen = invoice_sheet(first.new_id)
    assert (seen.state, seen.cancel_refusal is not None) == ("rejected", True)
    assert isinstance(resend_dre(seen.id, seen.version, "0099999999", SOPHIE), DreMade)
    assert list(breaches(practice)) == []
