"""The form being typed survives a hang-up and a kill; it is offered to who typed it, for the invoice as it was."""

from __future__ import annotations

from dataclasses import replace

from models.commands.correct import Saved, save_correction
from models.domain.place import Practice
from models.queries.unsaved import unsaved_forms
from tests.models.practice import CLAIRE, contents, sheet
from tests.tui.desk import Desk, at_desk
from tests.tui.ways import already_cancelled, go_to, open_form, take_up, waiting
from tui.flows.unsaved import RESTS
from tui.terminal.signals import SIGNALLED

OFFER = "Reprendre la saisie de 10:00 ?"


async def back_at_the_form(desk: Desk, number: int) -> None:
    """« Modifier » again, up to what it asks."""
    await take_up(desk, number)
    await desk.press("enter", "d")
    await desk.sees("› Modifier", f"N° {number}")


async def rests(desk: Desk) -> None:
    """The hands rest."""
    desk.clock.passes(RESTS)
    await desk.settled()


async def test_killed_at_rest_it_is_offered_and_goes_on(practice: Practice) -> None:
    already_cancelled(1009)
    before = contents()
    async with at_desk(practice) as desk:
        await open_form(desk, 1061)
        opened = contents()
        await desk.fills("4")
        await go_to(desk, "first_name")
        await desk.fills("andré’")  # no name, yet typed
        await go_to(desk, "ActLines")
        await desk.press("x")
        await rests(desk)
        typed = desk.screen_lines()[2:]
    assert contents() == opened != before
    assert [left.operator for left in unsaved_forms(sheet(1061).id)] == ["sophie"]
    async with at_desk(practice) as desk:
        await back_at_the_form(desk, 1061)
        await rests(desk)
        assert desk.question() == OFFER
        assert len(unsaved_forms(sheet(1061).id)) == 1
        await desk.sees("Code exonération : « 4 », enregistré « 3 »", "1 ligne, enregistré 2.")
        assert desk.focus() == "Reprendre (R)"
        await desk.press("enter")
        await go_to(desk, "ActLines")
        assert desk.screen_lines()[2:] == typed
        assert contents() == opened
        await go_to(desk, "first_name")
        await desk.fills("andré")
        await desk.press("f2")
        await desk.sees("est enregistrée")
        assert unsaved_forms(sheet(1061).id) == []
    assert (sheet(1061).draft.first_name, sheet(1061).draft.exemption) == ("ANDRÉ", "4")


async def test_hung_up_at_once_it_is_kept_and_given_up_it_is_gone(empty: Practice) -> None:
    waiting(1001)
    invoice = sheet(1002).id
    async with at_desk(empty) as desk:
        await open_form(desk, 1002)
        await desk.fills("331592006")
        desk.app.exit(None, SIGNALLED + 1)
    async with at_desk(empty, operator="claire") as desk:
        await back_at_the_form(desk, 1002)
        assert desk.question() == ""
        assert desk.news() == "sophie a une saisie non enregistrée sur cette facture (de 10:00)."
        await desk.press("escape")
    async with at_desk(empty) as desk:
        await back_at_the_form(desk, 1002)
        assert desk.question() == OFFER
        await desk.press("a")
        assert (desk.question(), desk.value()) == ("", "331397141")
        assert unsaved_forms(invoice) == []
        await desk.fills("331592006")
        await rests(desk)
        assert len(unsaved_forms(invoice)) == 1
        await desk.press("escape", "o")
        assert unsaved_forms(invoice) == []


async def test_of_an_invoice_that_changed_since_it_is_shown_and_not_put_back(empty: Practice) -> None:
    waiting(1001)
    async with at_desk(empty) as desk:
        await open_form(desk, 1002)
        await desk.fills("331592006")
        desk.app.exit(None, SIGNALLED + 15)
    theirs = sheet(1002)
    draft = replace(theirs.draft, prescriber="331265587")
    assert isinstance(save_correction(theirs.id, theirs.version, draft, CLAIRE), Saved)
    async with at_desk(empty) as desk:
        await back_at_the_form(desk, 1002)
        assert desk.question() == "Saisie de 10:00"
        await desk.sees("claire a changé la facture depuis", "« 331592006 », enregistré « 331265587 »")
        await desk.press("enter")
        assert desk.value() == "331265587"
        assert unsaved_forms(theirs.id) == []
