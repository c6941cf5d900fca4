"""Every return of the field's samples, as the sentence beside it says: what is applied, what waits and why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from peewee import IntegrityError

from models.commands.cancel import cancel_invoice
from models.commands.import_lots import Imported, import_lots
from models.commands.receive import Received, receive_return
from models.domain.exchanges import AnswerOutcome
from models.domain.lists import ListName
from models.domain.place import Practice
from models.queries.invoice_row import ListView
from models.queries.returns import aside_answers
from models.queries.sheets import invoice_sheet
from models.queries.verification import breaches
from models.queries.windows import page
from models.tables.invoice import Invoice
from models.tables.people import Patient
from tests.models.practice import NIRS, SOPHIE, TEAM, an_answer, an_invoice, hear, sheet, take_in

FIELD: Final = Path(__file__).parent.parent / "samples" / "field"


class Story(NamedTuple):
    """Lots and returns in the order of the desk; then the invoices by their state, and the reasons of what waits."""

    lots: tuple[str, ...]
    returns: tuple[str, ...]
    states: dict[int, str]
    aside: tuple[AnswerOutcome, ...] = ()


TWO_PAYEES = {1002: "rejected", 1003: "paid", 1004: "paid", 1005: "reprocessing", 2002: "rejected"}
WAY = ("n6a-deferred", "n6b-then-paid", "n6c-late-rejection", "n6d-taken-back")

STORIES: Final = (
    Story(("sent-ps1", "sent-ps2"), ("n1-subtotals-final-counts-recipients",), TWO_PAYEES),
    Story(("sent-ps1", "sent-ps2"), ("n2b-final-counts-invoices",), TWO_PAYEES),
    Story(("sent-a",), ("n3-other-order",), {1001: "paid", 1002: "rejected", 1003: "partly_paid"}),
    Story(("sent-a",), ("n5-partial",), {1001: "partly_paid", 1002: "transmitted"}),
    Story(("sent-ps1",), WAY[:1], {1005: "reprocessing"}),
    Story(("sent-ps1",), WAY[:2], {1005: "paid"}),
    Story(("sent-ps1",), WAY, {1005: "paid"}, (AnswerOutcome.AFTER_PAYMENT, AnswerOutcome.CONTRADICTORY)),
    Story(("sent-a",), ("n7-amc-return",), {1003: "partly_paid", 1001: "transmitted"}),
    Story(("sent-a",), ("f-261",), {1001: "transmitted"}),
    Story(("sent-a",), ("p-blank",), {1001: "transmitted", 1002: "paid"}, (AnswerOutcome.NO_NUMBER,)),
    Story(("sent-s",), ("d-same",), {3001: "transmitted", 3002: "transmitted"}, (AnswerOutcome.OTHER_AMOUNT,)),
    Story(("sent-a",), ("c-acc8",), {1001: "paid", 1002: "rejected"}),
    Story(("sent-a",), ("c-nul",), {1001: "paid", 1002: "rejected"}),
    Story(("two",), ("two",), {503: "rejected"}),
    Story(("coll-1",), ("coll",), {501: "rejected"}),
    Story(("dre",), ("dre",), {502: "partly_paid"}),
    Story(("b-no-2B",), ("b-no-2B",), {67: "rejected"}),
)


def comes(name: str) -> Imported:
    """The lot of this name comes in."""
    outcome = import_lots((FIELD / f"{name}.b2").read_bytes(), f"{name}.b2", SOPHIE)
    assert isinstance(outcome, Imported)
    return outcome


def answers(name: str) -> Received:
    """The return of this name is read."""
    outcome = receive_return((FIELD / f"{name}.noe").read_bytes(), f"{name}.noe", SOPHIE)
    assert isinstance(outcome, Received)
    return outcome


@pytest.mark.parametrize("story", STORIES, ids=lambda story: "+".join(story.returns))
def test_each_return_of_the_field_does_what_is_said_of_it(practice: Practice, story: Story) -> None:
    for name in story.lots:
        comes(name)
    for name in story.returns:
        answers(name)
    practitioners = {number: TEAM[1] if number == 2002 else TEAM[0] for number in story.states}
    assert {number: sheet(number, practitioners[number]).state for number in story.states} == story.states
    assert tuple(answer.outcome for answer in aside_answers()) == story.aside
    assert list(breaches(practice)) == []


def test_a_patient_who_came_without_a_name_takes_that_of_the_return(practice: Practice) -> None:
    comes("b-no-2B")
    assert sheet(67).draft.last_name == ""
    answers("b-no-2B")
    assert (sheet(67).draft.last_name, sheet(67).draft.first_name) == ("VIDAL", "ANNE")
    assert [row.number for row in page(ListView(ListName.ALL, typed="vidal"), None, 9)] == [67]
    assert [(one.last_name, one.first_name) for one in Patient.select()] == [("VIDAL", "ANNE")]
    assert list(breaches(practice)) == []


@pytest.mark.parametrize(
    "told", [{"birth": "850603"}, {"birth_rank": "2"}, {"nir": NIRS[0]}, {"last_name": ""}], ids=str
)
def test_a_name_of_someone_else_is_not_taken(practice: Practice, told: dict[str, str]) -> None:
    bare = replace(an_invoice(67, nir="2850633200117", last_name="", first_name=""), birth="850602", quality="")
    take_in(bare)
    name = {"last_name": "VIDAL", "first_name": "ANNE"}
    hear(replace(an_answer(bare, "rejected"), **{**name, **told}))  # type: ignore[arg-type]
    assert sheet(67).draft.last_name == ""
    hear(replace(an_answer(bare, "rejected"), **name), reference="R00002")  # type: ignore[arg-type]
    assert sheet(67).draft.last_name == "VIDAL"
    assert list(breaches(practice)) == []


def test_a_name_that_was_sent_does_not_change(practice: Practice) -> None:
    invoice = an_invoice(67)
    take_in(invoice)
    hear(replace(an_answer(invoice, "rejected"), last_name="AUTRE"))
    assert sheet(67).draft.last_name == "DUPONT"
    with pytest.raises(IntegrityError, match="invoice_sealed"):
        Invoice.update(last_name="AUTRE").execute()


def test_the_complementary_payer_s_answer_pays_its_share_only(practice: Practice) -> None:
    comes("sent-a")
    answers("n7-amc-return")
    found = sheet(1003)
    assert (found.amo_state, found.amo_paid, found.amc_state, found.amc_paid) == ("pending", 0, "paid", 752)


def test_a_dre_of_another_amount_touches_no_facture_and_hinders_none(practice: Practice) -> None:
    comes("sent-s")
    answers("d-same")
    found = sheet(3002)
    assert (found.version, found.amc_state, found.amc_paid) == (1, "pending", 0)


def test_a_dre_whose_facture_comes_later_waits_for_all_of_its_lot(practice: Practice) -> None:
    comes("two")
    answers("n7-amc-return")
    assert [answer.outcome for answer in aside_answers()] == [AnswerOutcome.UNKNOWN]
    assert comes("sent-a").rejoined == 1
    assert (sheet(1003).amc_state, aside_answers()) == ("paid", [])


def test_a_second_reason_stands_beside_the_first_until_it_is_corrected(practice: Practice) -> None:
    comes("two")
    answers("two")
    (row,) = page(ListView(ListName.TRANSMITTED), None, 9)
    assert (row.amo_rejection, [code for code, _ in row.amo_more]) == ("0450 054", ["0460 051"])
    cancel_invoice(row.id, row.version, SOPHIE)
    (new,) = page(ListView(ListName.UNVALIDATED), None, 9)
    assert (new.carried, new.amo_more) == ("0450 054", row.amo_more)
    assert [reason.code for reason in invoice_sheet(new.id).reasons] == ["0450 054", "0460 051"]
