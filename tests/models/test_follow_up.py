"""À relancer: the payers' usual days, what is silent, deferred, partly paid, taken back, owed in paper, nearly lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from peewee import IntegrityError

from models.commands.remind import NotReminded, Reminded, ReminderWithdrawn, remind, withdraw_reminder
from models.commands.send_sheets import send_sheets
from models.domain.follow_up import DEFERRED_DAYS, UNMEASURED_DAYS, Usual, Waiting, usual
from models.domain.place import Practice
from models.domain.refusals import Refusal, Refused
from models.domain.states import ShareName
from models.queries.follow_up import Due, due, due_counts
from models.queries.lots import sent_lots
from models.queries.usual_days import usual_days
from models.queries.verification import breaches
from models.store.database import db
from models.tables.journal import JournalEntry
from tests.models.practice import SOPHIE, an_answer, an_invoice, contents, hear, rejected, sheet, take_in
from tests.models.test_counts import explained

SENT = date(2026, 11, 6)
"""The day of the lots; the returns are of the fourteenth."""


def found(days: int) -> dict[int | None, Due]:
    """What is due so many days after the lots left, by number."""
    return {one.number: one for one in due(SENT + timedelta(days=days))}


def test_what_waits_is_counted_from_indexes(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    """The menu asks it: neither all answers of the latest returns are read for money that was taken back, nor lines."""
    take_in(an_invoice(1001))
    plans = explained(monkeypatch, lambda: due_counts(SENT))
    latest = ["SCAN answer", "SCAN a"]  # from the end, a year of them, for the payers' usual days
    assert [plan for plan in plans if plan.startswith("SCAN")] == [*latest, "SCAN return", "SCAN return"]
    assert "SEARCH a USING INDEX answer_taken_back (return_id=?)" in plans
    assert "SEARCH t USING COVERING INDEX act_first_day (invoice_id=? AND removed_in=?)" in plans


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ([3, 3, 3, 3], None),
        ([1, 2, 3, 4, 5], Usual(3, 5, 5)),
        ([*range(1, 11)], Usual(5, 9, 10)),
        ([8] * 20, Usual(8, 8, 20)),
    ],
)
def test_usual_days_are_told_from_five_answers_on(days: list[int], says: Usual | None) -> None:
    assert usual(days) == says


def test_a_payer_is_silent_beyond_its_own_days_where_they_are_known(practice: Practice) -> None:
    answered = [an_invoice(number, caisse="331") for number in range(1001, 1006)]
    take_in(*answered, an_invoice(1006, caisse="331"), lot=1)
    take_in(an_invoice(1007, caisse="401"), lot=2)
    hear(*(an_answer(invoice, "paid") for invoice in answered))
    assert usual_days() == {(ShareName.AMO, "01331"): Usual(8, 8, 5)}
    assert found(8) == {}
    assert set(found(9)) == {1006}, "eight days are usual there"
    assert set(found(UNMEASURED_DAYS)) == {1006}, "of the other caisse nothing is known yet"
    late = found(UNMEASURED_DAYS + 1)
    assert {number: (one.waiting, one.days, one.cents) for number, one in late.items()} == {
        1006: (Waiting.SILENT, 16, 1890),
        1007: (Waiting.SILENT, 16, 1890),
    }
    assert (late[1006].usual, late[1007].usual) == (Usual(8, 8, 5), None)


def test_each_invoice_stands_once_under_its_gravest_reason_the_most_money_for_the_longest_first(
    practice: Practice,
) -> None:
    silent = an_invoice(1001, settlement="15", coefficients=(1000, 1000))
    deferred, short, paper, paid = (an_invoice(number) for number in (1002, 1003, 1004, 1005))
    take_in(silent, deferred, short, paid, lot=1)
    take_in(paper, lot=2, certification="D")
    hear(an_answer(silent, "paid"), an_answer(deferred, "deferred"), an_answer(short, "paid", amo_paid=1500))
    hear(an_answer(paid, "paid"), reference="R00002")
    rejected(1101)
    assert {number: one.waiting for number, one in found(8).items()} == {
        1003: Waiting.PARTLY_PAID,
        1004: Waiting.PAPERS,
    }
    later = due(SENT + timedelta(days=8 + DEFERRED_DAYS + 1))
    assert [(one.number, one.waiting, one.share, one.cents) for one in later] == [
        (1001, Waiting.SILENT, ShareName.AMC, 2520),
        (1004, Waiting.PAPERS, ShareName.AMO, 1890),
        (1002, Waiting.DEFERRED, ShareName.AMO, 1890),
        (1003, Waiting.PARTLY_PAID, ShareName.AMO, 390),
    ]
    assert (later[3].since, later[3].days) == (date(2026, 11, 14), 31)
    assert due_counts(SENT + timedelta(days=39)) == {
        Waiting.SILENT: 1, Waiting.PAPERS: 1, Waiting.DEFERRED: 1, Waiting.PARTLY_PAID: 1,
    }  # fmt: skip


def test_a_sheet_that_is_owed_comes_before_the_silence_of_the_caisse_alone(practice: Practice) -> None:
    owed, paid = (an_invoice(number, settlement="15") for number in (1001, 1002))
    take_in(owed, paid, lot=1, certification="D")
    hear(an_answer(paid, "paid"))
    late = UNMEASURED_DAYS + 1
    assert {number: one.waiting for number, one in found(late).items()} == {
        1001: Waiting.PAPERS, 1002: Waiting.SILENT,
    }  # fmt: skip
    send_sheets([one.id for one in sent_lots(1)], SENT + timedelta(days=10), "", SOPHIE)
    assert found(late)[1001].waiting == Waiting.SILENT


def test_a_claim_that_is_about_to_be_lost_comes_first_wherever_it_stands(practice: Practice) -> None:
    rejected(1001)
    take_in(an_invoice(1002), lot=40)
    lost = date(2029, 1, 1)
    assert {one.number: (one.waiting, one.days_left) for one in due(lost - timedelta(days=91))} == {
        1002: (Waiting.SILENT, 91)
    }
    assert {one.number: (one.waiting, one.days_left) for one in due(lost - timedelta(days=90))} == {
        1001: (Waiting.DEADLINE, 90), 1002: (Waiting.DEADLINE, 90),
    }  # fmt: skip
    assert {one.last_day for one in due(lost + timedelta(days=5))} == {lost}


def test_money_that_is_taken_back_is_told_with_its_cause_and_its_transfer(practice: Practice) -> None:
    invoice = an_invoice(1001)
    take_in(invoice)
    hear(an_answer(invoice, "paid"))
    hear(an_answer(invoice, "paid", amo_paid=-1890), reference="R00002")
    db.execute_sql(
        "INSERT INTO return_transfer (id, return_id, practitioner_number, sent_on, label, payer)"
        " VALUES (1, 2, '336012349', '2026-11-15', 'VIR CPAM 331', '01331')"
    )
    db.execute_sql(
        "INSERT INTO return_movement (return_id, transfer_id, practitioner_number, return_kind, withheld, amount,"
        " reference, labels) VALUES (2, 1, '336012349', '05', 1, -2350, '000123', '[\"TROP PERCU\"]')"
    )
    back = due(SENT + timedelta(days=20))
    assert [(one.waiting, one.number, one.cents, one.lot) for one in back] == [
        (Waiting.TAKEN_BACK, None, 2350, None), (Waiting.TAKEN_BACK, 1001, 1890, 1),
    ]  # fmt: skip
    assert (back[0].cause, back[0].transfer) == ("créance 000123 · TROP PERCU", "du 15/11/2026 VIR CPAM 331")
    assert due(SENT + timedelta(days=200)) == []


def test_a_reminder_sets_it_below_until_the_payers_days_are_over_again_and_is_withdrawn(practice: Practice) -> None:
    take_in(an_invoice(1001), an_invoice(1002, coefficients=(100,)), lot=1)
    paid = an_invoice(1301)
    take_in(paid, lot=40)
    hear(an_answer(paid, "paid"), reference="J09999")
    ids = [sheet(number).id for number in (1001, 1301)]
    day = SENT + timedelta(days=20)
    author = replace(SOPHIE, at=SOPHIE.at + (day - SOPHIE.day))
    before = contents()
    assert remind(ids, day + timedelta(days=1), "", author) == Refused(Refusal.REMINDED_LATER)
    assert withdraw_reminder(ids[0], author) == Refused(Refusal.NOT_REMINDED)
    assert contents() == before
    outcome = remind(ids, day, "appel au 36 46", author)
    assert outcome == Reminded((1001,), day, (NotReminded(1301, Refused(Refusal.NOTHING_WAITS)),))
    assert [(one.number, one.again, one.reminded_on) for one in due(day)] == [(1002, False, None), (1001, True, day)]
    assert due_counts(day) == {Waiting.SILENT: 1}
    assert due_counts(day + timedelta(days=UNMEASURED_DAYS + 1)) == {Waiting.SILENT: 2}
    assert withdraw_reminder(ids[0], author) == ReminderWithdrawn(1001, day)
    assert [(one.number, one.again) for one in due(day)] == [(1001, False), (1002, False)]
    actions = [entry.action for entry in JournalEntry.select().order_by(JournalEntry.id.desc()).limit(2)]
    assert actions == ["withdraw_reminder", "remind"]
    with pytest.raises(IntegrityError, match="reminder"):
        db.execute_sql("UPDATE reminder SET withdrawn_at = ''")
    assert list(breaches(practice)) == []
