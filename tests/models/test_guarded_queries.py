"""No query can end the program: whatever table is missing, each says one sentence and raises nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from importlib import import_module
from inspect import isfunction
from pathlib import Path
from pkgutil import iter_modules

import pytest

from models import queries
from models.domain.actions import Action
from models.domain.faults import PracticeFault
from models.domain.findings import CheckName
from models.domain.lists import ListName
from models.domain.numbering import Numbering
from models.domain.operators import Claim
from models.domain.place import Practice, locate
from models.domain.pseudonyms import Redaction
from models.domain.states import InvoiceKind, InvoiceState
from models.practice import close_practice, open_practice
from models.queries import (
    accesses,
    advice_record,
    alike,
    answers_check,
    backups,
    built_on,
    candidates,
    chains,
    changes,
    cipher_remarks,
    counts,
    dre_waiting,
    everything_of,
    file_check,
    files,
    files_about,
    filing_check,
    first_answers,
    first_rows,
    follow_up,
    found,
    gathered,
    histories,
    invoice_row,
    journal,
    journal_check,
    lessons,
    life,
    lots,
    noted_beside,
    notes,
    numbers,
    numbers_check,
    old_patients,
    operators,
    outbox_check,
    overview,
    papers,
    papers_check,
    payments,
    people,
    preview,
    received_returns,
    rejected,
    rejection_costs,
    reminders,
    returns,
    seal_check,
    sheets,
    steps,
    terms,
    transfers,
    unlock,
    unsaved,
    usual_days,
    verification,
    whereabouts,
    windows,
)
from models.queries.invoice_row import ListView
from models.queries.sheets import InvoiceSheet
from models.reference.rejections import our_book
from models.tables.invoice import Act
from tests.models.damage import drop_tables
from tests.models.practice import TABLES, TEAM, a_return, an_answer, an_invoice, cancelled, hear, ready, sheet, take_in

ALL = ListView(ListName.ALL)
TODAY = date(2026, 11, 23)
WHO = Claim("sophie", "sophie")
NOBODY = Redaction(())


class Known:
    """What a screen has at hand when a table goes missing."""

    def __init__(self, practice: Practice) -> None:
        self.practice = practice
        self.inbox = practice.inbox
        self.sheet: InvoiceSheet = sheet(1001)
        self.act = Act.get()
        self.person = people.find_people("").people[0]


Call = Callable[[Known], object]

READS: dict[Callable[..., object], Call] = {
    accesses.accesses: lambda _: accesses.accesses(),
    backups.last_backup: lambda _: backups.last_backup(),
    built_on.built_on: lambda _: built_on.built_on(1),
    changes.changed_since: lambda known: changes.changed_since(known.sheet.id, 0),
    changes.last_change: lambda _: changes.last_change(),
    everything_of.everything_of: lambda known: everything_of.everything_of(known.practice, known.person),
    files_about.files_about: lambda known: files_about.files_about(known.practice, NOBODY),
    follow_up.due: lambda _: follow_up.due(TODAY),
    follow_up.due_counts: lambda _: follow_up.due_counts(TODAY),
    lots.sent_lots: lambda _: lots.sent_lots(3),
    notes.arl_notes: lambda _: notes.arl_notes(1),
    notes.notes_of: lambda known: notes.notes_of([known.sheet.id]),
    notes.sent_back_of: lambda known: notes.sent_back_of([known.sheet.id]),
    old_patients.old_patients: lambda _: old_patients.old_patients(TODAY, TODAY),
    operators.may_not: lambda _: operators.may_not("sophie", Action.PURGE),
    operators.operator_of: lambda _: operators.operator_of(WHO),
    operators.operators: lambda _: operators.operators(),
    preview.preview_return: lambda _: preview.preview_return(a_return(an_answer(an_invoice(3001), "paid")), "0" * 64),
    unlock.has_code: lambda _: unlock.has_code("sophie"),
    unlock.unlocks: lambda _: unlock.unlocks("sophie", "123456"),
    alike.count_alike: lambda known: alike.count_alike(known.sheet.id),
    alike.alike_invoices: lambda known: alike.alike_invoices(known.sheet.id),
    chains.chain_of: lambda known: chains.chain_of([known.sheet.id]),
    counts.counts: lambda _: counts.counts(),
    counts.by_rank: lambda _: counts.by_rank(),
    counts.counted_by_rank: lambda _: counts.counted_by_rank(),
    counts.unsent_sheet_days: lambda _: counts.unsent_sheet_days(InvoiceState.UNVALIDATED),
    files.unread_returns: lambda known: files.unread_returns(known.inbox),
    histories.history_of: lambda known: histories.history_of(known.sheet),
    histories.histories_of: lambda known: histories.histories_of([known.sheet.id], histories.KnownPrescribers()),
    histories.ids_by_person: lambda _: histories.ids_by_person(),
    histories.sheet_and_history: lambda known: histories.sheet_and_history(known.sheet.id),
    journal.journal_page: lambda _: journal.journal_page(journal.JournalView(), None, 5),
    journal.every_entry: lambda _: list(journal.every_entry(journal.JournalView())),
    journal.view_of: lambda _: journal.view_of("1001", TODAY),
    journal.operators: lambda _: journal.operators(),
    life.life_of: lambda known: life.life_of(known.sheet.id),
    lots.ready_lots: lambda _: lots.ready_lots(),
    lots.own_lots: lambda _: lots.own_lots(),
    lots.in_doubt: lambda _: lots.in_doubt(),
    lots.lot_place: lambda known: lots.lot_place(1, known.practice.outbox),
    lots.remarks_by_lot: lambda _: lots.remarks_by_lot(),
    lots.other_lots: lambda _: lots.other_lots(),
    numbers.numbers_in_use: lambda _: numbers.numbers_in_use(TODAY),
    numbers.highest_met: lambda _: numbers.highest_met(InvoiceKind.INVOICE),
    numbers.met_in: lambda _: numbers.met_in(Numbering(), TODAY),
    numbers.proposed_numbering: lambda _: numbers.proposed_numbering(TODAY),
    lots.lot_remarks: lambda known: lots.lot_remarks(known.sheet.id),
    candidates.candidates_of: lambda _: candidates.candidates_of({(TEAM[0], 1001): True}),
    received_returns.received_returns: lambda _: received_returns.received_returns(),
    received_returns.returns_page: lambda _: received_returns.returns_page(None, 9),
    received_returns.received_return: lambda _: received_returns.received_return(1),
    transfers.return_money: lambda _: transfers.return_money(1),
    rejected.rejected_sheets: lambda _: rejected.rejected_sheets(ALL, 9),
    returns.held_returns: lambda _: returns.held_returns(),
    overview.overview: lambda _: overview.overview(our_book()),
    papers.paper_lots: lambda _: papers.paper_lots(TODAY),
    papers.paper_sheets: lambda _: papers.paper_sheets(1),
    papers.paper_documents: lambda _: papers.paper_documents(TODAY),
    papers.documents_of: lambda known: papers.documents_of(known.sheet.id),
    papers.papers_owed: lambda _: papers.papers_owed(TODAY),
    people.find_people: lambda _: people.find_people(""),
    people.rights_of: lambda _: people.rights_of([1]),
    people.person_sheet: lambda known: people.person_sheet(known.person),
    returns.aside_answers: lambda _: returns.aside_answers(),
    returns.is_received: lambda _: returns.is_received("0" * 64),
    sheets.invoice_sheet: lambda known: sheets.invoice_sheet(known.sheet.id),
    sheets.invoice_version: lambda known: sheets.invoice_version(known.sheet.id),
    sheets.sheets_of: lambda known: sheets.sheets_of([known.sheet.id]),
    sheets.reasons_of: lambda known: sheets.reasons_of([known.sheet.id]),
    sheets.remarks_of: lambda known: sheets.remarks_of([known.sheet.id]),
    sheets.find_number: lambda _: sheets.find_number(1001),
    unsaved.unsaved_forms: lambda known: unsaved.unsaved_forms(known.sheet.id),
    outbox_check.outbox_remarks: lambda known: list(outbox_check.outbox_remarks(known.practice.outbox)),
    verification.notices: lambda _: list(verification.notices()),
    advice_record.record_of: lambda _: advice_record.record_of([CheckName.DUPLICATE], our_book()),
    dre_waiting.waiting_dre: lambda _: dre_waiting.waiting_dre(TODAY),
    dre_waiting.dre_of_invoice: lambda known: dre_waiting.dre_of_invoice(known.sheet.id, TODAY),
    lessons.lessons: lambda _: lessons.lessons(our_book()),
    reminders.reminders_of: lambda known: reminders.reminders_of(known.sheet.id),
    whereabouts.whereabouts: lambda _: whereabouts.whereabouts(),
    windows.page: lambda _: windows.page(ALL, None, 20),
    windows.every_row: lambda _: list(windows.every_row(ALL)),
    windows.row_at: lambda known: windows.row_at(ALL, known.sheet.id),
    windows.standing: lambda _: windows.standing(ALL, None),
    windows.matches: lambda _: windows.matches(ListView(ListName.ALL, typed="dupont")),
}
"""The queries that read the practice: with every table gone, each has nothing to give."""

ANSWERS: dict[Callable[..., object], Call] = {
    files_about.copies: lambda known: files_about.copies(known.practice),
    files_about.taken_out: lambda known: files_about.taken_out(known.practice),
    first_rows.is_open_to: lambda known: first_rows.is_open_to(Path(known.practice.location), lambda: WHO),
    first_rows.first_rows: lambda known: first_rows.first_rows(Path(known.practice.location), ALL, 20),
    first_rows.is_ours: lambda known: first_rows.is_ours(Path(known.practice.location)),
    cipher_remarks.key_state: lambda known: cipher_remarks.key_state(known.practice),
    cipher_remarks.cipher_remarks: lambda known: list(cipher_remarks.cipher_remarks(known.practice)),
    outbox_check.outbox_breaches: lambda known: list(outbox_check.outbox_breaches(known.practice.outbox)),
    verification.breaches: lambda known: list(verification.breaches(known.practice)),
}
"""Those that answer whatever they find: nothing yet, or what is broken."""

PURE: frozenset[Callable[..., object]] = frozenset(
    {
        *(invoice_row.rows_sql, invoice_row.found_sql, invoice_row.window_sql, steps.steps, steps.beyond),
        *(gathered.others, gathered.mark, gathered.back),
        *(invoice_row.row_of, lots.owner_of, payments.words_of),
        *(terms.search_terms, terms.nir_parts, terms.lot_number, terms.number_ranges, terms.day_ranges),
        *(terms.amount_ranges, found.named, found.among, found.ways, life.moment_of),
        *(files.file_name, files.files_in, files.read_file, files.lot_files),
    }
)
"""Those that read no table themselves; `ways` lets the vocabulary read, inside the query that asks."""

INSIDE: frozenset[Callable[..., object]] = frozenset(
    {
        *(
            advice_record.advice_record,
            built_on.effects_of,
            accesses.access_breaches,
            answers_check.answer_breaches,
            file_check.reference_breaches,
            file_check.structure_breaches,
            file_check.structure_remarks,
            first_answers.first_time,
            rejection_costs.rejection_costs,
        ),
        *(
            filing_check.filing_breaches,
            papers_check.paper_breaches,
            journal_check.clock_remarks,
            journal_check.journal_breaches,
        ),
        *(journal_check.last_entry_before, journal_check.mention_breaches, seal_check.invoice_breaches),
        *(noted_beside.entries_beside, noted_beside.words_given),
        *(numbers_check.given_numbers, numbers_check.number_breaches, numbers_check.range_breaches),
        *(seal_check.row_breaches, seal_check.unreadable, usual_days.usual_days),
    }
)
"""Those that another query asks, in its snapshot and under its guard."""


def public_functions() -> Iterator[Callable[..., object]]:
    """Every function that a module of `models/queries` offers."""
    for entry in iter_modules(queries.__path__, "models.queries."):
        module = import_module(entry.name)
        for name, value in vars(module).items():
            if isfunction(value) and value.__module__ == entry.name and not name.startswith("_"):
                yield value


def test_every_query_is_here() -> None:
    assert set(public_functions()) == {*READS, *ANSWERS, *INSIDE, *PURE}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice with something in every table, and a return that nobody has read."""
    folder = tmp_path_factory.mktemp("made")
    place = locate(str(folder / "cabinet.db"), folder)
    open_practice(place, create=True)
    cancelled(1001)
    ready(2001)
    take_in(an_invoice(3001), lot=3)
    hear(an_answer(an_invoice(9001), "paid"), reference="R00009")
    place.inbox.mkdir()
    (place.inbox / "retour.noe").write_bytes(a_return(an_answer(an_invoice(3001), "paid"), reference="R00010"))
    close_practice()
    return folder


@pytest.fixture
def known(made: Path, tmp_path: Path) -> Iterator[Known]:
    """A copy of it, open, and what a screen shows of it."""
    shutil.copytree(made, tmp_path / "copy")
    place = locate(str(tmp_path / "copy" / "cabinet.db"), tmp_path / "copy")
    open_practice(place)
    yield Known(place)
    close_practice()


@pytest.mark.parametrize("table", TABLES)
def test_a_missing_table_raises_nothing_but_a_sentence(known: Known, table: str) -> None:
    drop_tables(known.practice, table)
    for call in (*READS.values(), *ANSWERS.values()):
        with suppress(PracticeFault):
            call(known)


def test_without_any_table_every_query_says_its_sentence(known: Known) -> None:
    drop_tables(known.practice, *TABLES, "invoice_tally")
    for call in READS.values():
        with pytest.raises(PracticeFault, match="a refusé l’opération"):
            call(known)
    assert ANSWERS[first_rows.first_rows](known) is None
    assert ANSWERS[verification.breaches](known) != []


def test_an_invoice_that_is_not_there_is_one_sentence(known: Known) -> None:
    with pytest.raises(PracticeFault, match="n’est pas dans ce cabinet"):
        histories.sheet_and_history(777)
