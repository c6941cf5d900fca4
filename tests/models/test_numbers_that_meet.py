"""Numbers that meet: an invoice and a DRE of one number, ours beside the software's, a lot that both number alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.import_lots import AlreadyImported, Imported, import_lots
from models.commands.resend_dre import DreMade, resend_dre
from models.commands.transmit import transmit_all
from models.commands.validate import Validated, validate_invoice
from models.domain.author import Author
from models.domain.exchanges import AnswerOutcome
from models.domain.numbering import Numbering
from models.domain.place import Practice
from models.domain.states import InvoiceKind
from models.formats.b2.read import read_b2
from models.formats.b2.values import B2Invoice
from models.queries.sheets import find_number, invoice_sheet
from models.queries.verification import breaches
from models.reference.rejections import our_book
from models.store.numbering_file import write_numbering
from tests.models.practice import NIRS, SOPHIE, Said, a_lot, an_answer, an_invoice, hear, ready, sheet, take_in

APPLIED = {AnswerOutcome.APPLIED: 1}


def sent_again(practice: Practice, number: int, kind: InvoiceKind, author: Author) -> tuple[int, B2Invoice]:
    """Make the DRE of this document again, and send it: its number, and what leaves."""
    (match,) = find_number(number, kind=kind)
    made = resend_dre(match.id, None, "0088888888", author)
    assert isinstance(made, DreMade)
    assert isinstance(validate_invoice(made.new_id, None, author, book=our_book()), Validated)
    (lot,) = transmit_all(practice.outbox, author)
    (left,) = read_b2(lot.file.read_bytes()).lots[0].invoices
    return made.new_number, left


def states(number: int) -> list[tuple[str, str]]:
    """What bears this number, each by its kind with what became of it."""
    return sorted((match.kind.value, invoice_sheet(match.id).state.value) for match in find_number(number))


@pytest.mark.parametrize("nir", NIRS[:2])
def test_an_answer_by_kind_finds_the_dre_or_the_invoice_of_its_number(practice: Practice, nir: str) -> None:
    write_numbering(practice.settings_file, Numbering(first_dre=1002, first_lot=1))
    invoice, other = an_invoice(1001, settlement="15"), an_invoice(1002, settlement="15", nir=nir)
    take_in(invoice)
    hear(an_answer(invoice, "paid", "rejected"))
    number, left = sent_again(practice, 1001, InvoiceKind.INVOICE, SOPHIE)
    assert (number, left.amo, left.amc) == (1002, 0, 1260)
    take_in(other, lot=9)
    assert hear(an_answer(left, None, "rejected", kind="D"), reference="R2").outcomes == APPLIED
    assert states(1002) == [("dre", "rejected"), ("invoice", "transmitted")]
    assert hear(an_answer(other, "paid", "paid"), reference="R3").outcomes == APPLIED
    assert states(1002) == [("dre", "rejected"), ("invoice", "paid")]
    assert list(breaches(practice)) == []


def test_a_dre_that_is_rejected_again_is_made_again_each_under_a_number_of_its_own(practice: Practice) -> None:
    write_numbering(practice.settings_file, Numbering())
    invoice = an_invoice(1001, settlement="15")
    take_in(invoice)
    hear(an_answer(invoice, "paid", "rejected"))
    number, kind, given = 1001, InvoiceKind.INVOICE, []
    for day in range(3):
        author = Author("sophie", SOPHIE.at + timedelta(days=day))
        number, left = sent_again(practice, number, kind, author)
        kind = InvoiceKind.DRE
        given.append(number)
        said: Said = "paid" if day == 2 else "rejected"
        assert hear(an_answer(left, None, said, kind="D"), reference=f"D{day}").outcomes == APPLIED
    assert given == [900_000_001, 900_000_002, 900_000_003]
    assert [states(each) for each in given] == [[("dre", "rejected")], [("dre", "rejected")], [("dre", "paid")]]
    assert states(1001) == [("invoice", "partly_paid")]
    assert list(breaches(practice)) == []


def test_our_invoice_in_a_file_of_the_software_is_not_taken_twice(practice: Practice, tmp_path: Path) -> None:
    write_numbering(practice.settings_file, Numbering())
    ours = ready(501).number
    (lot,) = transmit_all(practice.outbox, SOPHIE)
    data = lot.file.read_bytes()
    assert isinstance(import_lots(data, "copie.b2", SOPHIE), AlreadyImported)
    (left,) = read_b2(data).lots[0].invoices
    again = import_lots(a_lot(left, an_invoice(503, nir=NIRS[1]), lot_number=5), "lot-005.b2", SOPHIE)
    assert isinstance(again, Imported)
    assert f"n° {ours} (lot {lot.number:03d}" in " ".join(again.warnings)
    assert states(ours) == [("invoice", "transmitted")]
    assert list(breaches(practice)) == []


def test_a_number_given_before_there_was_a_range_comes_back_and_answers_go_by_lot(practice: Practice) -> None:
    ours = ready(501).number
    assert ours == 502
    practice.settings_file.unlink()
    theirs = an_invoice(502, nir=NIRS[1], first_name="JEAN")
    (said,) = take_in(theirs, lot=2).amounts
    assert said.startswith("Numéro que porte aussi une facture de ce cabinet, pas encore partie")
    (lot,) = transmit_all(practice.outbox, SOPHIE)
    assert lot.number == 700
    (left,) = read_b2(lot.file.read_bytes()).lots[0].invoices
    assert hear(an_answer(left, "paid"), reference="R2").outcomes == APPLIED
    assert sorted((m.lot, invoice_sheet(m.id).state.value) for m in find_number(502)) == [
        (2, "transmitted"),
        (700, "paid"),
    ]
    assert list(breaches(practice)) == []


def test_the_same_number_in_the_same_lot_number_of_two_years_is_two_invoices(practice: Practice) -> None:
    write_numbering(practice.settings_file, Numbering())
    last_year = an_invoice(149, billed_on=date(2025, 11, 5))
    this_year = an_invoice(149, nir=NIRS[1])
    take_in(last_year, lot=22, made_on=date(2025, 11, 6))
    take_in(this_year, lot=22)
    for reference, invoice in (("R1", this_year), ("R2", last_year)):
        assert hear(replace(an_answer(invoice, "rejected"), lot=22), reference=reference).outcomes == APPLIED
    given = [cancel_invoice(match.id, None, SOPHIE) for match in find_number(149)]
    assert [one.new_number for one in given if isinstance(one, Cancelled)] == [800_000_001, 800_000_002]
    assert [sheet(number).replaces for number in (800_000_001, 800_000_002)] == [149, 149]
    assert list(breaches(practice)) == []
