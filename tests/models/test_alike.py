"""Corriger pareil: only what says exactly what was corrected is corrected, and a patient's fields in that patient's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from models.commands.correct_alike import CorrectedAlike, correct_alike
from models.commands.outcomes import Stale
from models.domain.alike import corrected_alike
from models.domain.content import InvoiceContent
from models.domain.place import Practice
from models.domain.refusals import Refusal, Refused
from models.domain.states import Signature
from models.queries.alike import alike_invoices, count_alike
from models.queries.sheets import invoice_sheet
from models.queries.verification import breaches
from models.reference.rejections import our_book
from tests.models.practice import SOPHIE, cancelled, contents


@pytest.fixture
def content(practice: Practice) -> InvoiceContent:
    """What a rejected invoice says."""
    return cancelled(1001, settlement="15").draft


@pytest.mark.parametrize(
    ("corrected", "other", "same_patient", "changes"),
    [
        ({"exemption": "4"}, {}, False, ("exemption",)),
        ({"exemption": "4"}, {"exemption": "9"}, False, ()),
        ({"prescriber": "331265587", "amc_number": "0012345678"}, {"prescriber": "331592006"}, False, ("amc_number",)),
        ({"regime": "02"}, {}, False, ("payer",)),
        ({"caisse": "641"}, {"centre": "1111"}, False, ()),
        ({"settlement": "05"}, {}, False, ("settlement",)),
        ({"last_name": "DUPOND"}, {}, False, ()),
        ({"last_name": "DUPOND"}, {}, True, ("beneficiary",)),
        ({"acts": ()}, {}, True, ()),
    ],
)
def test_what_is_carried_to_another(
    content: InvoiceContent, corrected: dict[str, Any], other: dict[str, Any], same_patient: bool, changes: tuple[str]
) -> None:
    after = replace(content, **corrected)
    found, fields = corrected_alike(replace(content, **other), content, after, same_patient=same_patient)
    assert fields == changes
    if not changes:
        assert found == replace(content, **other)
    if "settlement" in changes:
        assert found.amc == 0, "the complementary share follows"


def test_each_is_billed_saved_and_validated_with_entries_of_its_own(practice: Practice) -> None:
    first, second = cancelled(1001), cancelled(1101)
    draft = replace(first.draft, prescriber="331265587")
    outcome = correct_alike(first.id, first.version, draft, Signature.DEGRADED, SOPHIE, book=our_book())
    assert isinstance(outcome, CorrectedAlike)
    assert (count_alike(first.id), [one.sheet.number for one in alike_invoices(first.id)]) == (1, [second.number])
    (alike,) = alike_invoices(first.id)
    assert (alike.fields, alike.draft.prescriber, alike.same_patient) == (("prescriber",), "331265587", True)
    assert invoice_sheet(first.id).draft.prescriber == "331265587"
    assert list(breaches(practice)) == []


def test_one_that_moved_on_is_left_as_it_is(practice: Practice) -> None:
    first = cancelled(1001)
    before = contents()
    late = correct_alike(first.id, first.version + 1, first.draft, Signature.DEGRADED, SOPHIE, book=our_book())
    assert isinstance(late, Stale)
    assert contents() == before
    unbilled = correct_alike(first.id, first.version, first.draft, Signature.UNBILLED, SOPHIE, book=our_book())
    assert isinstance(unbilled, CorrectedAlike)
    assert unbilled.why == Refused(Refusal.NOT_BILLED)
