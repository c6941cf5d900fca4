"""A DRE is a document of its own: what its file asks, of whom, and what it does not claim."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models.commands.correct import Saved, save_correction
from models.commands.import_lots import Imported, import_lots
from models.commands.receive import Received, receive_return
from models.commands.resend_dre import DreMade, resend_dre
from models.commands.settle_lot import SentLot
from models.commands.transmit import transmit_all
from models.commands.validate import Validated, validate_invoice
from models.domain.place import Practice
from models.formats.b2.read import read_b2
from models.queries.lots import ready_lots
from models.queries.sheets import InvoiceSheet, invoice_sheet
from models.queries.verification import breaches
from models.reference.rejections import our_book
from models.store.database import db
from tests.models.practice import SOPHIE, an_answer, an_invoice, hear, ready, sheet, take_in

FIELD = Path(__file__).parents[1] / "samples" / "field"


def made_again(number: int, payer: str = "0088888888") -> InvoiceSheet:
    """The DRE of this invoice, made again for this payer and validated."""
    made = resend_dre(sheet(number).id, None, payer, SOPHIE)
    assert isinstance(made, DreMade)
    assert isinstance(validate_invoice(made.new_id, None, SOPHIE, book=our_book()), Validated)
    return invoice_sheet(made.new_id)


@pytest.fixture
def rejected_dre(practice: Practice) -> Practice:
    """The invoice 502 of the field, signed with the carte Vitale: the caisse has paid, the mutuelle refused."""
    practice.settings_file.unlink()
    assert isinstance(import_lots((FIELD / "dre.b2").read_bytes(), "dre.b2", SOPHIE), Imported)
    assert isinstance(receive_return((FIELD / "dre.noe").read_bytes(), "dre.noe", SOPHIE), Received)
    return practice


def records(lot: SentLot) -> list[str]:
    """The records of a file that was written."""
    text = lot.file.read_bytes().decode("latin-1")
    return [text[start : start + 128] for start in range(0, len(text), 128)]


def test_no_record_of_it_asks_anything_of_the_caisse(rejected_dre: Practice) -> None:
    made_again(502, "0099990022")
    (gone,) = transmit_all(rejected_dre.outbox, SOPHIE)
    start, lot, head, identity, act, end, lot_end, file_end = records(gone)
    assert (act[105:112], act[112:119], act[121:128]) == ("0000000", "0000752", "0000752")
    assert (end[57:65], end[65:73], end[73:81], end[81:89]) == ("00000752", "00000000", "00000752", "00000752")
    assert (lot_end[24:33], lot_end[33:42], lot_end[42:51]) == ("000000752", "000000000", "000000752")
    assert (file_end[55:63], file_end[82:85]) == ("00000008", "001")
    assert (start[25:27], start[27:41].strip()) == ("OC", "0099990022")
    assert (file_end[25:27], file_end[27:41]) == ("OC", "00000099990022")
    assert (lot[16:19], lot[88:93].strip()) == ("000", "")
    assert (head[114:116], head[118:128], head[26:35]) == ("25", "0099990022", "900000001")
    assert "VIDAL" in identity


def test_no_letter_of_it_claims_a_card_or_a_signature(rejected_dre: Practice) -> None:
    made_again(502)
    (gone,) = transmit_all(rejected_dre.outbox, SOPHIE)
    _, lot, head, _, _, end, lot_end, _ = records(gone)
    assert (lot[80], head[45], head[46], lot_end[55]) == (" ", " ", " ", " ")
    assert (end[41:57].strip(), end[96:128].strip(), lot_end[96:128].strip()) == ("", "", "")


def test_what_its_invoice_carried_of_its_signature_is_left_behind(practice: Practice) -> None:
    invoice = an_invoice(1001, settlement="15")
    acts = tuple(replace(act, suites=(("S", f"{'':34}1{'':29}ABC"),)) for act in invoice.acts)
    other = (("certification_area", "SIGNATURE"), ("amo_forcing", "1"), ("substitute_card", "1"), ("member", "MEMB"))
    suites = (("M", "0077570001ROUTE"), ("P", "OPERATEUR"))
    invoice = replace(invoice, acts=acts, other=other, suites=suites, split="E", amc_number="0077570001")
    take_in(invoice)
    hear(an_answer(invoice, "paid", "rejected"))
    made_again(1001, "0077570001")
    (lot,) = read_b2(transmit_all(practice.outbox, SOPHIE)[0].file.read_bytes()).lots
    (sent,) = lot.invoices
    assert dict(sent.other) == {"member": "MEMB"}
    assert sent.suites == suites
    assert {act.suites for act in sent.acts} == {(("S", f"{'':64}ABC"),)}
    assert (sent.sesam, sent.split, lot.certification) == (False, "", "")


def test_the_route_to_another_payer_is_left_behind(practice: Practice) -> None:
    invoice = replace(an_invoice(1001, settlement="15"), suites=(("M", "0077570001ROUTE"),))
    take_in(invoice)
    hear(an_answer(invoice, "paid", "rejected"))
    made_again(1001)
    (lot,) = read_b2(transmit_all(practice.outbox, SOPHIE)[0].file.read_bytes()).lots
    assert lot.invoices[0].suites == ()


def test_invoices_and_dre_leave_in_lots_of_their_own_one_for_each_payer(practice: Practice) -> None:
    ready(2001)
    for number in (1001, 1002, 1003):
        take_in(an_invoice(number, settlement="15"), lot=number - 900)
        hear(an_answer(an_invoice(number, settlement="15"), "paid", "rejected"), reference=f"K{number}")
        made_again(number, "0088888888" if number < 1003 else "0077777777")
    waiting = [(lot.kind, lot.amc_number, lot.invoices) for lot in ready_lots()]
    assert waiting == [("invoice", "", 1), ("dre", "0077777777", 1), ("dre", "0088888888", 2)]
    sent = transmit_all(practice.outbox, SOPHIE)
    assert [(lot.invoices, "-dre" in lot.file.name) for lot in sent] == [(1, False), (1, True), (2, True)]
    assert len({lot.number for lot in sent}) == 3
    assert list(breaches(practice)) == []


def test_a_dre_that_is_corrected_still_asks_the_complementary_share_alone(practice: Practice) -> None:
    invoice = an_invoice(1001, settlement="15")
    take_in(invoice)
    hear(an_answer(invoice, "paid", "rejected"))
    made = resend_dre(sheet(1001).id, None, "0088888888", SOPHIE)
    assert isinstance(made, DreMade)
    dre = invoice_sheet(made.new_id)
    draft = dre.draft.with_act(0, replace(dre.draft.acts[0], quantity=2))
    saved = save_correction(dre.id, dre.version, draft, SOPHIE)
    assert isinstance(saved, Saved)
    after = invoice_sheet(dre.id)
    assert (after.amo, after.total) == (0, after.amc)
    assert after.amc > dre.amc
    assert list(breaches(practice)) == []


def test_verifier_sees_a_dre_that_asks_more_and_a_lot_of_both(rejected_dre: Practice) -> None:
    made_again(502)
    transmit_all(rejected_dre.outbox, SOPHIE)
    db.execute_sql("DROP TRIGGER invoice_sealed")
    db.execute_sql("UPDATE invoice SET total = total + 1, amo = 1 WHERE kind = 'dre'")
    db.execute_sql("UPDATE batch SET kind = 'invoice' WHERE origin = 'own'")
    found = list(breaches(rejected_dre))
    assert "DRE n° 900000001 : elle demande autre chose que la part complémentaire." in found
    assert "Lot 700 de factures : il contient une DRE, le n° 900000001." in found
