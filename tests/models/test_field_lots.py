"""Invoices of other software, cancelled, corrected and sent again: what came with them leaves with them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models.commands.bill import Billed, bill_invoice
from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.correct import Saved, save_correction
from models.commands.import_lots import Imported, import_lots
from models.commands.transmit import transmit_all
from models.commands.validate import Validated, validate_invoice
from models.domain.place import Practice
from models.domain.states import Signature
from models.formats.b2.read import read_b2
from models.formats.b2.values import B2Invoice
from models.formats.b2.write import write_b2
from models.queries.sheets import invoice_sheet
from models.queries.verification import breaches
from models.reference.rejections import our_book
from tests.models.practice import SOPHIE, an_answer, hear, sheet

FIELD = Path(__file__).parent.parent / "samples" / "field"


def sent_again(practice: Practice, name: str) -> tuple[B2Invoice, B2Invoice]:
    """The invoice of this lot as it came, and as it left after its rejection, with exemption 4 and 100 %."""
    data = (FIELD / f"{name}.b2").read_bytes()
    assert isinstance(import_lots(data, f"{name}.b2", SOPHIE), Imported)
    (came,) = read_b2(data).lots[0].invoices
    hear(an_answer(came, "rejected"))
    old = sheet(came.number)
    outcome = cancel_invoice(old.id, old.version, SOPHIE)
    assert isinstance(outcome, Cancelled)
    new = invoice_sheet(outcome.new_id)
    billed = bill_invoice(new.id, new.version, Signature.DEGRADED, SOPHIE)
    assert isinstance(billed, Billed)
    saved = save_correction(new.id, billed.version, replace(new.draft, exemption="4").with_rate(100), SOPHIE)
    assert isinstance(saved, Saved)
    validated = validate_invoice(new.id, saved.version, SOPHIE, book=our_book())
    assert isinstance(validated, Validated), validated
    (gone,) = transmit_all(practice.outbox, SOPHIE)
    data = gone.file.read_bytes()
    file = read_b2(data)
    assert file.warnings == read_b2((FIELD / f"{name}.b2").read_bytes()).warnings or name == "cnt4"
    assert write_b2(file) == data
    (left,) = file.lots[0].invoices
    assert list(breaches(practice)) == []
    return came, left


@pytest.mark.parametrize("name", ["b-rpps-4E", "b-2L-suite", "b-4S-domain-letter", "cnt4"])
def test_the_records_that_no_field_models_leave_with_the_corrected_invoice(practice: Practice, name: str) -> None:
    came, left = sent_again(practice, name)
    assert left.number != came.number
    assert (left.exemption, [act.rate for act in left.acts]) == ("4", [100])
    assert left.suites == came.suites
    assert [act.suites for act in left.acts] == [act.suites for act in came.acts]
    assert any((left.suites, *(act.suites for act in left.acts)))


def test_the_corrected_invoice_is_counted_anew(practice: Practice) -> None:
    came, left = sent_again(practice, "cnt4")
    assert dict(came.other)["act_count"] == "002"
    assert "act_count" not in dict(left.other), "its record 5 counts its lines, as every lot of ours does"
