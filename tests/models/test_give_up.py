"""Retirer: a successor is given up, its number stays accounted for, and what it replaced waits again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.correct import Saved, save_correction
from models.commands.give_up import GivenUp, give_up
from models.commands.outcomes import Stale
from models.commands.resend_dre import DreMade, resend_dre
from models.commands.settle_answer import Settled, settle_answer
from models.domain.filing import FiledAs
from models.domain.lists import ListName
from models.domain.place import Practice
from models.domain.refusals import Refusal, Refused
from models.queries.counts import counts
from models.queries.histories import history_of
from models.queries.invoice_row import ListView
from models.queries.overview import overview
from models.queries.returns import aside_answers
from models.queries.sheets import InvoiceSheet, invoice_sheet
from models.queries.verification import breaches
from models.queries.windows import page
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
    ready,
    sheet,
    take_in,
)


def given_up(number: int = 1001, cause: FiledAs = FiledAs.PAID_AFTER_ALL) -> InvoiceSheet:
    """The successor of a rejected invoice, given up."""
    new = cancelled(number)
    assert give_up(new.id, new.version, cause, "courrier du 12/11", SOPHIE) == GivenUp(new.number, number)
    return invoice_sheet(new.id)


def dre_rejected(number: int = 1001) -> InvoiceSheet:
    """A paid invoice whose complementary share was rejected."""
    invoice = an_invoice(number, settlement="15")
    take_in(invoice, lot=number % 999 + 1)
    hear(an_answer(invoice, "paid", "rejected"), reference=f"D{number:05d}"[:6])
    return sheet(number)


def listed(name: ListName, typed: str = "") -> list[int]:
    """The numbers of a list, in its order."""
    return [row.number for row in page(ListView(name, typed=typed), None, 50)]


def test_the_old_one_waits_again_and_the_number_stays_the_successors(practice: Practice) -> None:
    new = given_up()
    old = sheet(1001)
    assert (new.state, new.replaces, old.state, old.cancel_refusal) == ("given_up", 1001, "rejected", None)
    assert new.filing is not None
    assert (new.filing.filed_as, new.filing.note, new.filing.by) == (
        FiledAs.PAID_AFTER_ALL,
        "courrier du 12/11",
        "sophie",
    )
    assert (listed(ListName.TRANSMITTED), listed(ListName.CANCELLABLE), listed(ListName.UNVALIDATED)) == (
        [1001],
        [1001],
        [],
    )
    assert listed(ListName.ALL, "retirée") == [new.number]
    assert overview(our_book()).waiting == 1
    assert (counts().total, counts().sent) == (2, 1)
    assert all(one.number != new.number for one in history_of(old).past), "what will not leave bills no care"
    entry = JournalEntry.select().order_by(JournalEntry.id.desc()).first()
    assert (entry.action, entry.subject) == ("give_up", f"invoice {new.id}")
    assert list(breaches(practice)) == []


def test_the_caisse_pays_the_old_one_after_all(practice: Practice) -> None:
    new = cancelled()
    hear(an_answer(an_invoice(1001), "paid"), reference="R00002")
    (late,) = aside_answers()
    assert settle_answer(late.id, True, SOPHIE) == Refused(Refusal.ANSWER_NOT_TAKEABLE)
    assert isinstance(give_up(new.id, new.version, FiledAs.PAID_AFTER_ALL, "", SOPHIE), GivenUp)
    assert sheet(1001).cancel_refusal == Refused(Refusal.CONTRADICTED), "the payment waits for a decision"
    assert isinstance(settle_answer(late.id, True, SOPHIE), Settled)
    assert (sheet(1001).state, sheet(1001).amo_paid) == ("paid", sheet(1001).amo)
    assert list(breaches(practice)) == []


def test_cancelling_it_again_takes_the_same_number_up_as_it_was_left(practice: Practice) -> None:
    new = cancelled()
    draft = replace(new.draft, exemption="4").with_rate(100)
    saved = save_correction(new.id, new.version, draft, SOPHIE)
    assert isinstance(saved, Saved)
    give_up(new.id, saved.version, FiledAs.RENOUNCED, "", SOPHIE)
    before = contents()
    assert save_correction(new.id, invoice_sheet(new.id).version, draft, SOPHIE) == Refused(Refusal.NOT_EDITABLE)
    assert contents() == before
    outcome = cancel_invoice(sheet(1001).id, sheet(1001).version, CLAIRE)
    assert outcome == Cancelled(1001, new.number, new.id)
    again = invoice_sheet(new.id)
    assert (again.state, again.draft, sheet(1001).state) == ("unvalidated", draft, "cancelled")
    assert list(breaches(practice)) == []


def test_a_dre_that_was_made_again_is_given_up_and_taken_up_alike(practice: Practice) -> None:
    old = dre_rejected()
    made = resend_dre(old.id, old.version, "0088888888", SOPHIE)
    assert isinstance(made, DreMade)
    assert counts().dre == 0
    assert give_up(made.new_id, made.new_version, FiledAs.RENOUNCED, "", SOPHIE) == GivenUp(made.new_number, 1001)
    assert (sheet(1001).state, sheet(1001).dre_refusal, counts().dre) == ("partly_paid", None, 1)
    assert listed(ListName.DRE) == [1001]
    assert overview(our_book()).waiting == 1
    again = resend_dre(old.id, None, "0099999999", SOPHIE)
    assert isinstance(again, DreMade)
    assert (again.new_number, again.new_id) == (made.new_number, made.new_id)
    assert invoice_sheet(made.new_id).draft.amc_number == "0099999999"
    assert list(breaches(practice)) == []


def test_only_what_has_not_left_and_replaces_another_is_given_up(practice: Practice) -> None:
    validated, other = ready(1001), cancelled(1201)
    gone = given_up(1101)
    before = contents()
    assert give_up(validated.id, None, FiledAs.RENOUNCED, "", SOPHIE) == Refused(Refusal.GIVE_UP_VALIDATED)
    assert give_up(gone.id, None, FiledAs.RENOUNCED, "", SOPHIE) == Refused(Refusal.GIVEN_UP)
    assert give_up(sheet(1101).id, None, FiledAs.RENOUNCED, "", SOPHIE) == Refused(Refusal.GIVE_UP_SENT)
    assert isinstance(give_up(other.id, other.version - 1, FiledAs.RENOUNCED, "", SOPHIE), Stale)
    assert contents() == before


@pytest.mark.parametrize(
    ("planted", "seen"),
    [
        ("UPDATE invoice SET state = 'cancelled', desk_rank = 5 WHERE number = 1001", "annulée avec 0 remplaçante"),
        ("DELETE FROM filing", "retirée sans motif"),
        (
            "UPDATE invoice SET state = 'unvalidated', desk_rank = 8 WHERE replaces_id > 0",
            "remplaçante sans être annulée",
        ),
    ],
)
def test_each_planted_breach_is_seen(practice: Practice, planted: str, seen: str) -> None:
    given_up()
    with damaged(practice, planted):
        assert seen in " ".join(breaches(practice))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE invoice SET state = 'validated' WHERE replaces_id > 0",
        "UPDATE invoice SET state = 'rejected' WHERE number = 1101",
    ],
)
def test_the_database_lets_nothing_else_out_of_a_final_state(practice: Practice, sql: str) -> None:
    from peewee import IntegrityError

    given_up()
    cancelled(1101)
    with pytest.raises(IntegrityError, match="invoice_final"):
        db.execute_sql(sql)
