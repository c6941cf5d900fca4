"""Annuler: OUI and NON, the notice of the new number, where it is off and why, what another desk did meanwhile."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.commands.cancel import cancel_invoice
from models.domain.place import Practice
from tests.models.practice import CLAIRE, an_answer, an_invoice, contents, hear, rejected, sheet, take_in
from tests.tui.desk import CANCEL, MENU, UNVALIDATED, at_desk
from tests.tui.ways import asked, stand


class TestQuestion:
    async def test_names_the_invoice_the_patient_the_amount_and_the_reason(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await asked(desk, 1042)
            assert desk.question() == "Annuler la facture n° 1042 ?"
            await desk.sees("MOREAU Jacques", "21,66 €", "0450 056", "nouveau numéro", "NON : rien ne change")

    async def test_non_is_first_and_has_the_focus(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await asked(desk, 1042)
            assert desk.focus() == "NON (N)"
            text = desk.screen_text()
            assert text.index("NON (N)") < text.index("OUI (O)")
            assert "▸ NON (N) ◂" in text

    @pytest.mark.parametrize(
        "keys", [["enter"], ["n"], ["N"], ["escape"], ["right", "left", "enter"], ["tab", "tab", "enter"]]
    )
    async def test_all_but_oui_changes_nothing_at_all(self, practice: Practice, keys: list[str]) -> None:
        before = contents()
        async with at_desk(practice) as desk:
            await asked(desk, 1042)
            await desk.press(*keys)
            assert desk.question() == ""
            await desk.sees("La facture n° 1042 n’a pas été annulée.")
            assert desk.focus() == "InvoiceList"
            assert "1042" in desk.selected()
        assert contents() == before

    @pytest.mark.parametrize("keys", [["o"], ["right", "enter"], ["tab", "enter"]])
    async def test_oui_cancels(self, practice: Practice, keys: list[str]) -> None:
        async with at_desk(practice) as desk:
            await asked(desk, 1042)
            await desk.press(*keys)
            assert desk.question() == "La facture n° 1042 devient la facture n° 1061"
        old, new = sheet(1042), sheet(1061)
        assert (old.state, new.state, new.replaces) == ("cancelled", "unvalidated", 1042)

    async def test_no_other_key_answers_or_acts_behind_it(self, practice: Practice) -> None:
        before = contents()
        async with at_desk(practice) as desk:
            await asked(desk, 1042)
            seen = desk.screen_text()
            for key in ("a", "f4", "f", "t", "f3", "f5", "down", "end", "pagedown", "q", "f12", "x", "y", "1"):
                await desk.press(key)
                assert desk.screen_text() == seen
            await desk.press("f1")
            await desk.sees("Aide : Annuler la facture n° 1042 ?")
            await desk.press("escape")
            assert desk.screen_text() == seen
        assert contents() == before

    async def test_says_that_the_complementary_payer_has_not_answered(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await asked(desk, 1049)
            await desk.sees("La complémentaire n’a pas encore répondu")

    async def test_says_that_the_caisse_has_paid_it_as_it_says(self, empty: Practice) -> None:
        rejected(1001, code="2900 005")
        async with at_desk(empty) as desk:
            await asked(desk, 1001)
            await desk.sees("La caisse dit l’avoir payée")

    async def test_says_that_the_dre_is_rejected_too(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await asked(desk, 1041)
            await desk.sees("La DRE est rejetée aussi (1001)")


class TestNotice:
    async def test_ok_stays_on_the_list_at_the_next_rejected_one(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await asked(desk, 1009)
            await desk.press("o")
            await desk.sees("La facture n° 1009 devient la facture n° 1061", "Vérifier factures non validées")
            assert desk.focus() == "OK"
            await desk.press("enter")
            assert desk.question() == ""
            assert "1010" in desk.selected()
            assert 1009 not in desk.numbers()

    async def test_corriger_maintenant_goes_straight_to_the_new_invoice(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await asked(desk, 1009)
            await desk.press("o", "c")
            assert desk.place().endswith(UNVALIDATED)
            assert "1061" in desk.selected()
            await desk.sees("Préparer le chargement", "Facture n° 1061")

    async def test_the_cancelled_one_stays_findable_and_final(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await asked(desk, 1009)
            await desk.press("o", "enter", "end")
            assert "→1061" in desk.selected()
            await desk.press("a")
            assert desk.news() == "Déjà annulée : elle est devenue la facture n° 1061."


class TestRefusals:
    @pytest.mark.parametrize(
        ("number", "reason"),
        [
            (1003, "Recyclage par la caisse en cours (traitement manuel) : attendez son résultat."),
            (1013, "Aucun rejet de la part obligatoire reçu : attendez le retour de la caisse."),
            (1001, "Déjà payée : l’annuler ferait payer deux fois."),
            (1002, "DRE seule rejetée : passez par « Traiter les rejets de DRE »."),
        ],
    )
    async def test_annuler_is_shown_but_off_with_its_reason(self, practice: Practice, number: int, reason: str) -> None:
        before = contents()
        async with at_desk(practice) as desk:
            await stand(desk, number)
            assert "A/F4 (Annuler)" in desk.footer()
            await desk.sees(f"impossible. {reason}")
            for key in ("a", "f4"):
                await desk.press(key)
                assert desk.question() == ""
                assert desk.news() == reason
        assert contents() == before

    async def test_an_invoice_outside_third_party_payment(self, empty: Practice) -> None:
        invoice = an_invoice(1001, settlement="00")
        take_in(invoice)
        await self.is_off(empty, "Facture hors tiers payant : la caisse rembourse le patient, rien à annuler ici.")

    async def test_a_contradicted_rejection(self, empty: Practice) -> None:
        invoice = an_invoice(1001)
        take_in(invoice)
        hear(an_answer(invoice, "rejected"))
        hear(an_answer(invoice, "paid"), reference="R00002")
        await self.is_off(empty, "Un retour contredit ce rejet : décidez d’abord dans « Relever les retours ».")

    async def test_a_part_paid_one(self, empty: Practice) -> None:
        invoice = an_invoice(1001)
        take_in(invoice)
        hear(an_answer(invoice, "paid", amo_paid=100))
        await self.is_off(empty, "Déjà payée en partie : l’annuler ferait payer deux fois.")

    async def test_an_empty_list_has_nothing_to_cancel(self, empty: Practice) -> None:
        async with at_desk(empty) as desk:
            await desk.opens(MENU, CANCEL)
            await desk.press("a")
            assert desk.news() == "Aucune facture sélectionnée."

    async def test_an_empty_list_says_what_to_do(self, empty: Practice) -> None:
        async with at_desk(empty) as desk:
            await desk.opens(MENU, CANCEL)
            assert "Aucune facture transmise : importez vos lots depuis le menu Accueil." in desk.screen_text()

    async def test_annuler_comes_on_again_on_the_next_row(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await stand(desk, 1003)
            assert "(Annuler)" in desk.footer()
            await desk.press("up")
            assert "A/F4 Annuler" in desk.footer()

    @staticmethod
    async def is_off(practice: Practice, reason: str) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, CANCEL)
            assert "(Annuler)" in desk.footer()
            await desk.press("a")
            assert desk.question() == ""
            assert desk.news() == reason


class TestMeanwhile:
    async def test_another_desk_that_cancelled_it_first_is_named(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await asked(desk, 1042)
            cancel_invoice(sheet(1042).id, None, CLAIRE)
            after = contents()
            await desk.press("o")
            assert desk.question() == "La facture n’a pas été annulée"
            await desk.sees("Déjà annulée : elle est devenue la facture n° 1061.")
            await desk.press("enter")
            assert contents() == after
            assert 1042 not in desk.numbers()

    async def test_a_return_read_meanwhile_wins(self, empty: Practice) -> None:
        invoice = an_invoice(1001, settlement="15")
        take_in(invoice)
        hear(an_answer(invoice, "rejected"))
        async with at_desk(empty) as desk:
            await asked(desk, 1001)
            hear(an_answer(replace(invoice), amc="rejected"), reference="R00002", author=CLAIRE)
            after = contents()
            await desk.press("o")
            assert desk.question() == "La facture n’a pas été annulée"
            await desk.sees("claire a relevé un retour qui la concerne entre-temps", "16/11 à 12:30")
            assert contents() == after
