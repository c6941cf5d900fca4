"""What the practice learns from its own invoices: advice set aside, what rejections cost, what is accepted at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from models.commands.bill import Billed, bill_invoice
from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.file_away import Filed, file_invoices
from models.commands.note_answer import Noted, note_answer
from models.commands.receive import receive_return
from models.commands.settle_answer import Settled, settle_answer
from models.commands.transmit import transmit_all
from models.commands.validate import Validated, validate_invoice
from models.domain.author import Author
from models.domain.filing import FiledAs
from models.domain.findings import CheckName, fields_of_check
from models.domain.notes import NotedWord
from models.domain.place import Practice
from models.domain.states import ShareName, ShareState, Signature
from models.formats.noemie.read import read_noemie
from models.formats.noemie.values import InvoiceAnswer
from models.formats.noemie.write import write_noemie
from models.queries.advice_record import record_of
from models.queries.lessons import lessons
from models.queries.rejection_costs import CodeCost
from models.queries.returns import aside_answers
from models.queries.sheets import invoice_sheet
from models.reference.rejections import our_book
from tests.models.practice import SOPHIE, TEAM, a_return, an_answer, an_invoice, rejected, sheet, take_in

FIRST_DAY = date(2026, 11, 9)
LATER = Author("sophie", datetime(2026, 11, 24, 9, tzinfo=UTC))


def hear_on(day: date, *answers: InvoiceAnswer) -> None:
    """Read a return of this day."""
    file = read_noemie(a_return(*answers, reference=f"R{day:%m%d}"))
    receive_return(write_noemie(replace(file, created_on=day)), f"{day}.noe", SOPHIE)


def cost(code: str, share: ShareName = ShareName.AMO) -> CodeCost:
    """The only line of this code on this share."""
    (line,) = [line for line in lessons(our_book()).costs if (line.code, line.share) == (code, share)]
    return line


class TestFirstTime:
    def test_only_the_first_answer_of_a_first_presentation_counts(self, practice: Practice) -> None:
        one, two, three = (an_invoice(number) for number in (1001, 1002, 1003))
        other = an_invoice(2001, practitioner=TEAM[1], billed_on=date(2026, 10, 5))
        take_in(one, two, three)
        take_in(other, lot=2)
        hear_on(FIRST_DAY, an_answer(one, "paid"), an_answer(two, "rejected"), an_answer(three, "deferred"))
        hear_on(FIRST_DAY + timedelta(7), an_answer(three, "paid"), an_answer(other, "paid"))
        first = lessons(our_book()).first_time
        assert (first.whole.answered, first.whole.accepted, first.whole.percent) == (4, 3, 75)
        assert [(line.key, line.share, line.accepted, line.answered) for line in first.payers] == [
            ("01331", ShareName.AMO, 3, 4)
        ]
        assert [(line.key, line.accepted, line.answered) for line in first.practitioners] == [
            (TEAM[0], 2, 3),
            (TEAM[1], 1, 1),
        ]
        assert [(line.key, line.accepted, line.answered) for line in first.months] == [
            ("2026-11", 2, 3),
            ("2026-10", 1, 1),
        ]

    def test_each_payer_is_judged_by_its_own_share_and_the_invoice_by_both(self, practice: Practice) -> None:
        invoice = an_invoice(1001, settlement="15")
        take_in(invoice)
        hear_on(FIRST_DAY, an_answer(invoice, "paid", "rejected"))
        first = lessons(our_book()).first_time
        assert {(line.share, line.accepted) for line in first.payers} == {(ShareName.AMO, 1), (ShareName.AMC, 0)}
        assert (first.whole.answered, first.whole.accepted) == (1, 0)

    def test_an_empty_practice_has_no_rate(self, practice: Practice) -> None:
        found = lessons(our_book())
        assert (found.advice, found.costs, found.first_time.payers) == ((), (), ())
        assert (found.first_time.whole.answered, found.first_time.whole.percent) == (0, 0)


class TestCosts:
    def test_days_count_from_the_rejection_to_the_payment(self, practice: Practice) -> None:
        late, quick, open_one = an_invoice(1001), an_invoice(1002), an_invoice(1003)
        take_in(late, quick, open_one)
        hear_on(FIRST_DAY, *(an_answer(each, "rejected") for each in (late, quick, open_one)))
        hear_on(FIRST_DAY + timedelta(4), an_answer(quick, "paid"))
        hear_on(FIRST_DAY + timedelta(20), an_answer(late, "paid"))
        for number in (1001, 1002):
            _take_aside(number)
        line = cost("0450 054")
        assert (line.count, line.cents) == (3, 3 * late.amo)
        assert (line.ended, line.days, line.total_days) == (2, 4, 24)
        assert (line.waiting, line.waiting_cents, line.lost) == (1, late.amo, 0)

    def test_what_the_practice_gives_up_is_lost(self, practice: Practice) -> None:
        old = rejected(1001)

        done = file_invoices([(old.id, None)], FiledAs.ABANDONED, "trop vieux", date(2026, 12, 24), LATER)
        assert isinstance(done, Filed)
        line = cost("0450 054")
        assert (line.lost, line.lost_cents, line.days, line.waiting) == (1, old.amo, 10, 0)

    def test_a_payment_of_what_replaces_it_ends_the_days(self, practice: Practice) -> None:
        old = rejected(1001)
        _said(_send_again(practice, old.id, old.version), ShareState.PAID, date(2026, 11, 24))
        line = cost("0450 054")
        assert (line.ended, line.days, line.waiting) == (1, 10, 0)

    def test_what_was_rejected_twice_waits_under_its_last_code_alone(self, practice: Practice) -> None:
        old = rejected(1001)
        _said(_send_again(practice, old.id, old.version), ShareState.REJECTED, date(2026, 11, 24))
        first, second = cost("0450 054"), cost("0460 051")
        assert (first.waiting, second.waiting) == (0, 1)
        assert (first.days, second.days) == (None, None)


class TestAdvice:
    def test_what_came_back_rejected_is_told_of_its_check_by_reason(self, practice: Practice) -> None:
        old = rejected(1001)
        number = _send_again(practice, old.id, old.version, reason="Attestation vue")
        (line, *_) = lessons(our_book()).advice
        assert (line.outcomes.count, line.outcomes.answered, line.outcomes.rejected) == (1, 0, 0)
        _said(number, ShareState.REJECTED, date(2026, 11, 24))
        told = {line.check: line for line in lessons(our_book()).advice}
        same = told[CheckName.SAME_REJECTION]
        assert (same.outcomes.answered, same.outcomes.rejected, same.outcomes.same_field) == (1, 1, 1)
        assert [(reason, came.rejected) for reason, came in same.reasons] == [("Attestation vue", 1)]

    def test_the_question_hears_the_same_of_its_checks_alone(self, practice: Practice) -> None:
        old = rejected(1001)
        _send_again(practice, old.id, old.version)
        told = {line.check: line for line in lessons(our_book()).advice}
        assert record_of({CheckName.SAME_REJECTION}, our_book()) == {
            CheckName.SAME_REJECTION: told[CheckName.SAME_REJECTION]
        }
        assert record_of({CheckName.TRAVEL}, our_book()) == record_of((), our_book()) == {}

    def test_every_check_says_what_it_looks_at(self) -> None:
        assert all(isinstance(fields_of_check(check), frozenset) for check in CheckName)


def _take_aside(number: int) -> None:
    """Take the answer to this invoice that contradicts what is known."""
    for aside in aside_answers():
        if aside.number == number:
            assert isinstance(settle_answer(aside.id, True, SOPHIE), Settled)


def _said(number: int, state: ShareState, on: date) -> None:
    """Note what the caisse said of this invoice, in full."""
    invoice = sheet(number)
    word = NotedWord(ShareName.AMO, state, on, "courrier")
    said = replace(word, code="0460 051") if state == ShareState.REJECTED else replace(word, paid=invoice.amo)
    assert isinstance(note_answer(invoice.id, invoice.version, said, LATER), Noted)


def _send_again(place: Practice, old: int, version: int, reason: str = "sans motif") -> int:
    """Cancel, bill, validate against all advice, send; the new number."""
    new = cancel_invoice(old, version, SOPHIE)
    assert isinstance(new, Cancelled)
    billed = bill_invoice(new.new_id, invoice_sheet(new.new_id).version, Signature.DEGRADED, SOPHIE)
    assert isinstance(billed, Billed)
    done = validate_invoice(new.new_id, None, SOPHIE, book=our_book(), reason=reason)
    assert isinstance(done, Validated), done
    transmit_all(place.outbox, SOPHIE)
    return sheet(done.number).number
