"""Rights seen and advice set aside: kept with who and when, told to the checks, never half written."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from models.checks import run_checks
from models.checks.finding import Finding
from models.commands.bill import Billed, bill_invoice
from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.correct import Saved, save_correction
from models.commands.record_right import RightRecorded, record_right
from models.commands.settle_answer import Settled, settle_answer
from models.commands.validate import Advised, Faulty, Validated, validate_invoice
from models.commands.withdraw_right import RightWithdrawn, withdraw_right
from models.domain.author import Author
from models.domain.card import Card, CardHolder, with_card
from models.domain.findings import CheckName, FindingLevel
from models.domain.place import Practice
from models.domain.refusals import Refused
from models.domain.states import RightSource, Signature
from models.queries.histories import history_of
from models.queries.people import find_people, person_sheet
from models.queries.returns import aside_answers
from models.queries.sheets import InvoiceSheet, invoice_sheet
from models.queries.verification import breaches
from models.reference.rejections import our_book
from models.store.card_command import parse_card
from models.store.database import db
from models.tables.people import Patient
from models.tables.rights import Override, Right, RightWithdrawal
from tests.models.practice import (
    CARE_DAY,
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
from tui.text.refusals import refusal_sentence

YEAR = date(2026, 1, 1), date(2026, 12, 31)


def kept() -> tuple[dict[str, list[tuple[object, ...]]], int, int]:
    """All that a command could have changed."""
    return contents(), Right.select().count(), Override.select().count()


def successor(code: str) -> InvoiceSheet:
    """The unvalidated invoice that replaces one rejected with this code."""
    old = rejected(code=code)
    outcome = cancel_invoice(old.id, old.version, SOPHIE)
    assert isinstance(outcome, Cancelled)
    return invoice_sheet(outcome.new_id)


def journal() -> list[tuple[str, str, Any]]:
    rows = db.execute_sql("SELECT operator, action, detail FROM journal_entry ORDER BY id").fetchall()
    return [(operator, action, _said(detail)) for operator, action, detail in rows]


def _said(detail: str) -> dict[str, Any]:
    return {name: value for name, value in json.loads(detail).items() if name not in {"invoices", "rows"}}


def exemption_of(seen: InvoiceSheet, code: str | None = None) -> list[str]:
    """What the check of the exemption says of this invoice, with this code in its place."""
    draft = seen.draft if code is None else replace(seen.draft, exemption=code)
    found = run_checks(replace(seen, draft=draft), SOPHIE.day, history_of(seen), book=our_book())
    return [finding.message for finding in found if finding.check == "exonération"]


class TestRecording:
    def test_what_was_seen_is_kept_with_who_and_when(self, practice: Practice) -> None:
        seen = rejected()
        assert record_right(seen.id, "4", *YEAR, RightSource.ATTESTATION, CLAIRE) == RightRecorded("4", *YEAR)
        (right,) = Right.select()
        assert (right.exemption, right.since, right.until) == ("4", *YEAR)
        assert (right.source, right.seen_on, right.seen_by) == (RightSource.ATTESTATION, date(2026, 11, 16), "claire")
        assert journal()[-1] == ("claire", "record_right", {"right": right.id, "source": "attestation"})
        assert list(breaches(practice)) == []

    def test_the_day_is_that_of_the_practice(self, practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
        late = Author("sophie", datetime(2026, 11, 16, 23, 30, tzinfo=UTC))
        monkeypatch.setattr(Author, "day", property(lambda self: date(2026, 11, 17)))
        record_right(rejected().id, "4", YEAR[0], None, RightSource.CARD, late)
        assert [right.seen_on for right in Right.select()] == [date(2026, 11, 17)]

    def test_the_same_document_seen_twice_in_a_day_is_kept_once(self, practice: Practice) -> None:
        seen = rejected()
        for _ in range(2):
            assert isinstance(record_right(seen.id, "4", YEAR[0], None, RightSource.CARD, SOPHIE), RightRecorded)
        assert [action for _, action, _ in journal()].count("record_right") == 1
        record_right(
            seen.id, "4", YEAR[0], None, RightSource.CARD, Author("sophie", datetime(2026, 11, 18, 9, tzinfo=UTC))
        )
        record_right(seen.id, "4", *YEAR, RightSource.CARD, SOPHIE)
        record_right(seen.id, "4", YEAR[0], None, RightSource.ATTESTATION, SOPHIE)
        assert Right.select().count() == 4

    @pytest.mark.parametrize(
        ("exemption", "since", "until", "said"),
        [
            ("x", YEAR[0], None, "Code exonération « x » inconnu : un chiffre de 0 à 9."),
            ("", YEAR[0], None, "inconnu"),
            ("44", YEAR[0], None, "inconnu"),
            ("4", YEAR[1], YEAR[0], "La fin du droit précède son début : vérifiez les deux dates."),
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_is_kept(
        self, practice: Practice, exemption: str, since: date, until: date | None, said: str
    ) -> None:
        seen = rejected()
        before = kept()
        outcome = record_right(seen.id, exemption, since, until, RightSource.ATTESTATION, SOPHIE)
        assert isinstance(outcome, Refused)
        assert said in refusal_sentence(outcome)
        assert kept() == before

    def test_a_single_day_is_a_period(self, practice: Practice) -> None:
        seen = rejected()
        record_right(seen.id, " 4", CARE_DAY, CARE_DAY, RightSource.ATTESTATION, SOPHIE)
        assert [right.covers(CARE_DAY) for right in history_of(seen).rights] == [True]


class TestWithdrawing:
    def test_what_was_noted_by_mistake_counts_no_more_and_stays_written(self, practice: Practice) -> None:
        seen = successor("0460 051")
        record_right(seen.id, "4", *YEAR, RightSource.ATTESTATION, SOPHIE)
        (right,) = Right.select()
        assert exemption_of(seen, "4") == []
        assert withdraw_right(right.id, " Autre patient ", CLAIRE) == RightWithdrawn("4")
        assert history_of(seen).rights == ()
        assert exemption_of(seen, "4") != []
        (shown,) = person_sheet(find_people("dupont").people[0]).rights
        assert (shown.withdrawn_by, shown.withdrawn_on, shown.reason) == ("claire", CLAIRE.day, "Autre patient")
        assert journal()[-1] == ("claire", "withdraw_right", {"right": right.id})
        assert list(breaches(practice)) == []
        assert isinstance(withdraw_right(right.id, "Encore", CLAIRE), Refused)
        record_right(seen.id, "4", *YEAR, RightSource.ATTESTATION, SOPHIE)  # the same document, rightly this time
        assert len(history_of(seen).rights) == 1

    def test_without_a_reason_nothing_is_withdrawn(self, practice: Practice) -> None:
        record_right(rejected().id, "4", *YEAR, RightSource.ATTESTATION, SOPHIE)
        (right,) = Right.select()
        assert isinstance(withdraw_right(right.id, "  ", CLAIRE), Refused)
        assert RightWithdrawal.select().count() == 0


class TestWhatRightsTell:
    @pytest.mark.parametrize(
        ("since", "until", "covers"),
        [
            (YEAR[0], YEAR[1], True),
            (CARE_DAY, None, True),
            (YEAR[0], CARE_DAY, True),
            (date(2026, 11, 6), None, False),
            (YEAR[0], date(2026, 11, 4), False),
        ],
    )
    @pytest.mark.parametrize("source", ["attestation", "card"])
    def test_a_code_passes_where_the_document_covers_the_care(
        self, practice: Practice, since: date, until: date | None, covers: bool, source: Any
    ) -> None:
        seen = successor("0460 051")
        record_right(seen.id, "4", since, until, source, SOPHIE)
        assert (exemption_of(seen, "4") == []) is covers
        assert (exemption_of(seen, "0") == []) is not covers

    def test_it_holds_for_the_patients_other_invoices_and_nobody_elses(self, practice: Practice) -> None:
        seen = successor("0460 051")
        take_in(an_invoice(1102), lot=700)
        take_in(an_invoice(1103, nir="2900133063015", last_name="DURAND"), lot=701)
        take_in(an_invoice(1104, first_name="MARIE-ANNE"), lot=702)
        record_right(seen.id, "4", *YEAR, RightSource.ATTESTATION, SOPHIE)
        assert [len(history_of(sheet(number)).rights) for number in (1102, 1103, 1104)] == [1, 0, 1]

    def test_after_a_rejection_only_an_attestation_seen_since_counts(self, practice: Practice) -> None:
        take_in(an_invoice(1001), lot=700)
        seen = sheet(1001)
        before = Author("sophie", datetime(2026, 11, 4, 9, tzinfo=UTC))
        draft = replace(seen.draft, exemption="4")
        record_right(seen.id, "4", *YEAR, RightSource.ATTESTATION, before)
        hear(an_answer(an_invoice(1001), "rejected", code="0450 054"))
        told = history_of(sheet(1001))
        assert told.past[0].answered_on == SOPHIE.day
        exempted = replace(told, past=(replace(told.past[0], exemption="4"),))
        fresh = replace(sheet(1001), draft=draft)
        assert any(
            "déjà refusée" in finding.message for finding in run_checks(fresh, SOPHIE.day, exempted, book=our_book())
        )
        record_right(seen.id, "4", *YEAR, RightSource.CARD, SOPHIE)
        carded = replace(exempted, rights=history_of(seen).rights)
        assert any(
            "déjà refusée" in finding.message for finding in run_checks(fresh, SOPHIE.day, carded, book=our_book())
        )
        record_right(seen.id, "4", *YEAR, RightSource.ATTESTATION, SOPHIE)
        proved = replace(exempted, rights=history_of(seen).rights)
        assert [f for f in run_checks(fresh, SOPHIE.day, proved, book=our_book()) if f.check == "exonération"] == []

    @pytest.mark.parametrize("take", [True, False])
    def test_an_answer_counts_once_a_person_has_taken_it(self, practice: Practice, take: bool) -> None:
        invoice = an_invoice(1001)
        take_in(invoice)
        hear(an_answer(invoice, "rejected", code="0460 053", nir="2900133063015"))
        assert history_of(sheet(1001)).past == ()
        (aside,) = aside_answers()
        assert isinstance(settle_answer(aside.id, take, CLAIRE), Settled)
        history = history_of(sheet(1001))
        assert [past.refusals for past in history.past] == ([("0460 053",)] if take else [])
        assert history.establishments_refused == ({invoice.prescriber} if take else set())


class TestSettingAside:
    def billed(self) -> tuple[InvoiceSheet, int]:
        seen = cancelled()
        billed = bill_invoice(seen.id, seen.version, Signature.DEGRADED, SOPHIE)
        assert isinstance(billed, Billed)
        return seen, billed.version

    def test_advice_stops_at_first_and_changes_nothing(self, practice: Practice) -> None:
        seen, version = self.billed()
        before = kept()
        outcome = validate_invoice(seen.id, version, SOPHIE, book=our_book(), reason=None)
        assert isinstance(outcome, Advised)
        assert {finding.level for finding in outcome.findings} == {"advice"}
        assert kept() == before

    def test_set_aside_it_is_kept_with_the_reason_and_who_gave_it(self, practice: Practice) -> None:
        seen, version = self.billed()
        outcome = validate_invoice(seen.id, version, CLAIRE, book=our_book(), reason="Attestation vue")
        assert isinstance(outcome, Validated)
        found = [(row.check_name, row.message, row.reason, row.decided_by) for row in Override.select()]
        assert found == [(f.check, f.message, "Attestation vue", "claire") for f in outcome.advice]
        assert {row.decided_at for row in Override.select()} == {CLAIRE.at.isoformat()}
        assert journal()[-1] == ("claire", "validate", {"overrides": len(outcome.advice)})
        assert list(breaches(practice)) == []

    def test_from_the_command_line_it_is_kept_without_a_reason(self, practice: Practice) -> None:
        seen, _ = self.billed()
        assert isinstance(validate_invoice(seen.id, None, SOPHIE, book=our_book()), Validated)
        assert {row.reason for row in Override.select()} == {"sans motif"}

    def test_where_nothing_is_advised_nothing_is_set_aside(self, practice: Practice) -> None:
        seen, version = self.billed()
        record_right(seen.id, "4", *YEAR, RightSource.ATTESTATION, SOPHIE)
        saved = save_correction(seen.id, version, replace(seen.draft, exemption="4").with_rate(100), SOPHIE)
        assert isinstance(saved, Saved)
        outcome = validate_invoice(seen.id, saved.version, SOPHIE, book=our_book(), reason=None)
        assert isinstance(outcome, Validated)
        assert outcome.advice == ()
        assert Override.select().count() == 0

    def test_what_blocks_cannot_be_set_aside(self, practice: Practice) -> None:
        seen, version = self.billed()
        assert isinstance(save_correction(seen.id, version, replace(seen.draft, nir_key="01"), SOPHIE), Saved)
        before = kept()
        outcome = validate_invoice(seen.id, None, SOPHIE, book=our_book(), reason="Attestation vue")
        assert isinstance(outcome, Faulty)
        assert kept() == before

    def test_a_patient_whose_name_was_corrected_keeps_rights_and_past(self, practice: Practice) -> None:
        seen, version = self.billed()
        record_right(seen.id, "4", *YEAR, RightSource.ATTESTATION, SOPHIE)
        corrected = replace(seen.draft, first_name="MARIE ANNE")
        assert isinstance(save_correction(seen.id, version, corrected, SOPHIE), Saved)
        assert Patient.select().count() == 2
        history = history_of(sheet(seen.number))
        assert (len(history.rights), [past.number for past in history.past]) == (1, [1001])


CARD: dict[str, Any] = {
    "nir": "1840533002001",
    "cle": "42",
    "regime": "01",
    "caisse": "331",
    "centre": "0000",
    "beneficiaires": [{"nom": "DUPONT", "prenom": "MARIE", "naissance": "840512"}],
}


class TestCard:
    @pytest.mark.parametrize(
        ("said", "right"),
        [
            ({}, None),
            ({"exoneration": "4"}, None),
            ({"exoneration": "0", "exoneration_du": "2026-01-01"}, None),
            ({"exoneration_du": "2026-01-01"}, None),
            ({"exoneration": "4", "exoneration_au": "2026-12-31"}, None),
            ({"exoneration": "4", "exoneration_du": "2026-01-01"}, ("4", YEAR[0], None)),
            ({"exoneration": "5", "exoneration_du": "2026-01-01", "exoneration_au": "2026-12-31"}, ("5", *YEAR)),
        ],
    )
    def test_its_period_is_a_right_where_it_tells_one(self, said: dict[str, str], right: object) -> None:
        assert parse_card({**CARD, **said}).right == right

    @pytest.mark.parametrize(
        "said",
        [
            {"exoneration_du": "01/01/2026"},
            {"exoneration_du": ""},
            {"exoneration_au": 20261231.5},
            {"exoneration_au": "20261231"},
            {"exoneration_du": "2026-12-31", "exoneration_au": "2026-01-01"},
        ],
    )
    def test_a_period_that_is_none_is_refused(self, said: dict[str, object]) -> None:
        with pytest.raises(ValueError):
            parse_card({**CARD, "exoneration": "4", **said})

    def test_read_and_kept_it_founds_the_code_that_it_sets(self, practice: Practice) -> None:
        seen = successor("0460 051")
        draft = seen.draft
        holder = CardHolder(draft.last_name, draft.first_name, draft.birth, draft.birth_rank)
        card = Card(draft.nir, draft.nir_key, "01", "331", "0000", (holder,), exemption="4", exemption_since=YEAR[0])
        assert with_card(draft, card).exemption == "4"
        assert exemption_of(seen, "4") != []
        assert card.right is not None
        record_right(seen.id, *card.right, RightSource.CARD, SOPHIE)
        assert exemption_of(seen, "4") == []


def test_a_finding_knows_whether_it_blocks() -> None:
    assert Finding(CheckName.DATES, FindingLevel.BLOCKING, "nir", "m", "s").blocking
    assert not Finding(CheckName.DATES, FindingLevel.ADVICE, "nir", "m", "s").blocking
