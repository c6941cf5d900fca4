"""Défaire: a return taken by mistake, or a note, leaves its invoices as they were; what was built on it holds it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.commands.cancel import cancel_invoice
from models.commands.note_answer import Noted, note_answer
from models.commands.receive import AlreadyReceived, receive_return
from models.commands.resend_dre import resend_dre
from models.commands.settle_answer import settle_answer
from models.commands.take_back import BuiltOn, TakenBack, undo_return, withdraw_note
from models.domain.place import Practice
from models.domain.refusals import Refusal, Refused
from models.domain.states import ShareState
from models.queries.counts import counts
from models.queries.received_returns import received_returns
from models.queries.returns import aside_answers, is_received
from models.queries.verification import breaches
from models.tables.returns import Return
from tests.models.practice import CLAIRE, SOPHIE, a_return, an_answer, an_invoice, contents, hear, sheet, take_in
from tests.models.test_notes import PAYMENT, REJECTION, noted, row

FIRST, SECOND, THIRD = an_invoice(1001), an_invoice(1002, settlement="15"), an_invoice(1003)


def states() -> list[str]:
    """Where the three invoices stand."""
    return [sheet(number).state for number in (1001, 1002, 1003)]


def mistaken() -> int:
    """A return on two of three invoices that wait; its id."""
    take_in(FIRST, SECOND, THIRD)
    return hear(an_answer(FIRST, "rejected"), an_answer(SECOND, "paid", "rejected")).return_id


def test_a_return_is_undone_whole_and_its_file_can_be_read_again(practice: Practice) -> None:
    source = mistaken()
    before = [(one.amo_state, one.amo_paid, one.amo_rejection) for one in map(sheet, (1001, 1002, 1003))]
    assert states() == ["rejected", "partly_paid", "transmitted"]
    assert undo_return(source, CLAIRE) == TakenBack("R00001.noe", 2, 2, 0)
    assert states() == ["transmitted"] * 3
    assert [one.reasons for one in map(sheet, (1001, 1002))] == [(), ()]
    assert [one.amc_state for one in map(sheet, (1001, 1002))] == ["none", "pending"]
    (read,) = received_returns()
    assert (read.undone_by, bool(read.undone_at)) == ("claire", True)
    assert undo_return(source, CLAIRE) == Refused(Refusal.RETURN_UNDONE)
    again = hear(an_answer(FIRST, "rejected"), an_answer(SECOND, "paid", "rejected"))
    assert again.return_id != source
    assert [(one.amo_state, one.amo_paid, one.amo_rejection) for one in map(sheet, (1001, 1002, 1003))] == before
    assert list(breaches(practice)) == []


def test_a_paid_invoice_goes_back_and_only_that_way(practice: Practice) -> None:
    take_in(FIRST)
    source = hear(an_answer(FIRST, "paid")).return_id
    assert sheet(1001).state == "paid"
    assert isinstance(undo_return(source, SOPHIE), TakenBack)
    assert (sheet(1001).state, sheet(1001).amo_paid) == ("transmitted", 0)
    assert list(breaches(practice)) == []


BUILT: dict[str, tuple[Callable[[], object], Refusal]] = {
    "cancelled": (lambda: cancel_invoice(sheet(1001).id, None, SOPHIE), Refusal.CANCELLED_SINCE),
    "its DRE again": (lambda: resend_dre(sheet(1002).id, None, "0088888888", SOPHIE), Refusal.DRE_SINCE),
    "the same again": (lambda: hear(an_answer(FIRST, "rejected"), reference="R2"), Refusal.ANSWERED_SINCE),
    "a later answer": (lambda: _settled(take=True), Refusal.ANSWERED_SINCE),
    "set aside since": (lambda: _settled(take=False), Refusal.ANSWERED_SINCE),
    "a note": (lambda: noted(PAYMENT, against=True), Refusal.ANSWERED_SINCE),
}


def _settled(*, take: bool) -> None:
    hear(an_answer(FIRST, "paid"), reference="R2")
    (waiting,) = aside_answers()
    settle_answer(waiting.id, take, SOPHIE)


@pytest.mark.parametrize("built", BUILT)
def test_what_was_built_on_it_is_said_and_nothing_changes(practice: Practice, built: str) -> None:
    source = mistaken()
    build, reason = BUILT[built]
    build()
    before = contents()
    outcome = undo_return(source, CLAIRE)
    assert isinstance(outcome, BuiltOn)
    assert [one.reason for one in outcome.reasons] == [reason]
    assert contents() == before


def test_what_waited_because_of_it_is_judged_again(practice: Practice) -> None:
    take_in(FIRST, SECOND)
    source = hear(an_answer(FIRST, "paid"), an_answer(SECOND, "rejected")).return_id
    later = hear(an_answer(FIRST, "rejected"), an_answer(SECOND, "paid", "paid"), reference="R2")
    assert later.outcomes == {"after_payment": 1, "contradictory": 1}
    assert undo_return(source, SOPHIE) == TakenBack("R00001.noe", 2, 2, 2)
    assert [sheet(1001).state, sheet(1002).state, counts().aside] == ["rejected", "paid", 0]
    assert isinstance(undo_return(later.return_id, SOPHIE), TakenBack)
    assert [sheet(1001).state, sheet(1002).state] == ["transmitted", "transmitted"]
    assert list(breaches(practice)) == []


def test_of_two_that_are_judged_again_at_once_the_first_is_held_by_the_second(practice: Practice) -> None:
    take_in(SECOND)
    source = hear(an_answer(SECOND, "rejected", "rejected")).return_id
    first = hear(an_answer(SECOND, "deferred"), reference="R2").return_id
    second = hear(an_answer(SECOND, None, "deferred"), reference="R3").return_id
    assert undo_return(source, CLAIRE) == TakenBack("R00001.noe", 1, 1, 2)
    assert undo_return(first, CLAIRE) == BuiltOn((Refused(Refusal.ANSWERED_SINCE, 1002, "R3.noe"),))
    assert undo_return(second, CLAIRE) == TakenBack("R3.noe", 1, 1, 0)
    assert (sheet(1002).amo_state, sheet(1002).amc_state) == ("deferred", "pending")
    assert isinstance(undo_return(first, CLAIRE), TakenBack)
    assert list(breaches(practice)) == []


def test_a_held_return_and_one_that_waits_are_undone_too(practice: Practice) -> None:
    take_in(FIRST)
    data = a_return(an_answer(FIRST, "paid"), an_answer(THIRD, "paid"))
    wrong = data[:-128] + data[-128:].replace(b"3780P", b"3781P")
    assert wrong != data
    outcome = receive_return(wrong, "faux.noe", SOPHIE)
    assert not isinstance(outcome, AlreadyReceived)
    assert counts().held == 1
    assert undo_return(outcome.return_id, SOPHIE) == TakenBack("faux.noe", 0, 2, 0)
    assert (counts().held, aside_answers()) == (0, [])
    assert not is_received(Return.get_by_id(outcome.return_id).content_hash.split()[0])


def test_a_note_is_withdrawn_with_its_reason_and_the_return_under_it_still_can_be(practice: Practice) -> None:
    source = mistaken()
    note = noted(PAYMENT, against=True)
    assert withdraw_note(note.note_id, " ", SOPHIE) == Refused(Refusal.NO_REASON)
    assert withdraw_note(source, "erreur", SOPHIE) == Refused(Refusal.NO_NOTE)
    assert undo_return(note.note_id, SOPHIE) == Refused(Refusal.NO_NOTE)
    assert withdraw_note(note.note_id, "autre patient", CLAIRE) == TakenBack("", 1, 1, 0)
    assert (sheet(1001).state, sheet(1001).amo_rejection, sheet(1001).noted, row().noted) == (
        "rejected", "0450 054", None, None,
    )  # fmt: skip
    assert Return.get_by_id(note.note_id).undone_why == "autre patient"
    assert isinstance(undo_return(source, SOPHIE), TakenBack)
    assert states() == ["transmitted"] * 3
    assert list(breaches(practice)) == []


def test_a_note_that_a_file_repeats_or_that_led_to_a_new_number_stays(practice: Practice) -> None:
    take_in(FIRST, SECOND)
    note = noted(REJECTION)
    other = note_answer(sheet(1002).id, None, REJECTION, SOPHIE)
    assert isinstance(other, Noted)
    hear(an_answer(FIRST, "rejected"))
    cancel_invoice(sheet(1002).id, None, SOPHIE)
    for note_id, reason in ((note.note_id, Refusal.ANSWERED_SINCE), (other.note_id, Refusal.CANCELLED_SINCE)):
        outcome = withdraw_note(note_id, "erreur", SOPHIE)
        assert isinstance(outcome, BuiltOn)
        assert outcome.reasons[0].reason == reason
    assert sheet(1001).amo_state == ShareState.REJECTED
