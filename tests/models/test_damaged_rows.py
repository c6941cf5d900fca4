"""A row of which a value does not read stops nothing else: it is named, and nothing is done with it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Final

import pytest

from models.commands.cancel import Cancelled, cancel_invoice, cancel_invoices
from models.commands.correct import Saved, save_correction
from models.commands.transmit import SendingStopped, transmit_all
from models.commands.validate import validate_invoice
from models.domain.damage import (
    REPLACEMENT,
    DamagedDay,
    DamagedZones,
    damaged_among,
    is_damaged,
    stored_day,
    stored_member,
    stored_moment,
)
from models.domain.exchanges import AnswerOutcome
from models.domain.faults import PracticeFault
from models.domain.lists import ListName, SortName
from models.domain.place import Practice
from models.domain.refusals import Refusal, Refused, RefusedFault
from models.domain.states import InvoiceState
from models.practice import close_practice, open_practice
from models.queries.counts import counts
from models.queries.invoice_row import InvoiceRow, ListView
from models.queries.sheets import invoice_sheet
from models.queries.verification import breaches
from models.queries.windows import every_row, standing
from models.reference.rejections import our_book
from tests.models.damage import damaged, harm
from tests.models.practice import SOPHIE, an_answer, an_invoice, hear, ready, rejected, sheet, take_in
from tests.models.test_guarded_queries import ANSWERS, READS, Known
from tests.models.test_guarded_queries import made as made

NO_TEXT: Final = "CAST(x'ff4c' AS TEXT)"
KINDS: Final = {
    "bytes that are no text": f"UPDATE invoice SET last_name = {NO_TEXT}, prescriber = {NO_TEXT}",
    "a state that nobody knows": "UPDATE invoice SET state = 'xyz', amo_state = 'xyz', signature = 'xyz', kind = 'xyz'",
    "a day that is none": "UPDATE invoice SET billed_on = '2026-13-45', prescribed_on = '20261105', filed_until = ''",
    "a line": f"UPDATE act SET done_on = 'x', code = {NO_TEXT}, other = '[[', suites = '[1]'",
    "zones": "UPDATE invoice SET other = '[[', suites = '{\"a\": 1}'",
    "an answer": "UPDATE answer SET amo_state = 'xyz', outcome = 'xyz', settled = 'xyz', remarks = '[['",
    "a rejection": f"UPDATE rejection SET share = 'xyz', level = 'xyz', care_date = 'x', label = {NO_TEXT}",
    "a return": "UPDATE \"return\" SET received_at = 'x', created_on = 'x', undone_at = 'x'",
    "a lot": "UPDATE batch SET status = 'xyz', origin = 'xyz', created_on = 'x', kind = 'xyz'",
    "an entry": f"UPDATE journal_entry SET at = 'x', detail = '[', action = 'xyz', subject = {NO_TEXT}",
    "a person": f"UPDATE patient SET nir = {NO_TEXT}, birth = 'x', search = {NO_TEXT}",
}
"""What is damaged, in one row of its table."""


@pytest.fixture
def known(made: Path, tmp_path: Path) -> Iterator[Known]:
    """A practice with something in every table, and what a screen shows of it; closed."""
    shutil.copytree(made, tmp_path / "copy")
    place = Practice(str(tmp_path / "copy" / "cabinet.db"), tmp_path / "copy", "cabinet")
    open_practice(place)
    yield Known(place)
    close_practice()


def stopped(known: Known) -> list[str]:
    """The queries that give nothing but a sentence."""
    found = []
    for asked, call in (*READS.items(), *ANSWERS.items()):
        try:
            call(known)
        except PracticeFault:
            found.append(asked.__name__)
    return found


def test_every_query_goes_on_beside_damaged_rows(known: Known) -> None:
    with damaged(known.practice, ";".join(f"{harmed} WHERE id = 1" for harmed in KINDS.values())):
        assert stopped(known) == []
        assert [each for each in breaches(known.practice) if "interrompu" in each] == []


def test_what_refers_to_nothing_stops_its_own_sheet_alone(known: Known) -> None:
    torn = "UPDATE invoice SET practitioner_id = 99, patient_id = 99, batch_id = 99 WHERE id = 1"
    with damaged(known.practice, torn):
        assert stopped(known) == ["history_of", "sheet_and_history", "invoice_sheet"]


@pytest.mark.skipif("ACCUEIL_LONG" not in os.environ, reason="a long campaign")
@pytest.mark.parametrize("kind", KINDS)
def test_every_query_goes_on_beside_one_damaged_row(known: Known, kind: str) -> None:
    with damaged(known.practice, f"{KINDS[kind]} WHERE id = 1"):
        assert stopped(known) == []
        assert [each for each in breaches(known.practice) if "interrompu" in each] == []


def rows() -> dict[int, InvoiceRow]:
    """Every row of the lists, by its number."""
    return {row.number: row for row in islice(every_row(ListView(ListName.ALL)), 99)}


@pytest.mark.parametrize("column", ["state", "signature", "amo_state", "kind", "billed_on", "last_name"])
def test_a_damaged_row_is_listed_among_the_others_and_nothing_can_be_done_with_it(
    practice: Practice, column: str
) -> None:
    rejected(1001)
    rejected(1002)
    with damaged(practice, f"UPDATE invoice SET {column} = {NO_TEXT} WHERE number = 1001"):
        listed = rows()
        row, said = listed[1001], Refused(Refusal.DAMAGED, 1001, column)
        assert (row.damage, row.cancel_refusal, row.file_refusal, row.note_refusal) == (said, said, said, said)
        assert (listed[1002].damage, listed[1002].cancel_refusal) == (None, None)
        assert invoice_sheet(row.id).cancel_refusal == said
        together = cancel_invoices([(row.id, None), (listed[1002].id, None)], SOPHIE)
        assert [(one.number, one.why) for one in together.left] == [(1001, said)]
        assert [one.old_number for one in together.cancelled] == [1002]
        assert counts().total == 3


@pytest.mark.parametrize("sort", [SortName.PATIENT, SortName.DATE, SortName.DESK, SortName.AMO])
def test_a_list_goes_on_behind_bytes_that_are_no_text(practice: Practice, sort: SortName) -> None:
    take_in(*(an_invoice(number) for number in (1001, 1002, 1003)))
    spoilt = f"last_name = {NO_TEXT}, billed_on = {NO_TEXT}, amo_state = {NO_TEXT}"
    with damaged(practice, f"UPDATE invoice SET {spoilt} WHERE number = 1002"):
        for descending in (False, True):
            view = ListView(ListName.ALL, sort, descending)
            read = [row.number for row in islice(every_row(view, chunk=1), 9)]
            assert sorted(read) == [1001, 1002, 1003]
            places = {standing(view, row.key(sort)) for row in islice(every_row(view, chunk=1), 9)}
            assert places == {(0, 3), (1, 3), (2, 3)}


def test_what_its_lines_hold_counts_too_and_takes_no_number(practice: Practice) -> None:
    old, other = rejected(1001), rejected(1002)
    with damaged(practice, f"UPDATE act SET code = {NO_TEXT} WHERE invoice_id = {old.id}"):
        assert cancel_invoice(old.id, None, SOPHIE) == Refused(Refusal.DAMAGED, 1001, "ligne 1, code")
        assert isinstance(cancel_invoice(other.id, None, SOPHIE), Cancelled)
        assert [each for each in breaches(practice) if "journal" not in each] == []


def test_what_leaves_is_all_the_rest(practice: Practice) -> None:
    ready(2001)
    ready(2005)
    spoilt = sheet(2002)
    with damaged(practice, f"UPDATE invoice SET first_name = {NO_TEXT} WHERE id = {spoilt.id}"):
        with pytest.raises(SendingStopped, match="Facture n° 2002 abîmée dans la base") as stopped:
            transmit_all(practice.outbox, SOPHIE)
        assert [lot.invoices for lot in stopped.value.sent] == [1]
        assert sheet(2006).state == "transmitted"
        assert sheet(2002).state == "validated"


def test_an_answer_about_it_is_kept_aside_and_the_others_are_applied(practice: Practice) -> None:
    invoices = [an_invoice(number) for number in (1001, 1002)]
    take_in(*invoices)
    with damaged(practice, "UPDATE invoice SET prescribed_on = 'x' WHERE number = 1001"):
        received = hear(*(an_answer(invoice, "paid") for invoice in invoices))
        assert received.outcomes == {AnswerOutcome.DAMAGED: 1, AnswerOutcome.APPLIED: 1}


def test_a_form_does_not_write_it_back_until_it_is_typed_again(practice: Practice) -> None:
    old = rejected(1001)
    new = cancel_invoice(old.id, None, SOPHIE)
    assert isinstance(new, Cancelled)
    with damaged(practice, f"UPDATE invoice SET prescriber = {NO_TEXT}, prescribed_on = 'x' WHERE id = {new.new_id}"):
        read = invoice_sheet(new.new_id)
        assert read.mendable
        assert isinstance(read.draft.prescribed_on, DamagedDay)
        half = replace(read.draft, prescriber="331397141", exemption="4")
        refused = save_correction(new.new_id, read.version, half, SOPHIE)
        assert refused == Refused(Refusal.DAMAGED, new.new_number, "prescribed_on")
        assert is_damaged(invoice_sheet(new.new_id).draft.prescriber)
        whole = replace(half, prescribed_on=read.billed_on)
        assert isinstance(save_correction(new.new_id, read.version, whole, SOPHIE), Saved)
        assert invoice_sheet(new.new_id).damage is None
        assert [each for each in breaches(practice) if "journal" in each] == []


def test_what_no_form_holds_is_not_mended_there(practice: Practice) -> None:
    ready(2001)
    harm(practice, "UPDATE invoice SET state = 'unvalidated', desk_rank = 8, contract = '' WHERE number = 2002")
    new = sheet(2002)
    with damaged(practice, f"UPDATE invoice SET split = {NO_TEXT} WHERE id = {new.id}"):
        assert not invoice_sheet(new.id).mendable
        with pytest.raises(RefusedFault) as refused:
            validate_invoice(new.id, None, SOPHIE, book=our_book())
    assert refused.value.refused == Refused(Refusal.DAMAGED, 2002, "split")


def test_a_damaged_day_stands_for_no_day() -> None:
    day = stored_day("2026-13-45")
    assert (f"{day:%d/%m/%Y}", day.isoformat()) == ("??/??/????", "2026-13-45")
    assert day != stored_day("1900-01-01")
    assert is_damaged(stored_day("20261105"))
    assert (day + timedelta(days=1), day - timedelta(days=1), day.replace(year=2000)) == (day, day, day)
    assert (SOPHIE.day - day).days == -(day - SOPHIE.day).days
    assert not is_damaged(stored_day("2026-11-05"))


def test_of_every_kind_of_value_what_does_not_read_is_named() -> None:
    damaged = {
        "text": f"a{REPLACEMENT}",
        "member": stored_member(InvoiceState, "x"),
        "day": stored_day("x"),
        "moment": stored_moment("x"),
        "zones": DamagedZones(),
        "zone": (("a", f"b{REPLACEMENT}"),),
    }
    sound = {
        **{"1": "é", "2": InvoiceState.PAID, "3": stored_day("2026-11-05"), "4": (("a", "b"),), "5": None, "6": 1},
        **{"7": stored_moment("2026-11-05T10:00:00+00:00"), "8": (), "9": True},
    }
    assert damaged_among((sound | damaged).items()) == tuple(damaged)
