"""What the complementary payers are asked, until they pay: where each share stands, since when, what comes first."""

from __future__ import annotations

from datetime import date, timedelta

from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.note_answer import Noted, note_answer
from models.commands.resend_dre import DreMade, resend_dre
from models.commands.transmit import transmit_all
from models.commands.validate import Validated, validate_invoice
from models.domain.dre import DreStep
from models.domain.follow_up import UNMEASURED_DAYS, Waiting
from models.domain.notes import NotedWord
from models.domain.place import Practice
from models.domain.states import InvoiceKind, ShareName, ShareState
from models.queries.dre_waiting import WaitingDre, dre_of_invoice, waiting_dre
from models.queries.follow_up import due
from models.reference.rejections import our_book
from models.store.database import db
from tests.models.practice import SOPHIE, an_answer, an_invoice, hear, sheet, take_in
from tui.text.dre_waiting import about, standing

TODAY = date(2026, 11, 16)


def the_only(today: date = TODAY) -> WaitingDre:
    """The one share that waits."""
    (one,) = waiting_dre(today)
    return one


def sent_along(amo: str | None = None, amc: str | None = None) -> None:
    """An invoice of 31,50 € that asks both shares, and what a return says of it."""
    invoice = an_invoice(1001, settlement="15")
    take_in(invoice)
    if amo:
        hear(an_answer(invoice, amo, amc))  # type: ignore[arg-type]


def made_again() -> DreMade:
    """The DRE of the refused share."""
    old = sheet(1001)
    made = resend_dre(old.id, old.version, "0099990002", SOPHIE)
    assert isinstance(made, DreMade)
    return made


def test_before_the_caisse_speaks_its_invoice_alone_tells_of_the_share(practice: Practice) -> None:
    sent_along()
    assert waiting_dre(TODAY) == []
    told = dre_of_invoice(sheet(1001).id, TODAY)
    assert told is not None
    assert (told.step, told.cents, told.days) == (DreStep.WAITING, 1260, 10)


def test_a_share_that_the_caisse_accepted_waits_for_its_payer_and_is_late_beyond_its_days(practice: Practice) -> None:
    sent_along("paid")
    one = the_only()
    assert (one.step, one.kind, one.cents, one.since, one.late) == (
        DreStep.WAITING,
        InvoiceKind.INVOICE,
        1260,
        date(2026, 11, 6),
        False,
    )
    assert the_only(date(2026, 11, 6) + timedelta(days=UNMEASURED_DAYS + 1)).late


def test_a_refused_share_says_why_and_goes_again_after_its_invoice(practice: Practice) -> None:
    sent_along("rejected", "rejected")
    assert the_only().step == DreStep.AFTER_INVOICE
    assert "D’abord la facture" in dict(about(the_only(), our_book()))["À faire"]


def test_a_dre_is_followed_from_its_making_to_its_payment(practice: Practice) -> None:
    sent_along("paid", "rejected")
    refused = the_only()
    assert (refused.step, refused.code) == (DreStep.REFUSED, "1001")
    made = made_again()
    assert (the_only().step, the_only().of, the_only().kind) == (DreStep.TO_SEND, 1001, InvoiceKind.DRE)
    assert isinstance(validate_invoice(made.new_id, None, SOPHIE, book=our_book()), Validated)
    transmit_all(practice.outbox, SOPHIE)
    later = SOPHIE.day + timedelta(days=UNMEASURED_DAYS + 1)
    one = the_only(later)
    assert (one.step, one.late, one.days) == (DreStep.WAITING, True, UNMEASURED_DAYS + 1)
    assert standing(one).startswith("12,60 € sans réponse depuis le 16/11/2026 (16 j), lot ")
    assert dre_of_invoice(sheet(1001).id, later) == dre_of_invoice(made.new_id, later) == one
    (listed,) = [each for each in due(later) if each.kind == InvoiceKind.DRE]
    assert (listed.waiting, listed.share, listed.dre_of) == (Waiting.SILENT, ShareName.AMC, 1001)
    sent = sheet(made.new_number)
    paid = NotedWord(ShareName.AMC, ShareState.PAID, SOPHIE.day, "relevé bancaire", paid=1260)
    assert isinstance(note_answer(sent.id, sent.version, paid, SOPHIE), Noted)
    assert waiting_dre(later) == []
    assert dre_of_invoice(sheet(1001).id, later) is None


def test_the_request_of_an_invoice_that_was_redone_is_to_be_cancelled(practice: Practice) -> None:
    sent_along("rejected")
    old = sheet(1001)
    new = cancel_invoice(old.id, old.version, SOPHIE)
    assert isinstance(new, Cancelled)
    one = the_only()
    assert (one.step, one.number, one.of) == (DreStep.TO_CANCEL, 1001, new.new_number)
    assert "n’est pas public" in dict(about(one, our_book()))["À faire"]
    db.execute_sql("UPDATE invoice SET amc_state = 'paid' WHERE id = ?", (new.new_id,))
    assert waiting_dre(TODAY) == [], "once the new one is paid, nothing is asked twice"
