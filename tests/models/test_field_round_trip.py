"""Every lot of the field through the whole desk: imported, rejected, cancelled, billed, validated, sent, read again."""

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
from models.formats.b2.zones import CONTROLS
from models.queries.sheets import invoice_sheet
from models.queries.verification import breaches
from models.reference.rejections import our_book
from tests.models.practice import SOPHIE, an_answer, hear, sheet

FIELD = Path(__file__).parent.parent / "samples" / "field"
LOTS = (
    *("b-2L-suite", "b-4S-domain-letter", "b-ccam-4M", "b-doctor-G", "b-exo-C", "b-midwife", "b-nature-11", "b-no-2B"),
    *("b-nurse-AMI", "b-rpps-4E", "b-speech", "cnt4"),
)


def records(lot: bytes) -> list[str]:
    """The records 2, 3, 4 and their suites, without the number of the invoice that they name."""
    lines = [lot[at : at + 128].decode("latin-1") for at in range(0, len(lot), 128)]
    return [line[:26] + line[35:] for line in lines if line[0] in "234"]


@pytest.mark.parametrize("name", LOTS)
def test_what_nobody_corrected_leaves_as_it_came_but_for_its_number(practice: Practice, name: str) -> None:
    data = (FIELD / f"{name}.b2").read_bytes()
    assert isinstance(import_lots(data, f"{name}.b2", SOPHIE), Imported)
    (came,) = read_b2(data).lots[0].invoices
    hear(an_answer(came, "rejected", code="0999 999"))
    old = sheet(came.number)
    cancelled = cancel_invoice(old.id, old.version, SOPHIE)
    assert isinstance(cancelled, Cancelled)
    new = invoice_sheet(cancelled.new_id)
    billed = bill_invoice(new.id, new.version, Signature.DEGRADED, SOPHIE)
    assert isinstance(billed, Billed)
    version = billed.version if came.last_name else named(new.id, billed.version)
    validated = validate_invoice(new.id, version, SOPHIE, book=our_book())
    assert isinstance(validated, Validated), validated
    (gone,) = transmit_all(practice.outbox, SOPHIE)
    sent = gone.file.read_bytes()
    (left,) = read_b2(sent).lots[0].invoices
    assert left.number != came.number
    assert as_sent(left, came) == as_sent(came, came)
    kept = [line for line in records(sent) if came.last_name or line[26] != "B"]
    assert undated(kept) == undated(records(data))
    assert write_b2(read_b2(sent)) == sent
    assert list(breaches(practice)) == []


def named(invoice_id: int, version: int) -> int:
    """Type the name of a patient who came without 2B, as the checks ask; the version saved."""
    draft = replace(invoice_sheet(invoice_id).draft, last_name="VIDAL", first_name="ANNE")
    saved = save_correction(invoice_id, version, draft, SOPHIE)
    assert isinstance(saved, Saved)
    return saved.version


def as_sent(invoice: B2Invoice, like: B2Invoice) -> B2Invoice:
    """The invoice under the number, the day and the name of another, without how its file counted."""
    invoice = replace(invoice, last_name=like.last_name, first_name=like.first_name)
    other = tuple(zone for zone in invoice.other if zone[0] not in CONTROLS)
    return replace(invoice, number=like.number, billed_on=like.billed_on, other=other)


def undated(lines: list[str]) -> list[str]:
    """The records without the day of billing, which a new invoice has anew (record 2, positions 40-45)."""
    return [line[:30] + line[36:] if line[0] == "2" and line[26] == " " else line for line in lines]
