"""A damaged row at the desk: named in its list, its screens open, its form is typed again where it is damaged."""

from __future__ import annotations

from models.domain.place import Practice
from models.queries.sheets import invoice_sheet
from tests.models.damage import damaged, harm
from tests.models.practice import sheet
from tests.tui.desk import ALL, MENU, UNVALIDATED, at_desk
from tests.tui.ways import already_cancelled, go_to, open_form

NO_TEXT = "CAST(x'ff4c' AS TEXT)"


async def test_a_damaged_field_is_typed_again_before_its_form_is_saved(practice: Practice) -> None:
    (new,) = already_cancelled(1009)
    with damaged(practice, f"UPDATE invoice SET prescriber = {NO_TEXT} WHERE number = {new}"):
        async with at_desk(practice) as desk:
            await desk.opens(MENU, UNVALIDATED)
            await desk.press("m")
            assert desk.place().endswith("Modifier")
            await desk.press("f2")
            await desk.sees("À corriger avant d’enregistrer : abîmé dans la base")
            assert invoice_sheet(sheet(new).id).damage is not None
            await go_to(desk, "prescriber")
            await desk.fills("331397141")
            assert "abîmé" not in desk.screen_text()
            await desk.press("f4")
            assert desk.question() == "La facture n’est pas validée", "its form opens before it is billed"
            await desk.sees("À facturer d’abord : « Modifier », puis carte Vitale ou « Facturer en dégradé ».")
            assert invoice_sheet(sheet(new).id).damage is None


async def test_one_that_no_form_can_mend_is_not_opened(practice: Practice) -> None:
    (new,) = already_cancelled(1009)
    with damaged(practice, f"UPDATE invoice SET split = {NO_TEXT} WHERE number = {new}"):
        async with at_desk(practice) as desk:
            await desk.opens(MENU, UNVALIDATED)
            await desk.press("m")
            assert desk.question() == "La facture ne se modifie pas"
            await desk.sees(f"Facture n° {new} abîmée dans la base", "restaurez une sauvegarde")
            await desk.press("enter")
            assert (desk.question(), desk.place().endswith(UNVALIDATED)) == ("", True)


async def test_one_that_is_damaged_while_its_form_is_open_is_not_saved_and_the_form_stands(practice: Practice) -> None:
    (new,) = already_cancelled(1009)
    async with at_desk(practice) as desk:
        await open_form(desk, new)
        await desk.fills("4")
        harm(practice, f"UPDATE invoice SET split = {NO_TEXT} WHERE number = {new}")
        await desk.press("f2")
        assert desk.question() == "La facture n’est pas enregistrée"
        await desk.sees(f"Facture n° {new} abîmée dans la base", "restaurez une sauvegarde")
        await desk.press("enter")
        assert (desk.focus(), desk.value()) == ("exemption", "4")


async def test_a_damaged_row_stands_in_its_list_and_opens(practice: Practice) -> None:
    spoilt = f"state = {NO_TEXT}, billed_on = 'x', last_name = {NO_TEXT}"
    with damaged(practice, f"UPDATE invoice SET {spoilt} WHERE number = 1009"):
        async with at_desk(practice) as desk:
            await desk.opens(ALL)
            await desk.selects("000001009")
            assert desk.selected().endswith("abîmée")
            await desk.press("enter")
            await desk.sees("Facture n° 1009 abîmée dans la base")
            await desk.press("v", "escape", "escape", "down")
            assert "abîmée" not in desk.selected()
