"""From an invoice to its life and to the transfer that paid it; from « Lus » to a return's money."""

from __future__ import annotations

from models.domain.place import Practice
from tests.tui.desk import ALL, RETURNS, at_desk


async def test_an_invoice_leads_to_its_life_and_to_its_transfer(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(ALL)
        await desk.types("1001")
        await desk.press("enter", "enter")
        await desk.press("v")
        await desk.sees("Sa vie", "Facture n° 1001 envoyée dans le lot 001", "virement du 14/11/2026 VIR CPAM 331")
        await desk.press("v")
        await desk.sees("Virements", "les sommes concordent", "Virement du 14/11/2026 VIR CPAM 331 LOT 001")
        await desk.selects("000001001")
        await desk.press("enter")
        await desk.sees("Détail de la facture", "n° 000001001")
        for _ in range(6):
            await desk.press("escape")
        await desk.opens("Télétransmission", RETURNS)
        await desk.press("l", "v")
        await desk.sees("Virements", "Retour")
