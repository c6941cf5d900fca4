"""The demo practice: what it shows, that it is sound, and that half of one never shows."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from models.checks import run_checks
from models.commands.receive import Received, receive_return
from models.demo import build, demo_practice, make_demo, open_demo
from models.demo.desk import treat
from models.demo.people import PHYSIOTHERAPISTS, PRESCRIBERS
from models.demo.story import DeskStep
from models.domain.author import Author
from models.domain.content import InvoiceContent
from models.domain.findings import CheckName
from models.domain.lists import ListName
from models.domain.patience import GivenUp
from models.domain.place import Practice, exists
from models.domain.states import InvoiceState
from models.formats.b2.values import B2Invoice
from models.formats.noemie.read import read_noemie
from models.practice import open_practice
from models.queries.advice_record import record_of
from models.queries.counts import counts
from models.queries.files import unread_returns
from models.queries.invoice_row import InvoiceRow, ListView
from models.queries.life import life_of
from models.queries.papers import paper_documents, paper_lots
from models.queries.reminders import reminders_of
from models.queries.returns import aside_answers
from models.queries.sheets import InvoiceSheet, invoice_sheet
from models.queries.verification import breaches
from models.queries.windows import every_row
from models.reference.acts import find_act, is_travel, travel_price, unit_price
from models.reference.identifiers import KeyVerdict, nir_is_valid, practitioner_key_ok
from models.reference.rejections import RejectionBook, our_book
from models.reference.workdays import add_working_days
from tests.practices import copy_demo
from tui.text.life import life_pairs

TODAY = date(2026, 11, 20)

MEMO = {"0450 054", "0540 057", "0450 072", "0460 051", "0450 056"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    practice = copy_demo(TODAY, tmp_path_factory.mktemp("demo"))
    open_practice(practice)
    return practice


@pytest.fixture(scope="module")
def all_sheets(built: Practice) -> list[InvoiceSheet]:
    open_practice(built)
    return [invoice_sheet(row.id) for row in every_row(ListView(ListName.ALL))]


@pytest.fixture
def demo(built: Practice) -> Practice:
    """The demo, open again whatever another test has opened since."""
    open_practice(built)
    return built


def rows(name: ListName) -> list[InvoiceRow]:
    return list(every_row(ListView(name)))


def paid_to(sheet: InvoiceSheet, sheets: list[InvoiceSheet]) -> list[InvoiceSheet]:
    """The same patient's paid invoices."""
    who = (sheet.draft.nir, sheet.draft.birth)
    return [other for other in sheets if other.state == "paid" and (other.draft.nir, other.draft.birth) == who]


def has_fault(code: str, sheet: InvoiceSheet, sheets: list[InvoiceSheet]) -> bool:
    """Whether what the code reproaches is to be seen in the invoice, held against the patient's paid ones."""
    draft, paid = sheet.draft, [other.draft for other in paid_to(sheet, sheets)]
    exemptions = {other.exemption for other in paid}
    match code:
        case "0450 054":
            return draft.exemption != "0" and exemptions == {"0"}
        case "0450 072":
            return draft.exemption != "0" and exemptions == {"0", draft.exemption}
        case "0450 056":
            return draft.exemption == "0" and exemptions in ({"4"}, {"5"})
        case "0460 051":
            return draft.prescriber not in PRESCRIBERS and all(other.prescriber in PRESCRIBERS for other in paid)
        case "0540 057":
            return stray_travel(sheet)
        case "0250 050":
            here = (draft.regime, draft.caisse)
            return (paid[-1].regime, paid[-1].caisse) != here and here in {(o.regime, o.caisse) for o in paid}
        case "2900 005":
            return draft.acts in [other.acts for other in paid]
        case "1001":
            theirs = {other.amc_number for other in paid if other.amc_number}
            return bool(theirs) and draft.amc_number not in theirs
        case _:
            return not our_book().explain(code).known


def stray_travel(sheet: InvoiceSheet) -> bool:
    seen = set()
    for act in sheet.draft.acts:
        if is_travel(act.code) and act.done_on not in seen:
            return True
        seen.add(act.done_on)
    return False


def snapshot() -> list[object]:
    """What the lists show, without what is drawn at random by the journal's key."""
    return [invoice_sheet(row.id) for row in every_row(ListView(ListName.ALL))]


def test_every_list_has_something_to_show(demo: Practice) -> None:
    found = counts()
    assert found.by_state == {
        "rejected": 18,
        "reprocessing": 10,
        "partly_paid": 11,
        "transmitted": 12,
        "paid": 234,
        "cancelled": 9,
        "unvalidated": 4,
        "validated": 2,
        "given_up": 1,
    }
    assert found.filed == 1
    assert (found.dre, found.aside, found.in_doubt) == (5, 3, 0)
    names: tuple[ListName, ...] = (
        ListName.CANCELLABLE,
        ListName.UNVALIDATED,
        ListName.VALIDATED,
        ListName.DRE,
    )
    assert [len(rows(name)) for name in names] == [17, 4, 2, 5]


def test_each_of_the_moves_beside_the_returns_has_its_example(demo: Practice, all_sheets: list[InvoiceSheet]) -> None:
    said = {sheet.noted.said_in: sheet.state for sheet in all_sheets if sheet.noted}
    assert said["courrier de la caisse"] == "rejected"
    assert said["relevé bancaire"] == "paid"
    (back,) = [sheet for sheet in all_sheets if sheet.sent_back]
    assert (back.state, back.sent_back and back.sent_back.reason) == ("unvalidated", "lot illisible")
    told = record_of({CheckName.SAME_REJECTION}, our_book())[CheckName.SAME_REJECTION]
    assert (told.outcomes.count, told.outcomes.rejected) == (1, 1)
    assert [reason for reason, _ in told.reasons] == ["Attestation vue"]
    assert len([sheet for sheet in all_sheets if reminders_of(sheet.id)]) == 1


def test_papers_are_owed_sent_and_come_back_and_the_life_of_an_invoice_says_so(demo: Practice) -> None:
    lots, documents = paper_lots(TODAY), paper_documents(TODAY)
    assert sum(not lot.owed for lot in lots) == 13
    (back,) = [lot for lot in lots if lot.owed and lot.noted_by]
    assert back.note == "revenue : adresse incomplète"
    assert Counter(one.step.value for one in documents) == {"owed": 7, "scanned": 1}
    (unreadable,) = [one for one in documents if one.note]
    told = [what for _, what in life_pairs(life_of(unreadable.invoice)) if what.startswith("Nadia a noté")]
    by_post = "les feuilles de soins des lots 043, 046, 051, 093, 098 : « par la poste »."
    assert told == [
        f"Nadia a noté envoyées le 22/10/2026 {by_post}",
        "Nadia a noté une pièce numérisée le 22/10/2026 (ordonnance) pour 18 factures.",
        "Nadia a noté une pièce envoyée le 22/10/2026 (ordonnance) pour 18 factures.",
        "Nadia a noté une pièce due le 19/11/2026 (ordonnance) pour le n° 1221 : « illisible ».",
    ]


def test_it_is_sound(demo: Practice) -> None:
    assert list(breaches(demo)) == []


def test_the_rejections_are_those_of_the_memo_and_some_others(demo: Practice) -> None:
    to_treat = [row for row in rows(ListName.TRANSMITTED) if row.state == "rejected"]
    codes = {row.amo_rejection for row in to_treat if row.amo_rejection}
    assert codes >= MEMO | {"0250 050", "2900 005"}
    assert [our_book().explain(code).known for code in sorted(codes - MEMO - {"0250 050", "2900 005"})] == [False]
    assert sum(row.amc_rejection is not None for row in to_treat) == 2
    alone = [row for row in rows(ListName.DRE) if row.amo_state == "paid"]
    assert len(alone) == 3
    assert all(row.dre_refusal is None for row in alone)


def test_what_a_rejection_reproaches_is_in_the_invoice(all_sheets: list[InvoiceSheet]) -> None:
    rejected = [sheet for sheet in all_sheets if sheet.amo_rejection or sheet.amc_rejection]
    assert len(rejected) == 33
    for sheet in rejected:
        for reason in sheet.reasons:
            assert has_fault(reason.code, sheet, all_sheets), (sheet.number, reason.code)


def test_a_line_s_rejection_names_the_stray_travel(all_sheets: list[InvoiceSheet]) -> None:
    reasons = [(sheet, reason) for sheet in all_sheets for reason in sheet.reasons if reason.code == "0540 057"]
    assert reasons
    for sheet, reason in reasons:
        sent = sheet.rejected_draft or sheet.draft
        assert reason.level == "L"
        assert reason.line is not None
        assert is_travel(sent.acts[reason.line - 1].code)
        assert sent.acts[reason.line - 1].code == reason.act_code


def test_what_is_paid_or_not_yet_sent_is_clean(all_sheets: list[InvoiceSheet]) -> None:
    for sheet in all_sheets:
        if sheet.state in {"paid", "partly_paid", "validated", "unvalidated"}:
            assert [finding for finding in run_checks(sheet, TODAY, book=our_book()) if finding.blocking] == [], (
                sheet.number
            )
        if sheet.state in {"paid", "validated"}:
            assert sheet.draft.prescriber in PRESCRIBERS
            assert not stray_travel(sheet)


def test_every_amount_follows_from_the_tariff_of_its_day(all_sheets: list[InvoiceSheet]) -> None:
    for sheet in all_sheets:
        for act in sheet.draft.acts:
            due = act.priced(sheet.draft.settlement)
            assert (due.of_the_complementary() if sheet.kind == "dre" else due) == act
            if is_travel(act.code):
                assert (act.unit_price, act.at_home) == (travel_price(act.code, act.done_on), True)
                continue
            tariff = find_act(act.code, act.done_on)
            assert tariff is not None
            assert act.coefficient in tariff.coefficients
            assert act.unit_price == unit_price(act.code, act.done_on)


def test_nobody_works_in_the_future_on_sundays_or_public_holidays(all_sheets: list[InvoiceSheet]) -> None:
    for sheet in all_sheets:
        for act in sheet.draft.acts:
            assert act.done_on < TODAY
            assert (TODAY - act.done_on).days <= 91
            assert add_working_days(date.fromordinal(act.done_on.toordinal() - 1), 1) == act.done_on
        assert sheet.billed_on < TODAY


def test_the_cancelled_invoices_have_every_kind_of_successor(demo: Practice) -> None:
    successors = [row for row in rows(ListName.ALL) if row.replaces]
    states = {"given_up": 1, "paid": 3, "rejected": 1, "unvalidated": 3, "validated": 2}
    assert Counter(row.state.value for row in successors) == states
    assert all(row.carried in MEMO for row in successors)
    dres = [row for row in rows(ListName.ALL) if row.kind == "dre"]
    assert [(row.state, row.amc_state) for row in dres] == [("paid", "paid")] * 2
    assert len(list(demo.outbox.glob("*.b2"))) >= 2


def test_some_answers_wait_for_a_decision(demo: Practice) -> None:
    assert sorted(answer.outcome for answer in aside_answers()) == ["after_payment", "contradictory", "unknown"]


def test_partly_paid_says_why(all_sheets: list[InvoiceSheet]) -> None:
    partly = [sheet for sheet in all_sheets if sheet.state == "partly_paid"]
    short = [sheet for sheet in partly if sheet.amo_paid < sheet.amo]
    assert len(short) == 4
    assert all(sheet.remarks for sheet in short)
    assert sum(sheet.amc_state == "pending" for sheet in partly) == 2


def test_reprocessing_carries_the_caisse_s_remark(all_sheets: list[InvoiceSheet]) -> None:
    for sheet in all_sheets:
        if sheet.state == "reprocessing":
            assert "TRAITEMENT MANUEL EN COURS PAR LA CAISSE" in sheet.remarks
            assert sheet.cancel_refusal is not None


def test_two_returns_are_left_to_read(demo: Practice) -> None:
    first, second = (read_noemie(path.read_bytes()) for path in unread_returns(demo.inbox))
    assert sorted(answer.amo.state for answer in first.answers if answer.amo) == ["paid"] * 6 + ["rejected"] * 2
    assert sorted(answer.amo.state for answer in second.answers if answer.amo) == ["paid"] * 2 + ["rejected"]


def test_the_people_are_imaginary_but_well_formed() -> None:
    patients = [patient for biller in PHYSIOTHERAPISTS for patient in biller.patients]
    assert len(patients) == 40
    assert len({(patient.nir, patient.birth) for patient in patients}) == 40
    for patient in patients:
        assert nir_is_valid(patient.nir, patient.nir_key)
        assert patient.nir[7:10] == "990"
    numbers = [biller.number for biller in PHYSIOTHERAPISTS] + list(PRESCRIBERS)
    assert {practitioner_key_ok(number) for number in numbers} == {KeyVerdict.RIGHT}
    assert any(patient.nir[5:7] == "2A" for patient in patients)
    assert any(patient.nature == "13" for patient in patients)
    children = [patient for patient in patients if patient.quality == "E"]
    assert len(children) >= 2
    assert all(child.nir[1:3] != child.birth[:2] for child in children)
    assert max(len(patient.last_name) for patient in patients) == 25


def test_the_lists_show_all_kinds_of_patients(demo: Practice) -> None:
    names = {row.last_name for row in rows(ListName.ALL)}
    assert {"DE LA ROCHEFOUCAULD-BAYEN", "LEFÈVRE", "CASANOVA", "MULLER", "OUALI"} <= names
    assert {(row.regime, row.caisse) for row in rows(ListName.ALL)} >= {("01", "331"), ("01", "201"), ("02", "471")}


def test_a_build_that_was_stopped_is_built_again_the_same(
    built: Practice, all_sheets: list[InvoiceSheet], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = demo_practice(tmp_path)
    treated = []

    def given_up(week: int, _: int) -> None:
        if week:
            raise GivenUp

    with pytest.raises(GivenUp):
        open_demo(practice, TODAY, progress=given_up)
    assert counts().total == 0

    def stop_late(
        rejected: B2Invoice, right: InvoiceContent, desk: DeskStep, author: Author, book: RejectionBook
    ) -> None:
        treated.append(rejected)
        if len(treated) > 8:
            raise KeyboardInterrupt
        treat(rejected, right, desk, author, book)

    monkeypatch.setattr(build, "treat", stop_late)
    with pytest.raises(KeyboardInterrupt):
        open_demo(practice, TODAY)
    monkeypatch.undo()
    open_practice(practice)
    assert counts().total == 0
    assert list(practice.outbox.glob("*.b2"))
    open_demo(practice, TODAY)
    assert snapshot() == all_sheets
    assert list(breaches(practice)) == []
    inboxes = [{path.name: path.read_bytes() for path in where.inbox.iterdir()} for where in (built, practice)]
    assert inboxes[0] == inboxes[1]


def holds_on(practice: Practice, today: date) -> None:
    """What holds of a demo whatever the day that it was made on."""
    assert counts().by_state[InvoiceState.REJECTED] == 18
    assert counts().total == 302
    for row in rows(ListName.UNVALIDATED) + rows(ListName.VALIDATED):
        assert not any(finding.blocking for finding in run_checks(invoice_sheet(row.id), today, book=our_book()))
    outcomes: Counter[str] = Counter()
    for path in unread_returns(practice.inbox):
        received = receive_return(path.read_bytes(), path.name, Author.now("test"))
        assert isinstance(received, Received)
        outcomes.update(received.outcomes)
    assert outcomes == {"applied": 10, "duplicate": 1}, "what the letter said is said again"
    assert counts().by_state[InvoiceState.REJECTED] == 20
    assert list(breaches(practice)) == []


def test_it_holds_across_a_new_tariff(tmp_path: Path) -> None:
    practice = demo_practice(tmp_path)
    make_demo(open_practice(practice, create=True), date(2024, 2, 29))
    holds_on(practice, date(2024, 2, 29))


def test_opening_again_changes_nothing_and_anew_makes_another(tmp_path: Path) -> None:
    new_year = date(2027, 1, 1)
    practice = copy_demo(TODAY, tmp_path)
    assert exists(practice)
    open_demo(practice, TODAY)
    last = max(row.billed_on for row in rows(ListName.ALL))
    open_demo(practice, new_year)
    assert max(row.billed_on for row in rows(ListName.ALL)) == last
    open_demo(practice, new_year, anew=True)
    assert max(row.billed_on for row in rows(ListName.ALL)) == date(2026, 12, 31)
    assert len(unread_returns(practice.inbox)) == 2
    holds_on(practice, new_year)


def test_an_empty_practice_is_filled_and_its_files_are_left(tmp_path: Path) -> None:
    leap = date(2028, 2, 29)
    practice = demo_practice(tmp_path)
    open_practice(practice, create=True)
    practice.inbox.mkdir()
    (practice.inbox / "retour-01.noe").write_bytes(b"mine")
    key = practice.key_file.read_bytes()
    open_demo(practice, leap)
    assert (practice.inbox / "retour-01.noe").read_bytes() == b"mine"
    assert practice.key_file.read_bytes() == key
    (practice.inbox / "retour-01.noe").unlink()
    holds_on(practice, leap)
