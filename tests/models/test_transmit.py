"""Transmettre: one lot per practitioner, centre and signature; what a crash or a full disk leaves behind."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models.commands import transmit
from models.commands.bill import Billed, bill_invoice
from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.settle_lot import ReleasedLot, SentLot, settle_doubt
from models.commands.transmit import SendingStopped, transmit_all
from models.commands.validate import Validated, reopen_invoice, validate_invoice
from models.domain.exchanges import LotStatus
from models.domain.faults import PracticeFault
from models.domain.numbering import Numbering
from models.domain.patience import GivenUp
from models.domain.place import Practice
from models.domain.refusals import Refused
from models.domain.states import Signature
from models.formats.b2.read import read_b2
from models.queries.lots import own_lots, ready_lots
from models.queries.sheets import InvoiceSheet, invoice_sheet
from models.queries.verification import breaches, notices
from models.reference.rejections import our_book
from models.store.database import anchor
from models.store.numbering_file import write_numbering
from models.store.whole_file import write_whole
from models.tables.anchor import standing as where_it_stands
from models.tables.lots import Lot
from models.tables.numbering import Counter
from tests.models.disk import watched_disk
from tests.models.practice import CLAIRE, SOPHIE, TEAM, an_answer, an_invoice, contents, hear, ready, sheet, take_in
from tui.text.refusals import refusal_sentence


class Crash(BaseException):
    """The power goes."""


def crash(*_: object) -> None:
    raise Crash


def validated(*invoices: tuple[int, str, str, str]) -> list[int]:
    """Invoices (number, practitioner, caisse, signature) brought to « validée »; their successors' ids."""
    ids = []
    for lot, (number, practitioner, caisse, signature) in enumerate(invoices, start=1):
        invoice = an_invoice(number, practitioner=practitioner, caisse=caisse)
        take_in(invoice, lot=lot)
        hear(an_answer(invoice, "rejected"), reference=f"T{number:05d}"[:6])
        outcome = cancel_invoice(sheet(number, practitioner).id, None, SOPHIE)
        assert isinstance(outcome, Cancelled)
        assert isinstance(bill_invoice(outcome.new_id, 1, Signature(signature), SOPHIE), Billed)
        assert isinstance(validate_invoice(outcome.new_id, None, SOPHIE, book=our_book()), Validated)
        ids.append(outcome.new_id)
    return ids


def test_the_file_says_what_the_invoice_says(practice: Practice) -> None:
    seen = ready(settlement="15", rate=70)
    (gone,) = transmit_all(practice.outbox, SOPHIE)
    (lot,) = read_b2(gone.file.read_bytes()).lots
    (invoice,) = lot.invoices
    assert (gone.number, gone.invoices, gone.total) == (4, 1, seen.total)
    assert (lot.number, lot.practitioner, lot.certification) == (4, TEAM[0], "D")
    assert (invoice.number, invoice.total, invoice.amo, invoice.amc) == (seen.number, seen.total, seen.amo, seen.amc)
    assert (invoice.exemption, invoice.nir, invoice.last_name) == ("4", seen.draft.nir, "DUPONT")
    assert [act.rate for act in invoice.acts] == [70]
    after = invoice_sheet(seen.id)
    assert (after.state, after.lot, after.amo_state, after.amc_state) == ("transmitted", 4, "pending", "pending")
    assert gone.file.stat().st_mode & 0o777 == 0o600
    assert list(practice.outbox.iterdir()) == [gone.file]
    assert list(breaches(practice)) == []


def test_a_lot_holds_one_practitioner_one_centre_one_signature(practice: Practice) -> None:
    validated(
        (1001, TEAM[0], "331", "card"),
        (2001, TEAM[0], "331", "card"),
        (3001, TEAM[0], "331", "degraded"),
        (4001, TEAM[0], "751", "card"),
        (5001, TEAM[1], "331", "card"),
    )
    expected = [(lot.practitioner, lot.caisse, lot.signature, lot.invoices) for lot in ready_lots()]
    seen: list[tuple[int, int]] = []
    lots = transmit_all(practice.outbox, SOPHIE, lambda done, total: seen.append((done, total)))
    assert [lot.invoices for lot in lots] == [2, 1, 1, 1]
    assert expected == [
        (TEAM[0], "331", "card", 2),
        (TEAM[0], "331", "degraded", 1),
        (TEAM[0], "751", "card", 1),
        (TEAM[1], "331", "card", 1),
    ]
    assert seen == [(0, 5), (2, 5), (3, 5), (4, 5), (5, 5)]
    numbers = {(lot.practitioner, lot.number) for lot in lots}
    assert len(numbers) == 4
    assert transmit_all(practice.outbox, SOPHIE) == ()
    assert list(breaches(practice)) == []


def test_a_lot_is_cut_where_its_count_has_no_more_digits(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transmit, "LOT_ROOM", 2)
    validated(*((number, TEAM[0], "331", "card") for number in (1001, 2001, 3001)))
    assert [lot.invoices for lot in transmit_all(practice.outbox, SOPHIE)] == [2, 1]


def test_given_up_between_two_lots_none_is_left_half_written(practice: Practice) -> None:
    first, second = validated((1001, TEAM[0], "331", "card"), (2001, TEAM[1], "331", "card"))

    def gives_up(done: int, _: int) -> None:
        if done:
            raise GivenUp

    (left,) = transmit_all(practice.outbox, SOPHIE, gives_up)
    assert left.invoices == 1
    assert (invoice_sheet(first).state, invoice_sheet(second).state) == ("transmitted", "validated")
    assert [lot.status for lot in own_lots()] == [LotStatus.SENT]
    assert list(breaches(practice)) == []


def disk_full_at(monkeypatch: pytest.MonkeyPatch, file: int) -> None:
    """The disk is full from this file on."""
    written = 0

    def fills(path: Path, data: bytes, drafts: Path) -> None:
        nonlocal written
        written += 1
        if written >= file:
            raise OSError(28, "No space left on device")
        write_whole(path, data, drafts)

    monkeypatch.setattr(transmit, "write_whole", fills)


def test_what_left_before_the_disk_was_full_is_told(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = validated((1001, TEAM[0], "331", "card"), (2001, TEAM[1], "331", "card"))
    disk_full_at(monkeypatch, 2)
    with pytest.raises(SendingStopped, match="disque est plein") as stopped:
        transmit_all(practice.outbox, SOPHIE)
    (lot,) = stopped.value.sent
    assert list(practice.outbox.iterdir()) == [lot.file]
    assert [invoice_sheet(invoice).state for invoice in (first, second)] == ["transmitted", "validated"]
    assert list(breaches(practice)) == []


def crashed(practice: Practice, monkeypatch: pytest.MonkeyPatch, where: str) -> tuple[InvoiceSheet, int]:
    """An invoice whose lot was prepared when the power went; and the lot."""
    seen = ready()
    with monkeypatch.context() as patch:
        patch.setattr(transmit, where, crash)
        with pytest.raises(Crash):
            transmit_all(practice.outbox, SOPHIE)
    (lot,) = own_lots(LotStatus.IN_DOUBT)
    return invoice_sheet(seen.id), lot.id


@pytest.mark.parametrize("where", ["write_whole", "_mark_sent"])
def test_a_crash_leaves_the_lot_in_doubt_and_nothing_goes_again_by_itself(
    practice: Practice, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    seen, _ = crashed(practice, monkeypatch, where)
    assert seen.state == "validated"
    assert [notice for notice in notices() if "en doute" in notice.text]
    assert list(breaches(practice)) == []
    assert transmit_all(practice.outbox, SOPHIE) == ()
    assert list(practice.outbox.glob("*.b2")) == [] if where == "write_whole" else True


def test_what_is_in_a_lot_in_doubt_is_not_taken_back(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    seen, _ = crashed(practice, monkeypatch, "_mark_sent")
    before = contents()
    assert isinstance(reopen_invoice(seen.id, seen.version, CLAIRE), Refused)
    assert contents() == before


def test_in_doubt_it_had_left(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    seen, lot = crashed(practice, monkeypatch, "_mark_sent")
    outcome = settle_doubt(lot, True, practice.outbox, CLAIRE)
    assert isinstance(outcome, SentLot)
    assert outcome.file.exists()
    assert invoice_sheet(seen.id).state == "transmitted"
    assert list(breaches(practice)) == []


def test_in_doubt_it_had_not_left(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    seen, lot = crashed(practice, monkeypatch, "_mark_sent")
    assert isinstance(settle_doubt(lot, False, practice.outbox, CLAIRE), ReleasedLot)
    assert invoice_sheet(seen.id).state == "validated"
    assert [file.suffix for file in practice.outbox.iterdir()] == [".annule"]
    (again,) = transmit_all(practice.outbox, SOPHIE)
    assert [known.status for known in own_lots()] == ["sent", "void"]
    assert again.number == Lot.get_by_id(lot).number + 1
    assert list(breaches(practice)) == []


@pytest.mark.parametrize(("first", "second"), [(True, False), (False, True), (True, True), (False, False)])
def test_of_two_decisions_on_a_lot_the_second_changes_nothing(
    practice: Practice, monkeypatch: pytest.MonkeyPatch, first: bool, second: bool
) -> None:
    _, lot = crashed(practice, monkeypatch, "_mark_sent")
    settle_doubt(lot, first, practice.outbox, SOPHIE)
    before, files = contents(), sorted(practice.outbox.iterdir())
    outcome = settle_doubt(lot, second, practice.outbox, CLAIRE)
    assert isinstance(outcome, Refused)
    assert "déjà décidé" in refusal_sentence(outcome)
    assert (contents(), sorted(practice.outbox.iterdir())) == (before, files)
    assert list(breaches(practice)) == []


@pytest.mark.parametrize("fails", ["mkdir", "open", "fsync", "link"])
def test_a_disk_that_refuses_the_file_leaves_the_invoices_ready_and_no_file(
    practice: Practice, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    seen = ready()
    does = getattr(os, fails)

    def refuse(*args: Any, **more: Any) -> Any:
        if str(args[0]).endswith(".ancre"):  # the anchor lies on another disk than the outbox
            return does(*args, **more)
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, fails, refuse)
        with pytest.raises(PracticeFault, match="disque est plein"):
            transmit_all(practice.outbox, SOPHIE)
    assert not practice.outbox.exists() or list(practice.outbox.iterdir()) == []
    assert invoice_sheet(seen.id).state == "validated"
    assert invoice_sheet(seen.id).lot is None
    assert {lot.status for lot in own_lots()} <= {"void"}
    assert list(breaches(practice)) == []
    assert len(transmit_all(practice.outbox, SOPHIE)) == 1


def test_a_full_disk_for_the_database_too_leaves_the_lot_in_doubt(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready()

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    def full(*_: object) -> None:
        raise PracticeFault("autre")

    with monkeypatch.context() as patch:
        patch.setattr(transmit, "write_whole", refuse)
        patch.setattr(transmit, "_release", full)
        with pytest.raises(PracticeFault, match="disque est plein"):
            transmit_all(practice.outbox, SOPHIE)
    assert [lot.status for lot in own_lots()] == ["in_doubt"]
    assert list(breaches(practice)) == []


def test_a_file_that_was_written_once_is_never_written_over(tmp_path: Path) -> None:
    write_whole(tmp_path / "lot.b2", b"sent")
    with pytest.raises(FileExistsError):
        write_whole(tmp_path / "lot.b2", b"other")
    assert (tmp_path / "lot.b2").read_bytes() == b"sent"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_whose_place_is_taken_is_one_sentence(practice: Practice) -> None:
    ready()
    practice.outbox.write_text("")
    with pytest.raises(PracticeFault, match="Impossible d’écrire"):
        transmit_all(practice.outbox, SOPHIE)
    assert list(breaches(practice)) == []


def test_lot_numbers_go_on_from_those_met_and_wrap_after_999(practice: Practice) -> None:
    ready()
    Counter.create(name=f"lot {TEAM[0]}", first=900, last=998)
    assert [lot.number for lot in transmit_all(practice.outbox, SOPHIE)] == [999]
    ready(2001)
    assert [lot.number for lot in transmit_all(practice.outbox, replace(SOPHIE, at=CLAIRE.at))] == [1]
    assert list(breaches(practice)) == []


def test_a_lot_number_that_an_imported_file_took_meanwhile_is_passed_over(practice: Practice) -> None:
    ready()
    (first,) = transmit_all(practice.outbox, SOPHIE)
    take_in(an_invoice(5001), lot=first.number + 1)
    ready(2001)
    (second,) = transmit_all(practice.outbox, SOPHIE)
    assert second.number == first.number + 2


@pytest.mark.parametrize(("days", "again"), [(40, False), (360, False), (370, True)])
def test_a_lot_number_is_borne_again_only_after_a_year(practice: Practice, days: int, again: bool) -> None:
    ready()
    (first,) = transmit_all(practice.outbox, SOPHIE)
    Counter.update(last=first.number - 1).where(Counter.name == f"lot {TEAM[0]}").execute()
    kept = anchor()
    assert kept is not None
    kept.replace(where_it_stands(), None)  # a thousand lots have gone round, and the anchor knows
    ready(2001)
    (second,) = transmit_all(practice.outbox, replace(SOPHIE, at=SOPHIE.at + timedelta(days=days)))
    assert (second.number == first.number) is again


def test_the_file_has_its_name_only_once_it_is_on_the_disk_and_the_name_is_made_lasting(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready()
    with watched_disk(monkeypatch) as done:
        (lot,) = transmit_all(practice.outbox, SOPHIE)
    made = ["folder lasting"] * 2  # the outbox under its name, then the drafts' own folder
    assert done == [*made, f"{lot.file.stat().st_size} bytes lasting", f"named {lot.file.name}", "folder lasting"]


def test_where_every_lot_of_the_range_waits_for_an_answer_none_is_given_twice(practice: Practice) -> None:
    write_numbering(practice.settings_file, Numbering(first_invoice=1, first_lot=998, last_lot=999))
    for number, lot in ((1001, 998), (2001, 999)):
        ready(number)
        assert [sent.number for sent in transmit_all(practice.outbox, SOPHIE)] == [lot]
    ready(3001)
    before = contents()
    with pytest.raises(PracticeFault, match="Les 2 numéros de lot de la plage d’Accueil attendent tous une réponse"):
        transmit_all(practice.outbox, SOPHIE)
    assert contents() == before
