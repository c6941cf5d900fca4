"""The checks on whole practices, that of the sample files and the demo: no false alarm, and what they would catch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from models.checks import run_checks
from models.checks.finding import Finding
from models.checks.many import check_many
from models.commands.cancel import Cancelled, cancel_invoice
from models.domain.content import InvoiceContent
from models.domain.draft import FIELDS
from models.domain.lists import ListName
from models.domain.place import Practice
from models.domain.states import InvoiceState
from models.practice import close_practice, open_practice
from models.queries.histories import LATEST, history_of, ids_by_person, sheet_and_history
from models.queries.history import History
from models.queries.invoice_row import ListView
from models.queries.sheets import InvoiceSheet, invoice_sheet
from models.queries.windows import every_row
from models.reference.rejections import our_book
from models.store.database import db
from tests.models.practice import SOPHIE, sheet
from tests.practices import copy_demo, copy_practice, practice_in, sample_practice

TODAY = date(2026, 11, 20)
"""That of the demo's own tests, which make it once for both."""

ONLY_THE_CAISSE_KNOWS = {"0450 072"}
"""A right that has ended, and that no document shows: it is learnt by the rejection."""


@pytest.fixture(scope="module")
def sample() -> Path:
    return sample_practice()


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole practice as the checks see it, read once for all the tests that look at it."""

    name: str
    cases: tuple[tuple[InvoiceSheet, History], ...]
    findings: Mapping[int, tuple[Finding, ...]]
    """What the checks say of each invoice, by its id."""

    at_once: tuple[tuple[InvoiceSheet, tuple[Finding, ...]], ...]
    """The same, all invoices read and checked by sets."""

    def of(self, *states: str) -> list[tuple[InvoiceSheet, History]]:
        """The invoices in one of these states."""
        return [(seen, history) for seen, history in self.cases if seen.state in states]


def whole(name: str, practice: Practice) -> Whole:
    """Read all of a practice, and run the checks on it."""
    open_practice(practice)
    cases = tuple(sheet_and_history(row.id) for row in every_row(ListView(ListName.ALL)))
    book = our_book()
    at_once = tuple(check_many(ids_by_person(), TODAY, book))
    close_practice()
    findings = {seen.id: run_checks(seen, TODAY, history, book=book) for seen, history in cases}
    return Whole(name, cases, findings, at_once)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return whole("demo", copy_demo(TODAY, tmp_path_factory.mktemp("demo")))


@pytest.fixture(scope="module")
def samples(sample: Path) -> Whole:
    return whole("samples", practice_in(sample))


@pytest.fixture(params=["samples", "demo"])
def practice(request: pytest.FixtureRequest) -> Whole:
    """Each of the two."""
    made = request.getfixturevalue(request.param)
    assert isinstance(made, Whole)
    return made


@pytest.fixture
def own(sample: Path, tmp_path: Path) -> Iterator[Practice]:
    """A copy of the sample practice, to change."""
    place = copy_practice(sample, tmp_path)
    open_practice(place)
    yield place
    close_practice()


def before_sending(seen: InvoiceSheet, history: History) -> tuple[Finding, ...]:
    """What the checks would have said, had nothing been heard of this invoice yet."""
    unsent = replace(
        seen, state=InvoiceState.UNVALIDATED, amo_paid=0, amc_paid=0, reasons=(), rejected_draft=None, billed_on=TODAY
    )
    others = tuple(
        past for past in history.past if (past.practitioner, past.number) != (seen.practitioner, seen.number)
    )
    return run_checks(unsent, TODAY, replace(history, past=others), book=our_book())


def test_all_at_once_finds_what_one_by_one_does(practice: Whole) -> None:
    assert {seen.id: seen for seen, _ in practice.at_once} == {seen.id: seen for seen, _ in practice.cases}
    assert {seen.id: found for seen, found in practice.at_once} == practice.findings


def test_a_patient_is_read_once_however_many_invoices_are_theirs(
    own: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    execute = db.obj.execute_sql

    def noted(sql: str, *more: object) -> object:
        read.append(sql)
        return execute(sql, *more)

    monkeypatch.setattr(db.obj, "execute_sql", noted)
    seen = [seen.draft for seen, _ in check_many(ids_by_person(), TODAY, our_book())]
    persons = {(draft.nir, draft.birth, draft.birth_rank) for draft in seen}
    assert len(persons) < len(seen)
    assert sum("FROM invoice i JOIN practitioner" in sql and f"LIMIT {LATEST}" in sql for sql in read) == len(persons)


def test_a_paid_invoice_has_neither_blocking_finding_nor_advice(practice: Whole) -> None:
    paid = practice.of("paid")
    assert len(paid) == {"samples": 33, "demo": 234}[practice.name]
    assert [finding for seen, _ in paid for finding in practice.findings[seen.id]] == []


def test_a_paid_invoice_would_not_have_been_stopped(practice: Whole) -> None:
    found = [finding for seen, history in practice.of("paid") for finding in before_sending(seen, history)]
    assert [finding for finding in found if finding.blocking] == []
    assert len(found) <= {"samples": 20, "demo": 8}[practice.name], Counter(finding.message for finding in found)


def test_what_was_not_answered_is_stopped_only_for_a_fault_that_is_there(practice: Whole) -> None:
    waiting = practice.of("reprocessing", "transmitted")
    stopped = {finding.check for seen, _ in waiting for finding in practice.findings[seen.id] if finding.blocking}
    assert stopped == ({"prescripteur", "déplacement"} if practice.name == "demo" else set())


def test_every_finding_of_a_whole_practice_is_a_short_sentence_on_a_field(practice: Whole) -> None:
    said = [finding for findings in practice.findings.values() for finding in findings]
    assert said
    for found in said:
        assert found.field in {*FIELDS, "number"}
        assert found.message[-1] in ".?"
        assert len(found.message) <= 80, found.message


def test_the_demos_faults_would_have_been_told_before_the_caisse_told_them(demo: Whole) -> None:
    told: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for seen, history in demo.of("rejected", "cancelled"):
        found = {finding.field for finding in before_sending(seen, history)}
        for code in {reason.code for reason in seen.reasons if reason.share == "amo"}:
            if our_book().explain(code).known:
                (told if found & set(our_book().fields_of(code, "", "amo")) else missed)[code] += 1
    assert set(missed) <= ONLY_THE_CAISSE_KNOWS
    assert set(told) == {"0450 054", "0450 056", "0450 072", "0460 051", "0540 057", "0250 050", "2900 005"}


REJECTED = (1008, 1009, 1010, 1027, 1030, 1031, 1033, 1041, 1042, 1047, 1049, 1051, 1056, 1058)


def corrected(code: str, content: InvoiceContent) -> InvoiceContent:
    """What a desk would make of it, by the memo."""
    if code == "0540 057":
        acts = tuple(replace(act, code="RAO", at_home=False) for act in content.acts if act.code[0] != "I")
        return replace(content, acts=acts)
    if code == "0450 056":
        return replace(content, exemption="5" if content.exemption == "4" else "4").with_rate(100)
    if code.startswith("0450"):
        return replace(content, exemption="0" if content.exemption != "0" else "4")
    return replace(content, prescriber="331157388" if content.prescriber != "331157388" else "331592006")


@pytest.mark.parametrize("number", REJECTED)
def test_a_rejected_invoice_of_the_samples_is_advised_until_its_field_is_corrected(own: Practice, number: int) -> None:
    seen = sheet(number)
    (code,) = {reason.code for reason in seen.reasons if reason.share == "amo"}
    outcome = cancel_invoice(seen.id, seen.version, SOPHIE)
    assert isinstance(outcome, Cancelled)
    new = invoice_sheet(outcome.new_id)
    history = history_of(new)
    found = run_checks(new, TODAY, history, book=our_book())
    assert {f.field for f in found if f.check == "même rejet"} >= {our_book().fields_of(code, "", "amo")[0]}
    mended = corrected(code, new.draft)
    after = run_checks(
        replace(new, draft=mended, total=mended.total, amo=mended.amo, amc=mended.amc), TODAY, history, book=our_book()
    )
    assert [f.field for f in after if f.check == "même rejet" and f.field != "amc_number"] == []
    assert [f.message for f in after if f.blocking] == []
