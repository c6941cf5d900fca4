"""Classer: out of « À traiter » for a reason, back at its day or when an answer comes; counted apart, never lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.commands.cancel import cancel_invoice
from models.commands.file_away import Filed, TakenOut, bring_back_due, file_invoices, take_out
from models.commands.outcomes import Stale
from models.domain.author import Author
from models.domain.filing import FARTHEST, FiledAs
from models.domain.lists import ListName
from models.domain.place import Practice
from models.domain.refusals import Refusal, Refused
from models.domain.states import InvoiceState
from models.queries.counts import counts
from models.queries.invoice_row import ListView
from models.queries.overview import overview
from models.queries.verification import breaches
from models.queries.windows import matches, page
from models.reference.rejections import our_book
from models.store.database import db
from models.tables.journal import JournalEntry
from tests.models.damage import damaged
from tests.models.practice import (
    CLAIRE,
    SOPHIE,
    an_answer,
    an_invoice,
    cancelled,
    contents,
    hear,
    rejected,
    sheet,
    take_in,
)

DAY = date(2026, 12, 15)


def on(day: date, author: Author = SOPHIE) -> Author:
    """The same person on another day."""
    return replace(author, at=author.at + (day - author.day))


def filed(number: int = 1001, filed_as: FiledAs = FiledAs.CLAIMED, note: str = "réf. 45", until: date = DAY) -> int:
    """A rejected invoice that was classified; its id."""
    old = rejected(number)
    outcome = file_invoices([(old.id, old.version)], filed_as, note, until, SOPHIE)
    assert isinstance(outcome, Filed)
    assert outcome.numbers == (number,)
    return old.id


def listed(name: ListName, typed: str = "") -> list[int]:
    """The numbers of a list, in its order."""
    return [row.number for row in page(ListView(name, typed=typed), None, 50)]


def test_what_is_classified_leaves_what_is_to_do_and_stays_in_the_lists_counted_apart(practice: Practice) -> None:
    rejected(1101)
    filed(1001)
    assert listed(ListName.TRANSMITTED) == [1101, 1001], "behind all that was sent, and not gone"
    assert listed(ListName.CANCELLABLE) == [1101]
    assert (listed(ListName.ALL, "classée"), listed(ListName.ALL, "rejet")) == ([1001], [1101])
    known = counts()
    assert (known.of(InvoiceState.REJECTED), known.filed, known.sent, known.total) == (1, 1, 2, 2)
    assert matches(ListView(ListName.TRANSMITTED)) == 2
    found = overview(our_book())
    assert (found.waiting, found.filed, found.filed_cents) == (1, 1, sheet(1001).amo)
    told = sheet(1001)
    assert (told.state, told.filed_until, told.cancel_refusal) == ("rejected", DAY, Refused(Refusal.FILED))
    assert told.filing is not None
    assert (told.filing.filed_as, told.filing.note, told.filing.by) == (FiledAs.CLAIMED, "réf. 45", "sophie")
    assert list(breaches(practice)) == []


def test_it_comes_back_at_its_day_and_not_before(practice: Practice) -> None:
    filed(1001)
    filed(1101, until=DAY + timedelta(days=1))
    before = contents()
    assert bring_back_due(on(DAY - timedelta(days=1))) == 0
    assert contents() == before, "nothing is written as long as none is due"
    assert bring_back_due(on(DAY, CLAIRE)) == 1
    assert bring_back_due(on(DAY)) == 0, "another desk did it already"
    assert listed(ListName.CANCELLABLE) == [1001]
    entry = JournalEntry.select().order_by(JournalEntry.id.desc()).first()
    assert (entry.action, entry.subject, entry.operator) == ("filed_due", "invoices 1", "claire")
    assert sheet(1001).filing is not None, "why it had left is still known"
    assert bring_back_due(on(DAY + timedelta(days=40))) == 1, "a day on which nobody came is made up for"
    assert counts().filed == 0
    assert list(breaches(practice)) == []


def test_an_answer_brings_it_back_and_a_person_takes_it_out(practice: Practice) -> None:
    silent = an_invoice(1201)
    take_in(silent, lot=30)
    known = sheet(1201)
    assert isinstance(file_invoices([(known.id, None)], FiledAs.SETTLED, "", DAY, SOPHIE), Filed)
    hear(an_answer(silent, "rejected"), reference="R00009")
    assert (sheet(1201).state, sheet(1201).filed_until) == ("rejected", None)
    assert listed(ListName.CANCELLABLE) == [1201]

    key = filed(1001)
    version = sheet(1001).version
    assert isinstance(take_out(key, version - 1, CLAIRE), Stale)
    assert take_out(key, version, CLAIRE) == TakenOut(1001)
    assert take_out(key, None, CLAIRE) == Refused(Refusal.NOT_FILED)
    assert sheet(1001).cancel_refusal is None
    assert list(breaches(practice)) == []


def test_what_is_refused_changes_nothing_and_stops_no_other(practice: Practice) -> None:
    first, gone = rejected(1001), cancelled(1101)
    paid = an_invoice(1301)
    take_in(paid, lot=40)
    hear(an_answer(paid, "paid"), reference="J09999")
    before = contents()
    one = [(first.id, first.version)]
    tomorrow = SOPHIE.day + timedelta(days=1)
    assert file_invoices(one, FiledAs.ABANDONED, "  ", DAY, SOPHIE) == Refused(Refusal.FILED_WITHOUT_REASON)
    for until in (SOPHIE.day, SOPHIE.day + timedelta(days=FARTHEST + 1)):
        assert file_invoices(one, FiledAs.CLAIMED, "", until, SOPHIE) == Refused(Refusal.FILED_UNTIL)
    wanted = [(sheet(1101).id, None), (gone.id, None), (sheet(1301).id, None), (first.id, first.version - 1)]
    outcome = file_invoices(wanted, FiledAs.CLAIMED, "", tomorrow, SOPHIE)
    assert isinstance(outcome, Filed)
    assert [left.why for left in outcome.left][:3] == [
        Refused(Refusal.CANCELLED, gone.number), Refused(Refusal.NOTHING_WAITS), Refused(Refusal.NOTHING_WAITS),
    ]  # fmt: skip
    assert isinstance(outcome.left[3].why, Stale)
    assert contents() == before
    outcome = file_invoices([*wanted[:3], *one], FiledAs.ABANDONED, "prescrit\x07 trop tard", tomorrow, SOPHIE)
    assert isinstance(outcome, Filed)
    assert (outcome.numbers, len(outcome.left)) == ((1001,), 3)
    again = file_invoices([(first.id, None)], FiledAs.CLAIMED, "", DAY, SOPHIE)
    assert isinstance(again, Filed)
    assert again.left[0].why == Refused(Refusal.FILED)
    assert isinstance(cancel_invoice(first.id, None, SOPHIE), Refused), "what is classified is not cancelled by mistake"


@pytest.mark.parametrize(
    ("planted", "seen"),
    [
        ("UPDATE invoice SET filed_until = '2027-01-01' WHERE number = 1001", "jusqu’à un autre jour"),
        ("UPDATE invoice SET filed_until = NULL WHERE number = 1001", "son rang dans les listes"),
        ("UPDATE invoice SET filed_until = '2026-12-15', desk_rank = 6 WHERE number = 1301", "sans motif"),
        (
            "UPDATE invoice SET filed_until = '2026-12-15', desk_rank = 6 WHERE number = 1301",
            "plus rien n’y est attendu",
        ),
        ("DELETE FROM filing", "sans motif"),
    ],
)
def test_each_planted_breach_is_seen(practice: Practice, planted: str, seen: str) -> None:
    filed(1001)
    paid = an_invoice(1301)
    take_in(paid, lot=40)
    hear(an_answer(paid, "paid"), reference="J09999")
    with damaged(practice, planted):
        assert seen in " ".join(breaches(practice))


@pytest.mark.parametrize("sql", ["DELETE FROM filing", "UPDATE filing SET note = 'x'"])
def test_the_database_itself_keeps_the_reasons(practice: Practice, sql: str) -> None:
    from peewee import IntegrityError

    filed(1001)
    with pytest.raises(IntegrityError, match="filing"):
        db.execute_sql(sql)
