"""Papiers on the screen: sheets noted as sent and taken back, documents step by step, the bordereau printed."""

from __future__ import annotations

import pytest

from models.commands.note_document import DocumentNoted, note_document
from models.commands.send_sheets import SheetsSent, SheetsTakenBack, send_sheets, take_back_sheets
from models.domain.papers import DocumentKind, DocumentStep
from models.domain.place import Practice
from models.domain.refusals import Refusal, Refused
from models.queries.papers import documents_of, paper_lots
from tests.models.practice import CLAIRE, an_invoice, contents, sheet, take_in
from tests.tui.desk import ALL, MENU, MORNING, at_desk
from tests.tui.ways import is_told_of_the_disk, lose_disk
from tui.flows import papers as flow


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


def noted(number: int, kind: DocumentKind, step: DocumentStep, note: str = "") -> None:
    """Another desk notes where a document of an invoice stands."""
    outcome = note_document([sheet(number).id], kind, step, CLAIRE.day, note, CLAIRE)
    assert isinstance(outcome, DocumentNoted)
    assert not outcome.left


async def test_sheets_given_up_refused_or_noted_by_another_desk_meanwhile(
    empty: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(an_invoice(1001), lot=1, certification="D")
    (lot,) = paper_lots(MORNING.date())
    before = contents()
    async with at_desk(empty) as desk:
        await desk.opens(MENU, "Papiers")
        await desk.press("n", "escape")
        assert desk.news() == "Rien n’a été noté."
        with monkeypatch.context() as patch:
            lose_disk(patch, flow, "send_sheets")
            await desk.press("n", "enter")
            await is_told_of_the_disk(desk)
        assert contents() == before
        await desk.press("n")
        assert isinstance(send_sheets([lot.id], CLAIRE.day, "", CLAIRE), SheetsSent)
        await desk.press("enter")
        assert desk.question() == "Rien n’a été noté"
        assert "Les feuilles du lot 001 sont déjà notées envoyées le 16/11/2026." in desk.said()
        await desk.press("enter")
        before = contents()
        await desk.press("x")
        assert desk.question() == "Reprendre l’envoi du lot 001 ?"
        assert "Notées envoyées le 16/11/2026 par claire." in desk.said()
        await desk.press("escape")
        assert desk.news() == "L’envoi reste noté."
        with monkeypatch.context() as patch:
            lose_disk(patch, flow, "take_back_sheets")
            await desk.press("x")
            await desk.types("revenue")
            await desk.press("enter")
            await is_told_of_the_disk(desk)
        assert contents() == before
        await desk.press("x")
        await desk.types("revenue")
        assert isinstance(take_back_sheets(lot.id, "erreur", CLAIRE), SheetsTakenBack)
        await desk.press("enter")
        assert desk.question() == "Rien n’a été noté"
        assert "Les feuilles du lot 001 ne sont pas notées envoyées." in desk.said()


async def test_documents_given_up_refused_or_noted_by_another_desk_meanwhile(
    empty: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(an_invoice(1001), lot=1, certification="D")
    before = contents()
    async with at_desk(empty) as desk:
        await desk.opens(MENU, "Papiers")
        await desk.press("tab")
        for key in ("n", "x"):
            await desk.press(key)
            assert desk.question() == "Ordonnance de la facture n° 1001"
            await desk.press("escape")
            assert desk.news() == "Rien n’a été noté."
        with monkeypatch.context() as patch:
            lose_disk(patch, flow, "note_document")
            await desk.press("n", "enter")
            await is_told_of_the_disk(desk)
            patch.setattr(flow, "note_document", lambda *_: Refused(Refusal.DOCUMENT_LATER))
            await desk.press("n", "enter")
            assert desk.question() == "Rien n’a été noté"
            assert "Ce jour est encore à venir" in desk.said()
            await desk.press("enter")
        assert contents() == before
        await desk.press("n")
        noted(1001, DocumentKind.PRESCRIPTION, DocumentStep.SCANNED)
        await desk.press("enter")
        assert desk.question() == "Rien n’a été noté"
        assert "Cette pièce en est déjà là." in desk.said()
        await desk.press("enter", "x")
        assert "La pièce est de nouveau à numériser." in desk.said()
        await desk.types("illisible")
        await desk.press("enter")
        await desk.sees("Ordonnance de la facture n° 1001 : due.", "à numériser")


async def test_a_document_that_nobody_asked_for_is_owed_scanned_sent_and_owed_again_from_the_detail(
    empty: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(an_invoice(1001))
    before = contents()
    async with at_desk(empty) as desk:
        await desk.opens(ALL)
        await desk.press("enter", "j")
        assert desk.question() == "Quelle pièce ?"
        await desk.press("escape")
        assert desk.news() == "Rien n’a été noté."
        with monkeypatch.context() as patch:
            lose_disk(patch, flow, "documents_of")
            await desk.press("j", "c")
            await is_told_of_the_disk(desk)
        assert contents() == before
        agreement = "Accord préalable de la facture n° 1001"
        await desk.press("j", "c")
        await desk.sees(f"{agreement} : dû.")
        await desk.press("j", "c")
        assert desk.question() == agreement
        assert "Numérisé le" in desk.said()
        await desk.press("enter")
        await desk.sees(f"{agreement} : numérisé.")
        await desk.press("j", "c")
        assert "Envoyé le" in desk.said()
        await desk.press("enter")
        await desk.sees(f"{agreement} : envoyé.")
        await desk.press("j", "c")
        assert "La pièce est de nouveau due." in desk.said()
        await desk.press("escape")
        assert desk.news() == "Rien n’a été noté."
        await desk.press("j", "c")
        await desk.types("la caisse ne l’a pas reçu")
        await desk.press("enter")
        await desk.sees(f"{agreement} : dû.")
    (one,) = documents_of(sheet(1001).id)
    assert (one.kind, one.step, one.note) == ("agreement", "owed", "la caisse ne l’a pas reçu")
