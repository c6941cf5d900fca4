"""A return whose sums do not agree: read, kept aside whole, and decided on at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.commands.receive import AlreadyReceived, Received, receive_return
from models.commands.settle_answer import settle_answer
from models.commands.settle_return import ReturnSettled, settle_return
from models.domain.exchanges import AnswerOutcome, Decision
from models.domain.place import Practice
from models.domain.refusals import Refusal, Refused
from models.domain.states import InvoiceState
from models.queries.counts import counts
from models.queries.returns import aside_answers, held_returns
from models.queries.verification import breaches
from models.tables.journal import JournalEntry
from tests.models.practice import (
    CLAIRE,
    SOPHIE,
    a_return,
    an_answer,
    an_invoice,
    contents,
    hear,
    sheet,
    take_in,
)

FIRST, SECOND, LATER = an_invoice(1001), an_invoice(1002), an_invoice(1003)
PAID, REJECTED, UNSEEN = (an_answer(FIRST, "paid"), an_answer(SECOND, "rejected"), an_answer(LATER, "paid"))


def another_total(data: bytes) -> bytes:
    """One cent more at the end of the file."""
    return data[:-128] + data[-128:].replace(b"00000003780P", b"00000003781P")


def another_sign(data: bytes) -> bytes:
    """The last total is said to be taken back."""
    return data[:-128] + data[-128:].replace(b"3780P", b"3780N")


def wrong(change: Callable[[bytes], bytes] = another_total) -> Received:
    """A return of three answers whose total is wrong; 1003 is not known yet."""
    take_in(FIRST, SECOND)
    data = change(a_return(PAID, REJECTED, UNSEEN))
    outcome = receive_return(data, "faux.noe", SOPHIE)
    assert isinstance(outcome, Received)
    return outcome


@pytest.mark.parametrize("change", [another_total, another_sign])
def test_no_answer_of_it_is_applied(practice: Practice, change: Callable[[bytes], bytes]) -> None:
    outcome = wrong(change)
    assert (outcome.held, outcome.outcomes, outcome.states) == (True, {AnswerOutcome.WRONG_TOTAL: 3}, {})
    assert [sheet(number).state for number in (1001, 1002)] == ["transmitted", "transmitted"]
    assert (counts().aside, counts().held) == (0, 1), "one decision, on the return"
    assert {answer.outcome for answer in aside_answers()} == {AnswerOutcome.WRONG_TOTAL}
    (held,) = held_returns()
    assert (held.id, held.file_name, held.answers) == (outcome.return_id, "faux.noe", 3)
    assert (held.wrong_totals, len(held.wrong_totals)) == (outcome.wrong_totals, 1)
    assert list(breaches(practice)) == []


def test_taken_each_answer_is_applied_as_it_would_have_been(practice: Practice) -> None:
    held = wrong()
    take_in(LATER, lot=2)
    entries = JournalEntry.select().count()
    outcome = settle_return(held.return_id, True, CLAIRE)
    assert outcome == ReturnSettled(
        "faux.noe", Decision.TAKEN, 3, {AnswerOutcome.APPLIED: 3}, {InvoiceState.PAID: 2, InvoiceState.REJECTED: 1}
    )
    assert [sheet(number).state for number in (1001, 1002, 1003)] == ["paid", "rejected", "paid"]
    assert (sheet(1001).amo_paid, sheet(1002).amo_rejection) == (1890, "0450 054")
    assert (aside_answers(), held_returns()) == ([], [])
    (last,) = JournalEntry.select().order_by(JournalEntry.id.desc()).limit(1)
    assert (last.action, last.operator, JournalEntry.select().count()) == ("settle_return", "claire", entries + 1)
    assert list(breaches(practice)) == []


def test_taken_what_contradicts_still_waits_for_a_decision_of_its_own(practice: Practice) -> None:
    held = wrong()
    hear(an_answer(FIRST, "rejected"))
    outcome = settle_return(held.return_id, True, SOPHIE)
    assert isinstance(outcome, ReturnSettled)
    assert outcome.aside == 2
    assert [answer.outcome for answer in aside_answers()] == ["contradictory", "unknown"]
    assert sheet(1001).state == "rejected"
    assert settle_return(held.return_id, True, SOPHIE) == Refused(Refusal.RETURN_NOT_HELD)


def test_dismissed_nothing_changes(practice: Practice) -> None:
    held = wrong()
    before = contents()["invoice"]
    outcome = settle_return(held.return_id, False, SOPHIE)
    assert outcome == ReturnSettled("faux.noe", Decision.DISMISSED, 3, {}, {})
    assert (contents()["invoice"], aside_answers(), held_returns()) == (before, [], [])
    assert settle_return(held.return_id, True, SOPHIE) == Refused(Refusal.RETURN_NOT_HELD)
    assert list(breaches(practice)) == []


def test_one_answer_of_it_is_not_decided_alone(practice: Practice) -> None:
    wrong()
    before = contents()
    answer = aside_answers()[0]
    assert settle_answer(answer.id, False, SOPHIE) == Refused(Refusal.ANSWER_OF_HELD_RETURN)
    assert contents() == before


def test_it_is_known_when_it_comes_again(practice: Practice) -> None:
    wrong()
    again = receive_return(another_total(a_return(PAID, REJECTED, UNSEEN)), "encore.noe", SOPHIE)
    assert again == AlreadyReceived("faux.noe", SOPHIE.at.isoformat())


def test_a_sound_return_is_not_one(practice: Practice) -> None:
    take_in(FIRST)
    outcome = hear(PAID)
    assert (outcome.held, outcome.wrong_totals, held_returns()) == (False, (), [])
    assert settle_return(outcome.return_id, True, SOPHIE) == Refused(Refusal.RETURN_NOT_HELD)
