"""What is typed, and how it stands in the lot that leaves: capitals of the norm, numbers for Corsica."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.commands.bill import Billed, bill_invoice
from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.correct import Saved, save_correction
from models.commands.transmit import transmit_all
from models.commands.validate import Validated, validate_invoice
from models.domain.place import Practice
from models.domain.states import Signature
from models.formats.b2.capitals import in_capitals
from models.formats.b2.read import read_b2
from models.formats.b2.values import B2Invoice
from models.queries.sheets import invoice_sheet
from models.queries.verification import breaches
from models.reference.rejections import our_book
from tests.models.practice import SOPHIE, an_answer, an_invoice, hear, sheet, take_in


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("D’ARTAGNAN", "D ARTAGNAN"),
        ("L'Haÿ-les-Roses", "L HAY LES ROSES"),
        ("Lefèvre - Noël", "LEFEVRE NOEL"),
        ("Cœur Æschlimann", "COEUR AESCHLIMANN"),
        ("Weiß, Ø. Łukasz", "WEISS O LUKASZ"),
        ("NGUYỄN \u00c7ELİK Þór", "NGUYEN CELIK THOR"),
        ("« St. Jean »", "ST JEAN"),
        ("'-", ""),
        ("ЖУКОВ", "ЖУКОВ"),
        ("MARTIN 2", "MARTIN 2"),
    ],
)
def test_a_text_is_written_in_capitals_without_signs(typed: str, written: str) -> None:
    assert in_capitals(typed) == written


@given(st.text(max_size=30))
def test_what_is_in_capitals_stays_so(typed: str) -> None:
    once = in_capitals(typed)
    assert in_capitals(once) == once
    assert not set(once) & set("'’-,.\"«»")


def sent_again(practice: Practice, came: B2Invoice, **typed: object) -> B2Invoice:
    """This invoice after its rejection, with exemption 4 and what was typed, as the lot that left holds it."""
    take_in(came, lot=came.number % 999)
    hear(an_answer(came, "rejected"), reference=f"J{came.number:05d}")
    old = sheet(came.number)
    outcome = cancel_invoice(old.id, old.version, SOPHIE)
    assert isinstance(outcome, Cancelled)
    new = invoice_sheet(outcome.new_id)
    billed = bill_invoice(new.id, new.version, Signature.DEGRADED, SOPHIE)
    assert isinstance(billed, Billed)
    draft = replace(new.draft, exemption="4", **typed).with_rate(100)  # type: ignore[arg-type]
    saved = save_correction(new.id, billed.version, draft, SOPHIE)
    assert isinstance(saved, Saved)
    validated = validate_invoice(new.id, saved.version, SOPHIE, book=our_book())
    assert isinstance(validated, Validated), validated
    (gone,) = transmit_all(practice.outbox, SOPHIE)
    (left,) = read_b2(gone.file.read_bytes()).lots[0].invoices
    assert list(breaches(practice)) == []
    return left


def test_a_typed_name_leaves_in_capitals_and_stays_as_typed_here(practice: Practice) -> None:
    left = sent_again(practice, an_invoice(1001), last_name="L’HÉRITIER-NOËL", first_name="ANNE-ŒDILE")
    assert (left.last_name, left.first_name) == ("L HERITIER NOEL", "ANNE OEDILE")
    kept = sheet(1002).draft
    assert (kept.last_name, kept.first_name) == ("L’HÉRITIER-NOËL", "ANNE-ŒDILE")


def test_a_name_that_came_so_and_was_not_touched_leaves_as_it_came(practice: Practice) -> None:
    came = an_invoice(1001, last_name="LEFÈVRE-NOËL", first_name="ANNE-LISE")
    left = sent_again(practice, came, first_name="ANNE-LÉA")
    assert (left.last_name, left.first_name) == ("LEFÈVRE-NOËL", "ANNE LEA")


@pytest.mark.parametrize("typed", ["2A0002689", "200102689"])
def test_a_corsican_establishment_leaves_as_a_number_and_stays_as_typed_here(practice: Practice, typed: str) -> None:
    left = sent_again(practice, an_invoice(1001), prescriber=typed)
    assert left.prescriber == "200102689"
    assert sheet(1002).draft.prescriber == typed
