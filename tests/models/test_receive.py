"""Relever and Importer: each answer applied once, to its invoice; what must not be applied blindly is kept aside."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from models.commands.bill import Billed, bill_invoice
from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.import_lots import AlreadyImported, import_lots
from models.commands.receive import AlreadyReceived, receive_return
from models.commands.transmit import transmit_all
from models.commands.validate import Validated, validate_invoice
from models.domain.faults import PracticeFault
from models.domain.lists import ListName
from models.domain.place import Practice
from models.domain.refusals import Refusal, Refused
from models.domain.states import InvoiceState, ShareName, Signature
from models.formats.errors import FormatError
from models.queries.counts import counts
from models.queries.files import unread_returns
from models.queries.invoice_row import ListView
from models.queries.returns import aside_answers, is_received
from models.queries.verification import breaches
from models.queries.windows import page
from models.reference.payers import payer_label
from models.reference.rejections import our_book
from models.tables.people import Payer
from models.tables.returns import Answer
from tests.formats.building import EXPECTED, LOTS, RETURNS
from tests.models.practice import (
    SOPHIE,
    TEAM,
    a_lot,
    a_return,
    an_answer,
    an_invoice,
    contents,
    hear,
    sheet,
    take_in,
)

STATE_OF_FATE = {
    "paid": "paid",
    "amc_rejected": "partly_paid",
    "deferred": "reprocessing",
    "rejected": "rejected",
    "rejected_both": "rejected",
    "silent": "transmitted",
}


def test_the_sample_practice_comes_out_as_expected(practice: Practice) -> None:
    for lot in LOTS:
        import_lots(lot.read_bytes(), lot.name, SOPHIE)
    for file in RETURNS:
        receive_return(file.read_bytes(), file.name, SOPHIE)
    for number, told in EXPECTED.items():
        found = sheet(number)
        assert found.state == STATE_OF_FATE[told.fate], number
        assert (found.total, found.amo, found.amc, found.lot) == (told.total, told.amo, told.amc, told.lot)
        assert (found.amo_rejection, found.amc_rejection) == (told.reject, told.amc_reject)
        assert found.amo_paid + found.amc_paid == told.paid
    assert counts().by_state == {"paid": 33, "partly_paid": 1, "rejected": 14, "reprocessing": 10, "transmitted": 2}
    assert (counts().aside, counts().dre, counts().sent, counts().of(InvoiceState.REJECTED, InvoiceState.PAID)) == (
        0,
        3,
        60,
        47,
    )
    assert list(breaches(practice)) == []


def test_the_same_files_again_change_nothing(practice: Practice) -> None:
    invoice = an_invoice(1001)
    take_in(invoice)
    hear(an_answer(invoice, "paid"))
    before = contents()
    assert import_lots(a_lot(invoice), "autre-nom.b2", SOPHIE) == AlreadyImported("lot-001.b2")
    again = receive_return(a_return(an_answer(invoice, "paid")), "autre-nom.noe", SOPHIE)
    assert again == AlreadyReceived("R00001.noe", SOPHIE.at.isoformat())
    assert contents() == before


def test_the_same_answer_in_another_file_is_a_duplicate(practice: Practice) -> None:
    invoice = an_invoice(1001)
    take_in(invoice)
    hear(an_answer(invoice, "paid"))
    version = sheet(1001).version
    assert hear(an_answer(invoice, "paid"), reference="R00002").outcomes == {"duplicate": 1}
    assert (sheet(1001).version, sheet(1001).amo_paid) == (version, invoice.amo)


def test_an_answer_about_no_invoice_is_kept_and_flagged(practice: Practice) -> None:
    invoice = an_invoice(1001)
    take_in(invoice)
    received = hear(an_answer(invoice, "paid", number=4242))
    assert (received.outcomes, received.aside, received.states) == ({"unknown": 1}, 1, {})
    (aside,) = aside_answers()
    assert (aside.number, aside.outcome) == (4242, "unknown")


def test_an_answer_with_another_insured_is_kept_aside(practice: Practice) -> None:
    invoice = an_invoice(1001)
    take_in(invoice)
    assert hear(an_answer(invoice, "rejected", nir="2900133063015")).outcomes == {"identity": 1}
    assert sheet(1001).state == "transmitted"
    (aside,) = aside_answers()
    assert (aside.outcome, aside.codes) == ("identity", ("0450 054",))


def test_the_child_s_own_nir_is_the_right_insured(practice: Practice) -> None:
    invoice = an_invoice(1001)
    take_in(invoice)
    answer = replace(an_answer(invoice, "paid", nir="2900133063015"), individual_nir=invoice.nir)
    assert hear(answer).outcomes == {"applied": 1}


@pytest.mark.parametrize("paid", [1891, 999_999, -1890])
def test_more_than_was_asked_or_money_taken_back_waits_for_a_person(practice: Practice, paid: int) -> None:
    invoice = an_invoice(1001)
    take_in(invoice)
    assert invoice.amo == 1890
    assert hear(an_answer(invoice, "paid", amo_paid=paid)).outcomes == {"contradictory": 1}
    assert (sheet(1001).state, sheet(1001).amo_paid) == ("transmitted", 0)
    assert list(breaches(practice)) == []


def test_less_than_was_asked_is_partly_paid(practice: Practice) -> None:
    invoice = an_invoice(1001)
    take_in(invoice)
    hear(an_answer(invoice, "paid", amo_paid=1800))
    assert (sheet(1001).state, sheet(1001).amo_paid) == ("partly_paid", 1800)


def test_two_answers_about_one_invoice_in_one_return_are_one_change(practice: Practice) -> None:
    invoice = an_invoice(1001, settlement="15")
    take_in(invoice)
    received = hear(an_answer(invoice, "paid"), an_answer(invoice, amc="paid"))
    assert (received.outcomes, received.states) == ({"applied": 2}, {"paid": 1})
    assert (sheet(1001).version, sheet(1001).state) == (2, "paid")
    assert list(breaches(practice)) == []


@pytest.mark.parametrize("first", ["amo", "amc"])
def test_the_shares_may_be_answered_in_any_order(practice: Practice, first: str) -> None:
    invoice = an_invoice(1001, settlement="15")
    take_in(invoice)
    answers = [an_answer(invoice, "deferred"), an_answer(invoice, amc="paid")]
    for position, answer in enumerate(answers if first == "amo" else answers[::-1]):
        assert hear(answer, reference=f"R0001{position}").outcomes == {"applied": 1}
    assert sheet(1001).state == "partly_paid"
    assert sheet(1001).cancel_refusal == Refused(Refusal.REPROCESSING)
    assert list(breaches(practice)) == []


def test_answers_that_came_before_their_lot_are_rejoined_on_import(practice: Practice) -> None:
    first, late = an_invoice(1001), an_invoice(1002, settlement="15")
    take_in(first)
    hear(an_answer(late, "rejected", "rejected"))
    hear(an_answer(late, "rejected"), reference="R00002")
    imported = take_in(late, lot=2)
    assert imported.rejoined == 1
    found = sheet(1002)
    assert (found.state, found.version, found.amo_rejection, found.amc_rejection) == (
        "rejected",
        1,
        "0450 054",
        "1001",
    )
    assert [answer.outcome for answer in Answer.select().order_by(Answer.id)] == ["applied", "duplicate"]
    assert [row.number for row in page(ListView(ListName.TRANSMITTED, typed="0450 054"), None, 9)] == [1002]
    assert aside_answers() == []
    assert list(breaches(practice)) == []


def test_a_return_for_another_practice_is_refused_whole(practice: Practice) -> None:
    take_in(an_invoice(1001))
    stranger = an_invoice(1001, practitioner="759999999")
    before = contents()
    with pytest.raises(PracticeFault, match="759999999"):
        hear(an_answer(stranger, "paid"))
    assert contents() == before


def test_two_practitioners_may_share_a_number(practice: Practice) -> None:
    one, other = an_invoice(1001), an_invoice(1001, practitioner=TEAM[1], last_name="AUTRE")
    take_in(one)
    take_in(other)
    hear(an_answer(other, "rejected"))
    assert [sheet(1001, number).state for number in TEAM] == ["transmitted", "rejected"]


@pytest.mark.parametrize(
    ("data", "command"),
    [(b"", import_lots), (b"bonjour", import_lots), (b"", receive_return), (b"0" * 256, receive_return)],
)
def test_a_file_that_is_none_changes_nothing(practice: Practice, data: bytes, command: object) -> None:
    before = contents()
    with pytest.raises(FormatError):
        command(data, "x", SOPHIE)  # type: ignore[operator]
    assert contents() == before


def test_a_lot_whose_invoices_could_not_be_told_apart_is_refused_whole(practice: Practice) -> None:
    take_in(an_invoice(1001))
    before = contents()
    with pytest.raises(PracticeFault, match=r"n° 1001 .* déjà dans ce cabinet avec un autre contenu \(lot 001 du"):
        take_in(an_invoice(1000), an_invoice(1001, rate=100), lot=1)
    with pytest.raises(PracticeFault, match="deux fois la facture n° 1002"):
        take_in(an_invoice(1002), an_invoice(1002), lot=3)
    assert contents() == before


def test_progress_that_stops_the_reading_leaves_nothing_half_read(practice: Practice) -> None:
    invoice = an_invoice(1001)
    take_in(invoice)
    before = contents()

    def stop(*_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        receive_return(a_return(an_answer(invoice, "paid")), "r.noe", SOPHIE, stop)
    with pytest.raises(KeyboardInterrupt):
        import_lots(a_lot(an_invoice(1002), lot_number=2), "l.b2", SOPHIE, stop)
    assert contents() == before


def test_a_return_that_was_read_is_known_by_its_bytes(practice: Practice) -> None:
    invoice = an_invoice(1001)
    take_in(invoice)
    hear(an_answer(invoice, "paid"), reference="R00001")
    read, other = (a_return(an_answer(invoice, "paid"), reference=name) for name in ("R00001", "R00002"))
    assert [is_received(sha256(data).hexdigest()) for data in (read, other)] == [True, False]


def test_the_caisse_of_a_lot_is_known_by_its_name(practice: Practice) -> None:
    take_in(an_invoice(1001, settlement="15"))
    known = {(payer.kind, payer.code): payer.label for payer in Payer.select()}
    assert known == {("amo", "013310000"): payer_label("01", "331"), ("amc", "0077570001"): ""}
    assert known[ShareName.AMO, "013310000"] == "CPAM Bordeaux"


def test_only_a_return_that_is_there_to_be_seen_waits_to_be_read(practice: Practice) -> None:
    invoice = an_invoice(1001)
    take_in(invoice)
    practice.inbox.mkdir()
    for name in ("retour.noe", ".retour.noe.partiel"):
        (practice.inbox / name).write_bytes(a_return(an_answer(invoice, "paid")))
    (practice.inbox / "lot.b2").write_bytes(a_lot(invoice))
    (practice.inbox / "vieux").mkdir()
    assert [path.name for path in unread_returns(practice.inbox)] == ["retour.noe"]
    hear(an_answer(invoice, "paid"))
    assert unread_returns(practice.inbox) == []


def test_a_corsican_establishment_is_the_same_with_its_letter_in_the_lot_and_as_a_number_in_the_return(
    practice: Practice,
) -> None:
    ours, other = (an_invoice(number, practitioner="2B0007348") for number in (1001, 1002))
    take_in(ours, other)
    hear(an_answer(replace(ours, practitioner="200207348"), "rejected"))
    hear(an_answer(other, "paid"), reference="R00002")
    assert (sheet(1001).state, sheet(1002).state) == ("rejected", "paid")
    new = cancel_invoice(sheet(1001).id, None, SOPHIE)
    assert isinstance(new, Cancelled)
    billed = bill_invoice(new.new_id, 1, Signature.CARD, SOPHIE)
    assert isinstance(billed, Billed)
    left = validate_invoice(new.new_id, billed.version, SOPHIE, book=our_book(), reason="vue")
    assert isinstance(left, Validated)
    (lot,) = transmit_all(practice.outbox, SOPHIE)
    assert Path(lot.file).name.startswith("2B0007348-lot")
    assert list(breaches(practice)) == []
