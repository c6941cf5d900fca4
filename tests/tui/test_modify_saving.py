"""Modifier: saving, validating, and what another desk did meanwhile."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from models.commands.correct import Saved, save_correction
from models.commands.validate import Advised, Validated, validate_invoice
from models.domain.place import Practice
from models.queries.verification import breaches
from models.reference.rejections import our_book
from tests.models.practice import CLAIRE, contents, sheet
from tests.tui.desk import UNVALIDATED, at_desk
from tests.tui.ways import already_cancelled, go_to, open_form, waiting
from tui.flows import save


class TestSaving:
    async def test_f2_saves_and_stays(self, practice: Practice) -> None:
        already_cancelled(1009)
        async with at_desk(practice) as desk:
            await open_form(desk, 1061)
            await desk.fills("4")
            await desk.press("f2")
            await desk.sees("La facture n° 1061 est enregistrée, pas encore validée.")
            assert desk.place().endswith("› Modifier")
            saved = sheet(1061)
            assert (saved.draft.exemption, saved.amo, saved.state) == ("4", 4000, "unvalidated")
            await desk.press("escape")
            assert desk.question() == ""
            assert desk.place().endswith(UNVALIDATED)
        assert list(breaches(practice)) == []

    async def test_saving_twice_saves_both_times(self, practice: Practice) -> None:
        already_cancelled(1009)
        async with at_desk(practice) as desk:
            await open_form(desk, 1061)
            for code in ("4", "5"):
                await desk.fills(code)
                await desk.press("f2")
                assert sheet(1061).draft.exemption == code

    async def test_untouched_it_warns_and_non_changes_nothing(self, empty: Practice) -> None:
        waiting(1001)
        async with at_desk(empty) as desk:
            await open_form(desk, 1002)
            before = contents()
            await go_to(desk, "last_name")
            await desk.press("f2")
            assert desk.question() == "Rien n’a changé"
            assert desk.focus() == "NON (N)"
            await desk.sees("Rien n’a changé de ce que vise le rejet 0460 051")
            await desk.press("enter")
            assert desk.focus() == "prescriber"
            assert contents() == before

    async def test_a_change_beside_the_point_warns_too_and_oui_saves_it(self, empty: Practice) -> None:
        waiting(1001)
        async with at_desk(empty) as desk:
            await open_form(desk, 1002)
            await go_to(desk, "first_name")
            await desk.fills("andré")
            await desk.press("f2")
            assert desk.question() == "Rien n’a changé"
            await desk.press("o")
            await desk.sees("La facture n° 1002 est enregistrée")
        assert sheet(1002).draft.first_name == "ANDRÉ"

    async def test_a_stale_save_loses_and_shows_who_changed_what(self, empty: Practice) -> None:
        waiting(1001)
        async with at_desk(empty) as desk:
            await open_form(desk, 1002)
            await desk.fills("331592006")
            theirs = sheet(1002)
            draft = replace(theirs.draft, prescriber="331265587")
            assert isinstance(save_correction(theirs.id, theirs.version, draft, CLAIRE), Saved)
            after = contents()
            await desk.press("f2")
            assert desk.question() == "La facture n’est pas enregistrée"
            await desk.sees(
                "claire l’a modifiée entre-temps (16/11 à 12:30) : rien n’a été enregistré, relisez-la.",
                "Prescripteur : maintenant « 331265587 », chez vous « 331592006 »",
            )
            await desk.press("enter")
            assert desk.focus() == "prescriber"
            assert contents() == after


class TestValidating:
    async def test_f4_saves_checks_validates_and_goes_back_to_the_list(self, empty: Practice) -> None:
        waiting(1001)
        async with at_desk(empty) as desk:
            await open_form(desk, 1002)
            await desk.fills("331265587")
            await desk.press("f4")
            await desk.sees("La facture n° 1002 est validée, prête à transmettre")
            assert desk.place().endswith(UNVALIDATED)
            assert desk.numbers() == []
        done = sheet(1002)
        assert (done.state, done.draft.prescriber, done.signature) == ("validated", "331265587", "degraded")
        assert list(breaches(empty)) == []

    async def test_untouched_it_advises_and_the_first_choice_is_to_correct(self, empty: Practice) -> None:
        waiting(1001)
        async with at_desk(empty) as desk:
            await open_form(desk, 1002)
            before = contents()
            await desk.press("f4")
            assert desk.question() == "À vérifier avant de valider"
            assert desk.focus() == "Corriger (C)"
            await desk.sees("Rien n’a changé de ce que vise le rejet 0460 051")
            await desk.press("enter")
            assert desk.focus() == "prescriber"
            assert contents() == before

    async def test_of_several_pieces_of_advice_the_first_is_what_one_stands_on(
        self, empty: Practice, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def advises_twice(*what: Any, **how: Any) -> Advised:
            outcome = validate_invoice(*what, **how)
            assert isinstance(outcome, Advised)
            advice = outcome.findings[0]
            return replace(outcome, findings=(advice, replace(advice, field="nature")))

        waiting(1001)
        monkeypatch.setattr(save, "validate_invoice", advises_twice)
        async with at_desk(empty) as desk:
            await open_form(desk, 1002)
            await desk.press("f4", "c")
            assert desk.focus() == "prescriber"

    async def test_advice_set_aside_with_a_reason_validates(self, empty: Practice) -> None:
        waiting(1001)
        async with at_desk(empty) as desk:
            await open_form(desk, 1002)
            await desk.press("f4", "o")
            await desk.sees("La facture n° 1002 est validée")
        assert sheet(1002).state == "validated"
        assert any("Ordonnance vue" in str(entry) for entry in contents()["override"])

    async def test_what_another_desk_saves_while_the_reason_is_asked_wins_and_nothing_says_it_was_not_saved(
        self, empty: Practice
    ) -> None:
        waiting(1001)
        async with at_desk(empty) as desk:
            await open_form(desk, 1002)
            await desk.press("f4")
            assert desk.question() == "À vérifier avant de valider"
            theirs = sheet(1002)
            draft = replace(theirs.draft, prescriber="331265587", acts=theirs.draft.acts * 2)
            assert isinstance(save_correction(theirs.id, theirs.version, draft, CLAIRE), Saved)
            after = contents()
            await desk.press("o")
            assert desk.question() == "La facture n’est pas validée"
            await desk.sees(
                "claire l’a modifiée entre-temps (16/11 à 12:30) : elle n’est pas validée, relisez-la.",
                "Prescripteur : maintenant « 331265587 », chez vous « 331397141 »",
                "Les lignes de la facture ont changé aussi.",
            )
            await desk.press("enter")
            assert desk.place().endswith("› Modifier")
            assert contents() == after

    async def test_faults_are_listed_and_the_cursor_goes_to_the_first(self, practice: Practice) -> None:
        already_cancelled(1009)
        async with at_desk(practice) as desk:
            await open_form(desk, 1061)
            await desk.fills("4")
            await go_to(desk, "nir")
            await desk.fills(desk.value()[:-2] + "00")
            await go_to(desk, "ActLines")
            await desk.press("x", "x")
            await desk.press("f4")
            assert desk.question() == "La facture n° 1061 n’est pas validée"
            await desk.sees("– NIR et clé ne s’accordent pas", "– Facture sans ligne : saisissez au moins un acte.")
            await desk.press("enter")
            assert desk.focus() == "nir"
            assert desk.place().endswith("› Modifier")
        assert sheet(1061).state == "unvalidated"

    async def test_one_that_another_desk_validated_is_not_saved_over(self, empty: Practice) -> None:
        waiting(1001)
        async with at_desk(empty) as desk:
            await open_form(desk, 1002)
            theirs = sheet(1002)
            draft = replace(theirs.draft, prescriber="331265587")
            saved = save_correction(theirs.id, theirs.version, draft, CLAIRE)
            assert isinstance(saved, Saved)
            assert isinstance(validate_invoice(theirs.id, saved.version, CLAIRE, book=our_book()), Validated)
            after = contents()
            await desk.fills("331592006")
            await desk.press("f4")
            assert desk.question() == "La facture n’est pas enregistrée"
            await desk.sees("claire l’a validée entre-temps")
            assert contents() == after


class TestAttestation:
    async def test_what_it_says_goes_to_the_field_and_to_the_record(self, practice: Practice) -> None:
        already_cancelled(1009)
        async with at_desk(practice) as desk:
            await open_form(desk, 1061)
            await desk.press("f5")
            assert desk.question() == "Attestation de droits vue"
            await desk.fills("4")
            await desk.press("enter", "enter", "enter")
            await desk.sees("AMO 40,00")
            assert desk.news() == "Attestation notée : exonération 4 à partir du 02/11/2026."
            assert desk.focus() == "exemption"

    async def test_escape_and_what_is_no_right_note_nothing(self, practice: Practice) -> None:
        already_cancelled(1009)
        async with at_desk(practice) as desk:
            await open_form(desk, 1061)
            before, stood = contents(), desk.value()
            await desk.press("f5", "escape")
            assert desk.question() == ""
            await desk.press("f5")
            await desk.fills("4")
            await desk.press("enter", "enter")
            await desk.fills("01/11/2026")
            await desk.press("enter")
            assert desk.question() == "L’attestation n’est pas notée"
            await desk.sees("La fin du droit précède son début : vérifiez les deux dates.")
            await desk.press("enter")
            assert (desk.focus(), desk.value()) == ("exemption", stood)
            assert contents() == before
