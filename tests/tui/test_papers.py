"""Papiers on the screen: sheets noted as sent and taken back, documents step by step, the bordereau printed."""

from __future__ import annotations

from models.domain.place import Practice
from models.queries.papers import paper_lots
from tests.models.practice import an_invoice, take_in
from tests.tui.desk import MENU, MORNING, at_desk


async def test_sheets_and_documents_are_followed_and_printed_from_one_screen(empty: Practice) -> None:
    take_in(an_invoice(1001), lot=1, certification="D")
    take_in(an_invoice(1002), an_invoice(1003), lot=2, certification="D")
    take_in(an_invoice(1004, caisse="301"), lot=3, certification="D")
    async with at_desk(empty) as desk:
        await desk.opens(MENU)
        await desk.sees("3 lots · 4 pièces")
        await desk.press("p")
        await desk.sees("4 feuilles à envoyer, 126,00 € · 3 lots · 4 pièces à numériser")
        await desk.press("down", "n")
        assert desk.question() == "Feuilles de soins envoyées ?"
        assert "Aussi dus à cette caisse : 002" in desk.said()
        await desk.press("tab")
        await desk.types("3")
        await desk.press("enter")
        assert "« 3 » n’est pas un lot que ce professionnel doit là." in desk.said(), "another caisse’s"
        await desk.press("shift+tab", "tab")
        await desk.types("tous")
        await desk.press("enter")
        await desk.sees("Les feuilles des lots 001, 002 sont notées envoyées le 23/11/2026.")
        assert [(lot.number, lot.owed) for lot in paper_lots(MORNING.date())] == [(3, True), (2, False), (1, False)]
        await desk.press("n")
        await desk.sees("Les feuilles de ce lot sont déjà envoyées.")
        await desk.press("x")
        await desk.types("revenue")
        await desk.press("enter")
        await desk.sees("de nouveau à envoyer.")
        await desk.press("home", "enter")
        await desk.sees("Papiers › Factures du lot", "CPAM", "1 feuille à envoyer")
        await desk.press("escape", "ctrl+p")
        assert desk.question() == "Imprimé"
        await desk.press("enter", "tab")
        assert [path.name for path in empty.printouts.iterdir()] == ["bordereau-lot-003-2026-11-23-1000.pdf"]
        first = desk.selected().split()[1]
        await desk.press("n", "enter")
        await desk.sees(f"Ordonnance de la facture n° {int(first)} : numérisée.", "à envoyer")
        await desk.press("end", "n", "enter")
        await desk.sees(f"Ordonnance de la facture n° {int(first)} : envoyée.")
        await desk.press("home", "x")
        await desk.types("déjà par le logiciel")
        await desk.press("enter")
        await desk.sees("sans objet.")
        await desk.press("enter")
        await desk.sees("Détail de la facture")
