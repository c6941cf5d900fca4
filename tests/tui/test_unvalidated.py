"""Vérifier factures non validées: what waits, where it comes from, and Valider from the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from models.commands.bill import Billed, bill_invoice
from models.commands.correct import Saved, save_correction
from models.commands.give_up import GivenUp, give_up
from models.commands.note_arl import ArlNoted, ArlWord, note_arl
from models.commands.resend_dre import DreMade, resend_dre
from models.commands.validate import Validated, validate_invoice
from models.domain.exchanges import Arl
from models.domain.filing import FiledAs
from models.domain.place import Practice
from models.domain.states import Signature
from models.queries.lots import sent_lots
from models.reference.rejections import our_book
from tests.models.practice import CLAIRE, SOPHIE, an_answer, an_invoice, contents, hear, sheet, take_in
from tests.tui.desk import MENU, UNVALIDATED, at_desk
from tests.tui.ways import already_cancelled, asked, is_told_of_the_disk, lose_disk, waiting
from tui.flows import give_up as giving_up
from tui.screens.unvalidated import Unvalidated
from tui.terminal.pace import REST
from tui.widgets.invoice_list import InvoiceList


def billed(number: int) -> None:
    """Bill this unvalidated invoice in degraded mode."""
    found = sheet(number)
    assert isinstance(bill_invoice(found.id, found.version, Signature.DEGRADED, SOPHIE), Billed)


def corrected(number: int) -> None:
    """Save this invoice with another prescriber."""
    found = sheet(number)
    draft = replace(found.draft, prescriber="331265587")
    assert isinstance(save_correction(found.id, found.version, draft, CLAIRE), Saved)


async def test_the_rejection_is_carried_along(practice: Practice) -> None:
    already_cancelled(1027, 1009)
    async with at_desk(practice) as desk:
        await desk.opens(MENU, UNVALIDATED)
        assert desk.news() == "Non validées 2 · validées, à transmettre 0"
        assert set(desk.numbers()) == {1061, 1062}
        await desk.selects("000001062")
        for said in ("MARTIN Isabelle", "40,00", "000001009", "0450 054", "à facturer"):
            assert said in desk.selected()
        await desk.sees("0450 054", "ETM NON TROUVEE EN BDO", "À faire", "saisir le code que donne l’attestation")


async def test_the_carried_rejection_of_the_dre_comes_after(practice: Practice) -> None:
    already_cancelled(1031)
    async with at_desk(practice) as desk:
        await desk.opens(MENU, UNVALIDATED)
        await desk.sees("0460 051", "DRE 1001", "(après la facture)")


async def test_an_empty_list_says_so_and_offers_nothing(practice: Practice) -> None:
    before = contents()
    async with at_desk(practice) as desk:
        await desk.opens(MENU, UNVALIDATED)
        await desk.sees("Aucune facture non validée.")
        assert "(Modifier)" in desk.footer()
        assert "(Valider)" in desk.footer()
        await desk.press("m", "v", "enter", "f2", "f4")
        assert desk.question() == ""
        assert desk.place().endswith(UNVALIDATED)
    assert contents() == before


async def test_one_that_is_not_billed_is_not_validated(practice: Practice) -> None:
    already_cancelled(1009)
    before = contents()
    async with at_desk(practice) as desk:
        await desk.opens(MENU, UNVALIDATED)
        await desk.press("v")
        assert desk.question() == "La facture n’est pas validée"
        await desk.sees("À facturer d’abord : « Modifier », puis carte Vitale ou « Facturer en dégradé ».")
    assert contents() == before


async def test_a_corrected_one_is_validated_and_leaves_the_list(empty: Practice) -> None:
    waiting(1001)
    billed(1002)
    corrected(1002)
    async with at_desk(empty) as desk:
        await desk.opens(MENU, UNVALIDATED)
        assert desk.numbers() == [1002]
        await desk.press("v")
        await desk.sees("La facture n° 1002 est validée, prête à transmettre", "Aucune facture non validée.")
    assert sheet(1002).state == "validated"


async def test_advice_asks_for_a_reason_and_escape_changes_nothing(practice: Practice) -> None:
    already_cancelled(1009)
    billed(1061)
    before = contents()
    async with at_desk(practice) as desk:
        await desk.opens(MENU, UNVALIDATED)
        await desk.press("v")
        assert desk.question() == "À vérifier avant de valider"
        assert desk.focus() == "Corriger (C)"
        await desk.press("escape")
        assert desk.question() == ""
        assert desk.news() == "La facture n° 1061 n’est pas validée."
        assert contents() == before
        await desk.press("v", "m")
        await desk.types("vu avec la caisse au téléphone")
        await desk.press("enter")
        await desk.sees("La facture n° 1061 est validée")
    assert "vu avec la caisse au téléphone" in str(contents()["override"])


@pytest.mark.parametrize("key", ["c", "C", "enter"])
async def test_corriger_opens_the_form_of_the_invoice(practice: Practice, key: str) -> None:
    already_cancelled(1027, 1009)
    billed(1062)
    before = contents()["override"]
    async with at_desk(practice) as desk:
        await desk.opens(MENU, UNVALIDATED)
        await desk.selects("000001062")
        await desk.press("v", key)
        assert desk.question() == "Préparer le chargement de la facture"
        await desk.sees("Facture n° 1062 · ")
        assert desk.news() == "La facture n° 1062 n’est pas validée."
        await desk.press("enter", "d")
        await desk.sees("› Modifier", "N° 1062")
        assert desk.focus() == "exemption"
    assert sheet(1062).state == "unvalidated"
    assert contents()["override"] == before


async def test_the_help_says_what_enter_does(practice: Practice) -> None:
    already_cancelled(1009)
    async with at_desk(practice) as desk:
        await desk.opens(MENU, UNVALIDATED)
        await desk.press("f1")
        await desk.sees("Entrée Préparer la facture pour la corriger, comme M.")
        assert "Voir la facture en entier" not in desk.said()
        await desk.press("escape", "enter")
        assert desk.question() == "Préparer le chargement de la facture"


async def test_blocking_faults_are_listed(practice: Practice) -> None:
    already_cancelled(1009)
    billed(1061)
    found = sheet(1061)
    draft = replace(found.draft, nir_key="00", acts=())
    assert isinstance(save_correction(found.id, found.version, draft, SOPHIE), Saved)
    before = contents()
    async with at_desk(practice) as desk:
        await desk.opens(MENU, UNVALIDATED)
        await desk.press("f4")
        assert desk.question() == "La facture n° 1061 n’est pas validée"
        await desk.sees("– NIR et clé ne s’accordent pas", "– Facture sans ligne")
        assert contents() == before
        await desk.press("c", "enter", "d")
        await desk.sees("› Modifier", "N° 1061")
        assert desk.focus() == "nir", "on what was found first, not on what the caisse rejected"


async def test_one_that_another_desk_validated_meanwhile(empty: Practice) -> None:
    waiting(1001)
    billed(1002)
    corrected(1002)
    async with at_desk(empty) as desk:
        await desk.opens(MENU, UNVALIDATED)
        found = sheet(1002)
        assert isinstance(validate_invoice(found.id, found.version, CLAIRE, book=our_book()), Validated)
        await desk.press("v")
        assert desk.question() == "La facture n’est pas validée"
        await desk.sees("claire l’a validée entre-temps")
        await desk.press("enter")
        await desk.sees("Aucune facture non validée.")


async def test_keys_typed_before_the_list_is_laid_out_take_up_no_other_invoice(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    already_cancelled(1009)
    held: list[Callable[[], object]] = []
    async with at_desk(practice) as desk:
        await asked(desk, 1027)
        await desk.press("o", "enter")
        monkeypatch.setattr(Unvalidated, "call_after_refresh", lambda _, callback, *args: held.append(callback))
        desk.app.open_correction(sheet(1062).id)
        while not held or not desk.app.screen.query(InvoiceList):
            await desk.pilot.pause()
        for key in ("enter", "m", "v"):
            desk.clock.passes(REST)
            desk._send(key)
            await desk.pilot.pause()
        assert desk.question() == ""
        monkeypatch.undo()
        for callback in held:
            callback()
        await desk.sees("Facture n° 1062 · ", "OK charge la facture")


@pytest.mark.parametrize("screen", ["annuler", "verifier"])
async def test_the_command_line_opens_straight_on_a_list(practice: Practice, screen: str) -> None:
    async with at_desk(practice, screen=screen) as desk:
        await desk.sees("› Annuler factures transmises" if screen == "annuler" else f"› {UNVALIDATED}")
        await desk.press("escape")
        assert desk.place() == "Accueil"


async def test_retirer_that_is_given_up_refused_or_done_by_another_desk_meanwhile(
    empty: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting(1001)
    waiting(1003)
    before = contents()
    async with at_desk(empty) as desk:
        await desk.opens(MENU, UNVALIDATED)
        await desk.selects("000001002")
        for key in ("escape", "n", "enter"):
            await desk.press("r")
            assert desk.question() == "Retirer la facture n° 1002 ?"
            assert "La facture n° 1001, annulée, redeviendra rejetée" in desk.said()
            await desk.press(key)
            assert desk.news() == "La facture n° 1002 reste à corriger."
        with monkeypatch.context() as patch:
            lose_disk(patch, giving_up, "give_up")
            await desk.press("r", "c")
            await is_told_of_the_disk(desk)
        assert contents() == before
        await desk.press("r")
        corrected(1002)
        await desk.press("r")
        assert desk.question() == "Rien n’a été retiré"
        assert "claire l’a modifiée entre-temps" in desk.said()
        await desk.press("enter", "r")
        found = sheet(1002)
        assert isinstance(give_up(found.id, found.version, FiledAs.RENOUNCED, "", CLAIRE), GivenUp)
        await desk.press("c")
        assert desk.question() == "Rien n’a été retiré"
        assert "Facture retirée avant d’être transmise" in desk.said()
        await desk.press("enter")
        assert desk.numbers() == [1004]
        await desk.press("r", "m")
        await desk.types("payée au téléphone")
        await desk.press("enter", "c")
        assert desk.question() == "Facture n° 1004 : retirée"
        assert "La facture n° 1003 attend de nouveau dans « Annuler factures transmises »" in desk.said()
        await desk.press("enter")
        await desk.sees("Aucune facture non validée.")
    assert [sheet(number).state for number in (1002, 1004, 1003)] == ["given_up", "given_up", "rejected"]


async def test_retirer_says_where_a_dre_waits_again_and_refuses_what_replaces_nothing(empty: Practice) -> None:
    invoice = an_invoice(1001, settlement="15")
    take_in(invoice)
    hear(an_answer(invoice, "paid", "rejected"))
    dre = resend_dre(sheet(1001).id, None, "0077570009", SOPHIE)
    assert isinstance(dre, DreMade)
    take_in(an_invoice(1002), lot=2)
    word = ArlWord(Arl.NEGATIVE, SOPHIE.day, "Espace pro", "illisible")
    assert isinstance(note_arl(sent_lots(2)[0].id, word, SOPHIE), ArlNoted)
    async with at_desk(empty) as desk:
        await desk.opens(MENU, UNVALIDATED)
        await desk.selects("000001002")
        await desk.press("r")
        assert desk.question() == ""
        await desk.sees("Seule se retire une facture qui en remplace une autre")
        await desk.selects(f"{dre.new_number:09d}")
        await desk.press("r")
        assert desk.question() == f"Retirer la DRE n° {dre.new_number} ?"
        assert "Le rejet de la DRE de la facture n° 1001 attendra de nouveau." in desk.said()
        await desk.press("r")
        assert desk.question() == f"DRE n° {dre.new_number} : retirée"
        assert "Le rejet de la DRE de la facture n° 1001 attend de nouveau" in desk.said()
        assert "dans « Traiter les rejets de DRE » : refaites-la, ou classez la facture." in desk.said()
