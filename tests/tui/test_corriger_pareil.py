"""Corriger pareil: twelve invoices with one mistake, from the menu to all validated in forty keys at most."""

from __future__ import annotations

from dataclasses import replace

from models.commands.cancel import cancel_invoice
from models.domain.place import Practice
from models.domain.states import InvoiceState
from models.queries.verification import breaches
from models.tables.invoice import Invoice
from models.tables.journal import JournalEntry
from tests.models.practice import SOPHIE, an_answer, an_invoice, hear, sheet, take_in
from tests.tui.desk import MENU, UNVALIDATED, at_desk
from tests.tui.ways import open_form

WRONG, RIGHT = "331397141", "331265587"
NUMBERS = range(1001, 1013)


def rejected_for_their_prescriber(numbers: range = NUMBERS) -> None:
    """Invoices of as many patients, rejected together: the caisse does not know who prescribed."""
    made = [
        an_invoice(number, nir=f"1840533002{number % 1000:03d}", last_name=f"PATIENT{number}") for number in numbers
    ]
    take_in(*made)
    hear(*(an_answer(invoice, "rejected", code="0460 051") for invoice in made))


async def test_twelve_with_one_mistake_in_forty_keys(empty: Practice) -> None:
    rejected_for_their_prescriber()
    async with at_desk(empty) as desk:
        await desk.press("t", "a", "f")
        await desk.types("0460 051")
        await desk.press("enter", "s", "a")
        await desk.sees("Annuler 12 factures ?", "0460 051 (12)")
        await desk.press("o", "c")
        await desk.press("enter", "enter")
        await desk.sees("› Modifier")
        assert desk.focus() == "prescriber"
        await desk.types(RIGHT)
        await desk.press("f4")
        await desk.sees("est validée, prête à transmettre. P corrige pareil (11)", "─ 1 / 11")
        await desk.press("p")
        await desk.sees("› Corriger pareil", "11 marquées", f"Prescripteur : {WRONG} → {RIGHT}", "sera validée")
        await desk.press("v")
        await desk.sees("Corriger pareil 11 factures ?", "feuille de soins papier")
        entries = JournalEntry.select().count()
        await desk.press("o")
        await desk.sees("11 factures validées, prêtes à transmettre.")
        keys = len(desk.keys) + len("0460 051") + len(RIGHT)
        assert keys <= 40, desk.keys
        assert JournalEntry.select().count() == entries + 3 * 11, "billed, corrected, validated: each its own"
    made = list(Invoice.select().where(Invoice.state == InvoiceState.VALIDATED))
    assert len(made) == 12
    assert {invoice.prescriber for invoice in made} == {RIGHT}
    assert list(breaches(empty)) == []


async def test_only_what_has_the_same_mistake_is_offered_and_only_what_is_marked_is_touched(empty: Practice) -> None:
    rejected_for_their_prescriber(range(1001, 1005))
    other = replace(an_invoice(1101, nir="2840533002999", last_name="AUTRE"), prescriber="331592006")
    take_in(other, lot=2)
    hear(an_answer(other, "rejected", code="0460 051"), reference="R00002")
    for number in (*range(1001, 1005), 1101):
        cancel_invoice(sheet(number).id, None, SOPHIE)
    async with at_desk(empty) as desk:
        await desk.opens(MENU, UNVALIDATED)
        await desk.press("p")
        assert desk.news().startswith("Corrigez et validez d’abord une facture")
        await desk.press("escape", "escape")
        await open_form(desk, sheet(1001).replaced_by or 0)
        await desk.types(RIGHT)
        await desk.press("f4", "p")
        await desk.sees("3 marquées")
        await desk.press("space", "v")
        await desk.sees("Corriger pareil 2 factures ?")
        await desk.press("n")
        assert Invoice.select().where(Invoice.prescriber == RIGHT).count() == 1
        await desk.press("v", "o")
        await desk.sees("2 factures validées")
        assert Invoice.select().where(Invoice.prescriber == RIGHT).count() == 3
        await desk.press("v")
        assert desk.news() == "Aucune facture marquée à corriger."
