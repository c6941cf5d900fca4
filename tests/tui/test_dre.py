"""Traiter les rejets de DRE: the invoice first; then, or alone, the complementary share by its own short path."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from models.commands.resend_dre import DreMade, resend_dre
from models.domain.place import Practice
from models.domain.refusals import Refusal, Refused
from models.queries.verification import breaches
from tests.models.practice import CLAIRE, an_answer, an_invoice, contents, hear, sheet, take_in
from tests.tui.command_line import accueil
from tests.tui.desk import DRE, MENU, TRANSMIT, Desk, at_desk
from tests.tui.ways import already_cancelled, is_told_of_the_disk, lose_disk
from tui.flows import resend as flow


async def stand(desk: Desk, number: int) -> None:
    """On the list of rejected DRE, the cursor on this one."""
    await desk.opens(MENU, DRE)
    await desk.selects(f"{number:09d}")


async def test_the_list_says_the_order(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU, DRE)
        assert sorted(desk.numbers()) == [1002, 1031, 1041]
        assert desk.news() == "D’abord le rejet de la facture, ensuite celui de la DRE."


@pytest.mark.parametrize("number", [1031, 1041])
async def test_before_its_invoice_it_is_refused(practice: Practice, number: int) -> None:
    before = contents()
    async with at_desk(practice) as desk:
        await stand(desk, number)
        assert "(Refaire la DRE)" in desk.footer()
        for key in ("d", "f4"):
            await desk.press(key)
            assert desk.question() == ""
            assert desk.news() == f"D’abord la facture : annulez et corrigez la facture n° {number}, la DRE ensuite."
    assert contents() == before


async def test_once_its_invoice_is_cancelled_it_goes_with_the_new_one(practice: Practice) -> None:
    already_cancelled(1031)
    async with at_desk(practice) as desk:
        await desk.opens(MENU, DRE)
        assert 1031 not in desk.numbers()


async def test_alone_it_goes_again_to_the_right_payer(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await stand(desk, 1002)
        await desk.press("d")
        assert desk.question() == "DRE de la facture n° 1002"
        assert desk.focus() == "amc"
        await desk.sees("RICHARD Bernard", "10,44 €", "la part obligatoire est payée", "Rejet 1001")
        await desk.fills("0099990002")
        await desk.press("enter")
        await desk.sees(
            "La DRE de la facture n° 1002 repart sous le n° 900000001", "Elle est validée", "n’est pas public"
        )
        await desk.press("enter")
        assert 1002 not in desk.numbers()
        await desk.press("escape")
        await desk.opens(TRANSMIT)
        await desk.sees("DRE 0099990002")
    made = sheet(900000001)
    assert (made.kind, made.state, made.dre_of) == ("dre", "validated", 1002)
    assert (made.draft.settlement, made.draft.amc_number, made.amc) == ("25", "0099990002", 1044)
    assert sheet(1002).state == "partly_paid"
    assert list(breaches(practice)) == []


@pytest.mark.parametrize("typed", ["0077 990022", "00 77 99 00 22", "0077.990.022", " 0077990022 "])
async def test_a_number_typed_with_blanks_is_kept_whole(practice: Practice, typed: str) -> None:
    async with at_desk(practice) as desk:
        await stand(desk, 1002)
        await desk.press("d")
        await desk.fills(typed)
        await desk.press("tab")
        await desk.sees("0077990022")
        await desk.press("enter")
        await desk.sees("La DRE de la facture n° 1002 repart sous le n° 900000001")
    assert sheet(900000001).draft.amc_number == "0077990022"


async def test_to_the_same_payer_it_warns(practice: Practice) -> None:
    before = contents()
    async with at_desk(practice) as desk:
        await stand(desk, 1002)
        for key in ("enter", "n", "escape"):
            await desk.press("d", "enter")
            assert desk.question() == "Renvoyer la même DRE ?"
            assert desk.focus() == "NON (N)"
            await desk.press(key)
            assert desk.question() == ""
    assert contents() == before


async def test_escape_and_renoncer_make_nothing(practice: Practice) -> None:
    before = contents()
    async with at_desk(practice) as desk:
        await stand(desk, 1002)
        for keys in (["escape"], ["tab", "right", "enter"]):
            await desk.press("d", *keys)
            assert desk.question() == ""
            assert desk.news() == "La DRE n’a pas été refaite."
    assert contents() == before


async def test_a_number_that_is_none_is_told_in_the_box(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await stand(desk, 1002)
        await desk.press("d")
        for typed in ("", "0000000000", "00_77", "été"):
            await desk.fills(typed)
            await desk.press("enter")
            assert desk.question() == "DRE de la facture n° 1002"
            await desk.sees("✗ Saisissez le numéro de l’organisme")


async def test_all_that_is_asked_of_the_complementary_payers_is_followed_with_what_to_do(practice: Practice) -> None:
    already_cancelled(1031)
    async with at_desk(practice) as desk:
        await desk.opens(MENU, DRE)
        await desk.press("s")
        await desk.sees("› Suivi", "refusée", "après fact.", "Part AMC", "À faire")
        await desk.selects("000001041")
        await desk.sees("D’abord la facture : sa part obligatoire n’est pas acceptée.")
        await desk.selects("000001002")
        await desk.press("enter")
        await desk.sees("Détail de la facture", "AMC attendue", "10,44 € refusés")
        await desk.press("v")
        await desk.sees("Sa vie", "AMC attendue")
        await desk.press("escape", "escape", "e")
        assert desk.question() == "Exporté"
    told = json.loads(accueil("dre", "--format", "json", "--base", practice.location).out)
    assert {(one["number"], one["step"]) for one in told} >= {(1002, "refused"), (1041, "after_invoice")}
    assert accueil("dre", "--annulations", "--format", "json", "--base", practice.location).out == "[]\n"
    assert "refusée" in accueil("dre", "--base", practice.location).out


def dre_rejected(*numbers: int, nir_key: str | None = None) -> None:
    """Invoices that are paid, and whose complementary share was rejected."""
    invoices = [an_invoice(number, settlement="15") for number in numbers]
    if nir_key is not None:
        invoices = [replace(invoice, nir_key=nir_key) for invoice in invoices]
    take_in(*invoices)
    hear(*(an_answer(invoice, "paid", "rejected") for invoice in invoices))


async def test_one_that_another_desk_made_meanwhile_or_that_finds_no_disk_is_not_made(
    empty: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    dre_rejected(1001, 1002)
    before = contents()
    async with at_desk(empty) as desk:
        await stand(desk, 1001)
        for lost in ("invoice_sheet", "resend_dre"):
            with monkeypatch.context() as patch:
                lose_disk(patch, flow, lost)
                await desk.press("d")
                if lost == "resend_dre":
                    await desk.fills("0077570009")
                    await desk.press("enter")
                await is_told_of_the_disk(desk)
        with monkeypatch.context() as patch:
            patch.setattr(flow, "resend_dre", lambda *_: Refused(Refusal.DRE_DONE, 900000001))
            await desk.press("d", "enter", "o")
            assert desk.question() == "La DRE n’a pas été refaite"
            assert "DRE déjà refaite : elle est devenue la n° 900000001." in desk.said()
            await desk.press("enter")
        assert contents() == before
        await desk.press("d")
        assert isinstance(resend_dre(sheet(1001).id, None, "0077570008", CLAIRE), DreMade)
        await desk.fills("0077570009")
        await desk.press("enter")
        assert desk.question() == "La DRE n’a pas été refaite"
        assert "claire a refait sa DRE entre-temps" in desk.said()
        await desk.press("enter")
        assert desk.numbers() == [1002]
    assert sheet(900000001).draft.amc_number == "0077570008"


async def test_one_that_is_made_and_not_validated_says_what_is_to_be_mended_where(
    empty: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    dre_rejected(1001, 1002, nir_key="00")
    async with at_desk(empty) as desk:
        await stand(desk, 1001)
        await desk.press("d", "enter", "o")
        assert desk.question() == "La DRE de la facture n° 1001 repart sous le n° 900000001"
        assert "À corriger dans « Vérifier factures non validées » :" in desk.said()
        assert "– NIR et clé ne s’accordent pas" in desk.said()
        await desk.press("enter", "d", "enter")
        lose_disk(monkeypatch, flow, "validate_invoice")
        await desk.press("o")
        await is_told_of_the_disk(desk)
        assert desk.question() == "La DRE de la facture n° 1002 repart sous le n° 900000002"
        assert "Elle attend dans « Vérifier factures non validées »." in desk.said()
    assert [sheet(number).state for number in (900000001, 900000002)] == ["unvalidated", "unvalidated"]
