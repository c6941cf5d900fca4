"""What is typed and not saved: kept whole, found again by its person, gone once it is saved or over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from models.commands.bill import Billed, bill_invoice
from models.commands.correct import Saved, save_correction
from models.commands.keep_typed import KEPT_DAYS, drop_typed, keep_typed
from models.domain.author import Author
from models.domain.place import Practice
from models.domain.states import Signature
from models.domain.typed_form import TypedForm, typed_form
from models.queries.unsaved import Unsaved, unsaved_forms
from models.queries.verification import breaches, notices
from models.tables.journal import JournalEntry
from models.tables.unsaved import UnsavedForm
from tests.models.practice import CLAIRE, SOPHIE, an_act, cancelled, ready, sheet

LINE = replace(an_act(), suites=(("H", "x y"),), other=(("zone", "é"),))
TYPED = TypedForm({"prescriber": "33126 « ?", "first_name": "ANDRÉ"}, (LINE, an_act(rate=100)))


def later(author: Author, **time: float) -> Author:
    """The same person, after so much time."""
    return replace(author, at=author.at + timedelta(**time))


def found(invoice_id: int) -> list[tuple[str, TypedForm, str | None]]:
    """Whose forms there are of this invoice, what stands in them, who changed the invoice since."""
    return [(one.operator, one.typed, one.changed_by) for one in unsaved_forms(invoice_id)]


def test_it_comes_back_as_it_was_typed(practice: Practice) -> None:
    assert typed_form(TYPED.kept()) == TYPED
    new = cancelled()
    entries = JournalEntry.select().count()
    assert keep_typed("a", new.id, 1, TypedForm({}, ()), SOPHIE)
    assert keep_typed("a", new.id, 1, TYPED, later(SOPHIE, seconds=2))
    assert keep_typed("a", new.id, 1, TypedForm({}, ()), SOPHIE)  # an older one that comes late
    assert keep_typed("b", new.id, 1, TypedForm({}, ()), Author("claire", SOPHIE.at))
    assert [(one.form, one.typed) for one in unsaved_forms(new.id)] == [("a", TYPED), ("b", TypedForm({}, ()))]
    assert isinstance(unsaved_forms(new.id)[0], Unsaved)
    assert JournalEntry.select().count() == entries
    assert list(breaches(practice)) == []
    assert [notice.text for notice in notices()] == [
        f"Facture n° {new.number} : {who} a une saisie non enregistrée." for who in ("claire", "sophie")
    ]
    drop_typed("a")
    drop_typed("a")
    assert [one.form for one in unsaved_forms(new.id)] == ["b"]


def test_saving_takes_ones_own_along_and_tells_the_others(practice: Practice) -> None:
    new = cancelled()
    for form, author in (("a", SOPHIE), ("b", CLAIRE)):
        keep_typed(form, new.id, new.version, TYPED, author)
    billed = bill_invoice(new.id, new.version, Signature.DEGRADED, SOPHIE)
    assert isinstance(billed, Billed)
    assert {changed for *_, changed in found(new.id)} == {None}  # billed anew, no field of it changed
    draft = replace(new.draft, prescriber="331265587")
    assert isinstance(save_correction(new.id, billed.version, draft, SOPHIE), Saved)
    assert found(new.id) == [("claire", TYPED, "sophie")]


@pytest.mark.usefixtures("practice")
def test_what_nobody_can_save_any_more_goes() -> None:
    done, new = ready(1001), cancelled(1010)
    UnsavedForm.create(form="v", invoice=done.id, operator="x", version=1, typed="{}", typed_at="2026-11-01")
    keep_typed("old", new.id, 1, TYPED, SOPHIE)
    keep_typed("new", new.id, 1, TYPED, later(SOPHIE, days=KEPT_DAYS, seconds=1))
    assert [row.form for row in UnsavedForm.select()] == ["new"]


def test_what_does_not_read_is_left_out_and_said(practice: Practice) -> None:
    new = cancelled()
    for form, typed in enumerate(("", "[]", "{}", '{"texts": 1, "lines": []}', '{"texts": {}, "lines": [{}]}')):
        UnsavedForm.create(form=str(form), invoice=new.id, operator="x", version=1, typed=typed, typed_at="2026-11-01")
    assert unsaved_forms(new.id) == []
    said = f"Facture n° {new.number} : la saisie non enregistrée de x ne se lit plus."
    assert list(breaches(practice)) == [said] * 5
    assert sheet(new.number).version == new.version
