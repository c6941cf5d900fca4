"""Vérifier factures non validées: what waits, where it comes from, and Valider from the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from models.commands.bill import Billed, bill_invoice
from models.commands.correct import Saved, save_correction
from models.commands.validate import Validated, validate_invoice
from models.domain.place import Practice
from models.domain.states import Signature
from models.reference.rejections import our_book
from tests.models.practice import CLAIRE, SOPHIE, contents, sheet
from tests.tui.desk import MENU, UNVALIDATED, at_desk
from tests.tui.ways import already_cancelled, asked, waiting
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
