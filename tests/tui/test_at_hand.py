"""What can be done with an invoice where it is found, with the same refusals; and looking at others from a form."""

from __future__ import annotations

import pytest

from models.commands.cancel import cancel_invoice
from models.domain.place import Practice
from tests.models.practice import SOPHIE, contents, sheet
from tests.tui.desk import ALL, CANCEL, DRE, MENU, UNVALIDATED, Desk, at_desk

REJECTED, DEFERRED, SUCCESSOR = 1009, 1003, 1061


async def shows(desk: Desk, number: int) -> None:
    """The detail of an invoice, from « Toutes les factures »."""
    await desk.opens(ALL)
    await desk.types(str(number), pace=0.05)
    await desk.press("enter", "enter")
    await desk.sees("Bénéficiaire", f"n° {number:09d}")


async def test_all_invoices_and_the_detail_do_what_the_lists_do_and_refuse_the_same(practice: Practice) -> None:
    cancel_invoice(sheet(1008).id, None, SOPHIE)
    before = contents()
    async with at_desk(practice) as desk:
        await shows(desk, REJECTED)
        await desk.press("a")
        assert f"Annuler la facture n° {REJECTED} ?" in desk.question()
        await desk.press("n")
        for key, said in (("m", "ne se modifie plus"), ("d", "DRE")):
            await desk.press(key)
            assert desk.question() == ""
            assert said in desk.news()
        assert "Classer" in desk.footer()
        await desk.press("escape", "escape")
        for number, key, said in (
            (DEFERRED, "a", "Recyclage par la caisse en cours"),
            (1008, "f4", f"devenue la facture n° {SUCCESSOR}"),
            (SUCCESSOR, "a", "transmise"),
        ):
            await desk.types(str(number), pace=0.05)
            await desk.press("enter", key)
            assert desk.question() == "", number
            assert said in desk.news(), (number, desk.news())
            await desk.press("escape")
        assert contents() == before
        await desk.types(str(SUCCESSOR), pace=0.05)
        await desk.press("enter", "m")
        await desk.sees("Préparer le chargement")
        await desk.press("escape")
        assert contents() == before


async def test_annuler_from_the_detail_gives_the_new_number(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await shows(desk, REJECTED)
        await desk.press("a", "o")
        await desk.sees(f"La facture n° {REJECTED} devient la facture n° {SUCCESSOR}")
        await desk.press("enter")
        await desk.sees(f"remplacée par la facture n° {SUCCESSOR}")
        assert "(Annuler)" in desk.footer()


async def test_the_detail_goes_through_the_list_that_it_came_from(practice: Practice) -> None:
    before = contents()
    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        numbers = desk.numbers()
        await desk.press("down", "enter")
        await desk.sees(f"n° {numbers[1]:09d}")
        for key, index in (("n", 2), ("right", 3), ("f5", 2), ("p", 1), ("left", 0)):
            await desk.press(key)
            await desk.sees(f"n° {numbers[index]:09d}")
        await desk.press("p")
        assert desk.news() == "C’est la première de la liste."
        await desk.types("noemie amar")
        await desk.sees(f"n° {numbers[0]:09d}")
        assert desk.question() == ""
        await desk.press("n", "n", "n", "escape")
        assert f"{numbers[3]:09d}" in desk.selected()
    assert contents() == before


async def test_the_oldest_of_the_overview_can_be_cancelled(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU, "Bilan des rejets")
        await desk.press("p", "down", "a")
        assert "Annuler la facture n° 1008 ?" in desk.question()
        await desk.press("n")
        assert desk.footer().startswith("A/F7 Annuler")


async def test_from_the_list_of_dre_the_invoice_can_be_cancelled_first(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU, DRE)
        both = next(index for index, row in enumerate(desk.rows()) if " REJ REJ " in row)
        await desk.press("home", *["down"] * both, "d")
        assert desk.news().startswith("D’abord la facture")
        await desk.press("a")
        assert desk.question().startswith("Annuler la facture")


@pytest.mark.parametrize("key", ["a", "m"])
async def test_from_the_form_another_invoice_is_looked_at_and_nothing_else(practice: Practice, key: str) -> None:
    cancel_invoice(sheet(1008).id, None, SOPHIE)
    async with at_desk(practice) as desk:
        await desk.opens(MENU, UNVALIDATED)
        await desk.press("m", "enter", "d")
        await desk.sees("Code exonération")
        await desk.press("f7")
        await desk.sees(ALL)
        await desk.types(str(REJECTED if key == "a" else SUCCESSOR), pace=0.05)
        await desk.press("enter", key)
        assert desk.question() == ""
        assert desk.news() == "Une facture est ouverte dessous : revenez-y d’abord (Échap)."
        await desk.press("enter")
        await desk.sees("Bénéficiaire")
        await desk.press("escape", "escape", "escape")
        await desk.sees("Code exonération", f"N° {SUCCESSOR}")
