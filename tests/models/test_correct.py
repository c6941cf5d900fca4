"""Modifier, Facturer, Valider and its way back: who saves last does not silently win."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from models.commands.bill import Billed, bill_invoice
from models.commands.correct import Saved, save_correction
from models.commands.outcomes import Stale
from models.commands.resend_dre import DreMade, resend_dre
from models.commands.validate import Faulty, Reopened, Validated, reopen_invoice, validate_invoice
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.content import InvoiceContent, Line
from models.domain.faults import PracticeFault
from models.domain.place import Practice
from models.domain.refusals import Refused
from models.domain.states import Signature
from models.queries.sheets import InvoiceSheet, invoice_sheet
from models.queries.verification import breaches
from models.reference.rejections import our_book
from models.tables.invoice import Act
from models.tables.people import Payer, Prescriber
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
from tui.text.refusals import refusal_sentence


def save(seen: InvoiceSheet, draft: InvoiceContent, author: Author = SOPHIE) -> Saved | Refused | Stale:
    """Save this form as it was read on `seen`."""
    return save_correction(seen.id, seen.version, draft, author)


def test_a_save_is_read_back_as_it_was_made(practice: Practice) -> None:
    seen = cancelled(settlement="15")
    travel = Line(seen.draft.acts[0].done_on, "IFD", 1, 100, 275, True, 60)
    draft = replace(seen.draft, exemption="4", last_name="DURAND", prescriber="331000012", prescribed_on=None)
    draft = draft.with_rate(100).with_act(1, travel)
    outcome = save(seen, draft)
    assert isinstance(outcome, Saved)
    assert set(outcome.fields) == {"exemption", "beneficiary", "prescriber", "prescribed_on", "lines"}
    after = invoice_sheet(seen.id)
    assert after.draft == draft
    assert (after.version, after.total, after.amo) == (outcome.version, draft.total, draft.amo)
    assert outcome.version == seen.version + 1
    assert Prescriber.get_or_none(Prescriber.number == "331000012") is not None
    assert list(breaches(practice)) == []


def test_the_lines_that_a_correction_drops_are_kept_with_the_version_that_dropped_them(practice: Practice) -> None:
    seen = cancelled()
    save(seen, seen.draft.with_rate(100))
    rows = [(act.removed_in, act.rate) for act in Act.select().where(Act.invoice == seen.id).order_by(Act.id)]
    assert rows == [(2, 60), (0, 100)]


def test_a_payer_typed_in_the_form_is_remembered(practice: Practice) -> None:
    seen = cancelled()
    save(seen, replace(seen.draft, settlement="15", amc_number="0012345678").with_settlement("15"))
    assert Payer.get_or_none(Payer.kind == "amc", Payer.code == "0012345678") is not None


def test_saving_nothing_changes_nothing(practice: Practice) -> None:
    seen = cancelled()
    before = contents()
    assert save(seen, seen.draft) == Saved(seen.number, seen.version, ())
    assert contents() == before


def test_the_second_of_two_saves_loses_and_is_told_who_did_what(practice: Practice) -> None:
    seen = cancelled()
    assert isinstance(save(seen, replace(seen.draft, exemption="4"), CLAIRE), Saved)
    before = contents()
    outcome = save(seen, replace(seen.draft, last_name="AUTRE"))
    assert outcome == Stale("claire", CLAIRE.at.isoformat(timespec="milliseconds"), Action.CORRECT, seen.version + 1)
    assert contents() == before


@pytest.mark.parametrize("late", ["bill", "validate", "reopen", "correct"])
def test_every_command_of_the_form_loses_when_it_is_late(practice: Practice, late: str) -> None:
    seen = cancelled()
    bill_invoice(seen.id, seen.version, Signature.CARD, CLAIRE)
    before = contents()
    commands: dict[str, Callable[[], object]] = {
        "bill": lambda: bill_invoice(seen.id, seen.version, Signature.DEGRADED, SOPHIE),
        "validate": lambda: validate_invoice(seen.id, seen.version, SOPHIE, book=our_book()),
        "reopen": lambda: reopen_invoice(seen.id, seen.version, SOPHIE),
        "correct": lambda: save(seen, seen.draft.with_rate(100)),
    }
    outcome = commands[late]()
    assert isinstance(outcome, Stale)
    assert (outcome.by, outcome.action) == ("claire", "bill")
    assert contents() == before


def test_amounts_that_the_database_cannot_hold_leave_everything_as_it_was(practice: Practice) -> None:
    seen = cancelled()
    impossible = replace(seen.draft, acts=(replace(seen.draft.acts[0], amo=999_999),))
    before = contents()
    with pytest.raises(PracticeFault):
        save(seen, impossible)
    assert contents() == before


def test_billing_says_how_and_on_which_day(practice: Practice) -> None:
    seen = cancelled()
    outcome = bill_invoice(seen.id, seen.version, Signature.DEGRADED, SOPHIE)
    assert outcome == Billed(seen.number, 2, Signature.DEGRADED)
    after = invoice_sheet(seen.id)
    assert (after.signature, after.billed_on) == ("degraded", SOPHIE.day)
    before = contents()
    assert bill_invoice(seen.id, 2, Signature.DEGRADED, SOPHIE) == Billed(seen.number, 2, Signature.DEGRADED)
    assert contents() == before


def test_the_day_of_a_change_is_the_practice_s_own(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    late_evening = datetime(2026, 11, 17, 1, 30, tzinfo=UTC)
    monkeypatch.setenv("TZ", "America/Guadeloupe")
    time.tzset()
    try:
        assert Author("sophie", late_evening).day == date(2026, 11, 16)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_an_invoice_is_billed_before_it_is_validated(practice: Practice) -> None:
    seen = cancelled()
    before = contents()
    outcome = validate_invoice(seen.id, seen.version, SOPHIE, book=our_book())
    assert isinstance(outcome, Refused)
    assert "Facturer" in refusal_sentence(outcome)
    assert contents() == before


FAULTS = [
    ({"nir_key": "01"}, "nir"),
    ({"last_name": " "}, "beneficiary"),
    ({"birth": "84051"}, "beneficiary"),
    ({"caisse": "33"}, "payer"),
    ({"settlement": "15", "amc_number": ""}, "amc_number"),
    ({"acts": ()}, "lines"),
    ({"prescribed_on": date(2026, 11, 6)}, "prescribed_on"),
    ({"prescribed_on": SOPHIE.day + timedelta(days=1)}, "prescribed_on"),
]


@pytest.mark.parametrize(("fault", "field"), FAULTS)
def test_a_faulty_invoice_stays_to_be_corrected_with_its_faults(
    practice: Practice, fault: dict[str, object], field: str
) -> None:
    seen = cancelled()
    bill_invoice(seen.id, seen.version, Signature.CARD, SOPHIE)
    save_correction(seen.id, 2, replace(seen.draft, **fault), SOPHIE)  # type: ignore[arg-type]
    before = contents()
    outcome = validate_invoice(seen.id, None, SOPHIE, book=our_book())
    assert isinstance(outcome, Faulty)
    assert field in [finding.field for finding in outcome.findings if finding.blocking]
    assert contents() == before


def test_what_the_b2_file_cannot_hold_is_found_before_it_stops_a_whole_lot(practice: Practice) -> None:
    seen = cancelled()
    bill_invoice(seen.id, seen.version, Signature.CARD, SOPHIE)
    save_correction(seen.id, 2, replace(seen.draft, last_name="ЛУКАШ"), SOPHIE)
    outcome = validate_invoice(seen.id, None, SOPHIE, book=our_book())
    assert isinstance(outcome, Faulty)
    assert outcome.findings[0].check == "fichier B2"


def test_nothing_touched_of_what_the_rejection_points_to_is_advice_not_a_wall(practice: Practice) -> None:
    seen = cancelled()
    bill_invoice(seen.id, seen.version, Signature.CARD, SOPHIE)
    outcome = validate_invoice(seen.id, 2, SOPHIE, book=our_book())
    assert isinstance(outcome, Validated)
    assert "même rejet" in [finding.check for finding in outcome.advice]


def test_a_dre_taken_back_is_validated_again(practice: Practice) -> None:
    invoice = an_invoice(1001, settlement="15")
    take_in(invoice)
    hear(an_answer(invoice, "paid", "rejected"))
    paid = sheet(1001)
    made = resend_dre(paid.id, paid.version, "0088888888", SOPHIE)
    assert isinstance(made, DreMade)
    assert isinstance(validate_invoice(made.new_id, made.new_version, SOPHIE, book=our_book()), Validated)
    dre = invoice_sheet(made.new_id)
    assert isinstance(reopen_invoice(dre.id, dre.version, SOPHIE), Reopened)
    assert list(breaches(practice)) == []
    assert isinstance(validate_invoice(dre.id, None, SOPHIE, book=our_book()), Validated)
    assert invoice_sheet(dre.id).state == "validated"
    assert list(breaches(practice)) == []


def test_a_validated_invoice_comes_back_to_be_corrected(practice: Practice) -> None:
    seen = ready()
    assert reopen_invoice(seen.id, seen.version, SOPHIE) == Reopened(seen.number, seen.version + 1)
    again = invoice_sheet(seen.id)
    assert again.state == "unvalidated"
    assert isinstance(save(again, replace(again.draft, exemption="0")), Saved)
    assert list(breaches(practice)) == []
