"""OK (préparer le chargement), then the carte Vitale by any of its readers, or « Facturer en dégradé »."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.commands.bill import Billed, bill_invoice
from models.commands.correct import Saved, save_correction
from models.commands.validate import Validated, validate_invoice
from models.domain.place import Practice
from models.domain.states import Signature
from models.reference.rejections import our_book
from models.tables.rights import Right
from tests.models.practice import CLAIRE, contents, sheet
from tests.tui.desk import UNVALIDATED, at_desk
from tests.tui.ways import already_cancelled, amounts, take_up, waiting


def with_reader(practice: Practice, kind: str, *command: str) -> None:
    """Configure the practice's reader."""
    lines = ["[carte]", f'lecteur = "{kind}"', *([f"commande = {json.dumps(command)}"] if command else [])]
    with practice.settings_file.open("a", encoding="utf-8") as settings:
        settings.write("\n".join(lines))


def reader_script(folder: Path, says: object, *, fails: bool = False) -> list[str]:
    """A small program that plays a reader: prints this JSON, or fails with this sentence."""
    script = folder / "lecteur.py"
    body = f"import sys; sys.exit({says!r})" if fails else f"print({json.dumps(says)!r})"
    script.write_text(body, encoding="utf-8")
    return [sys.executable, str(script)]


def card_of(number: int, **changes: object) -> dict[str, object]:
    """The card of the insured of this invoice, as a reader prints it."""
    draft = sheet(number).draft
    holder = {
        "nom": draft.last_name,
        "prenom": draft.first_name,
        "naissance": draft.birth,
        "rang": draft.birth_rank,
    }
    card: dict[str, object] = {
        "nir": draft.nir,
        "cle": draft.nir_key,
        "regime": draft.regime,
        "caisse": draft.caisse,
        "centre": draft.centre,
        "beneficiaires": [holder],
    }
    return {**card, **changes}


class TestPrepare:
    async def test_ok_comes_first_and_names_the_invoice(self, practice: Practice) -> None:
        already_cancelled(1009)
        async with at_desk(practice) as desk:
            await take_up(desk, 1061)
            assert desk.question() == "Préparer le chargement de la facture"
            assert desk.focus() == "OK"
            await desk.sees("Facture n° 1061 · MARTIN Isabelle")
            await desk.sees("40,00 €")

    @pytest.mark.parametrize("keys", [["escape"], ["right", "enter"], ["enter", "escape"]])
    async def test_giving_up_changes_nothing(self, practice: Practice, keys: list[str]) -> None:
        already_cancelled(1009)
        before = contents()
        async with at_desk(practice) as desk:
            await take_up(desk, 1061)
            await desk.press(*keys)
            assert desk.question() == ""
            assert desk.place().endswith(UNVALIDATED)
        assert contents() == before

    @pytest.mark.parametrize("key", ["enter", "f2", "m"])
    async def test_enter_and_the_twin_keys_take_it_up(self, practice: Practice, key: str) -> None:
        already_cancelled(1009)
        async with at_desk(practice, screen="verifier") as desk:
            await desk.press(key)
            assert desk.question() == "Préparer le chargement de la facture"

    async def test_one_that_changed_meanwhile_is_not_loaded(self, practice: Practice) -> None:
        already_cancelled(1009)
        async with at_desk(practice) as desk:
            await take_up(desk, 1061)
            found = sheet(1061)
            assert isinstance(bill_invoice(found.id, found.version, Signature.DEGRADED, CLAIRE), Billed)
            await desk.press("enter", "d")
            assert desk.question() == "La facture ne se modifie pas"
            await desk.sees("claire l’a facturée entre-temps")
            await desk.press("enter", "m", "enter")
            await desk.sees("Elle y est déjà")
            found = sheet(1061)
            assert isinstance(bill_invoice(found.id, found.version, Signature.CARD, CLAIRE), Billed)
            await desk.press("s")
            assert desk.question() == "La facture reste en dégradé"

    async def test_one_that_another_desk_validated_after_the_list_was_read_stays_as_it_is(
        self, empty: Practice
    ) -> None:
        waiting(1001)
        async with at_desk(empty, screen="verifier") as desk:
            found = sheet(1002)
            billed = bill_invoice(found.id, found.version, Signature.DEGRADED, CLAIRE)
            assert isinstance(billed, Billed)
            saved = save_correction(found.id, billed.version, replace(found.draft, prescriber="331265587"), CLAIRE)
            assert isinstance(saved, Saved)
            assert isinstance(validate_invoice(found.id, saved.version, CLAIRE, book=our_book()), Validated)
            after = contents()
            await desk.press("m", "enter", "d")
            assert desk.question() == "La facture ne se modifie pas"
            await desk.sees("Facture déjà validée, transmise ou retirée : elle ne se facture plus ici.")
            await desk.press("enter", "m", "enter", "s")
            assert desk.question() == "La facture reste en dégradé"
            await desk.sees("elle n’y est pas, ou elle est validée ou transmise.")
            assert contents() == after


class TestWithoutReader:
    async def test_degraded_is_first_and_the_screen_never_pretends_to_sign(self, practice: Practice) -> None:
        already_cancelled(1009)
        async with at_desk(practice) as desk:
            await take_up(desk, 1061)
            await desk.press("enter")
            assert desk.question() == "Carte Vitale"
            assert desk.focus() == "Facturer en dégradé (D)"
            await desk.sees("Aucun lecteur de carte n’est relié à ce poste.", "feuille de soins papier")
            await desk.sees("La signature sécurisée reste faite par votre module agréé : Accueil ne signe pas.")

    @pytest.mark.parametrize("key", ["enter", "d"])
    async def test_facturer_en_degrade_opens_the_form(self, practice: Practice, key: str) -> None:
        already_cancelled(1009)
        async with at_desk(practice) as desk:
            await take_up(desk, 1061)
            await desk.press("enter", key)
            await desk.sees("› Modifier", "N° 1061")
        assert sheet(1061).signature == "degraded"

    async def test_one_that_is_degraded_already_is_taken_out_of_it(self, practice: Practice) -> None:
        already_cancelled(1009)
        found = sheet(1061)
        assert isinstance(bill_invoice(found.id, found.version, Signature.DEGRADED, CLAIRE), Billed)
        async with at_desk(practice) as desk:
            await take_up(desk, 1061)
            await desk.press("enter", "s")
            assert desk.question() == "Sortie du dégradé"
            await desk.press("enter")
            await desk.sees("Vérifier factures non validées", "à facturer")
        assert sheet(1061).signature == Signature.UNBILLED

    async def test_reading_the_card_is_refused_and_the_choice_comes_back(self, practice: Practice) -> None:
        already_cancelled(1009)
        before = contents()
        async with at_desk(practice) as desk:
            await take_up(desk, 1061)
            await desk.press("enter", "l")
            await desk.sees("facturez en dégradé, ou depuis un poste qui en a un.")
            await desk.press("enter")
            assert desk.question() == "Carte Vitale"
        assert contents() == before


class TestDemoReader:
    async def test_the_card_is_first_and_the_form_starts_from_it(self, practice: Practice) -> None:
        already_cancelled(1009)
        with_reader(practice, "demo")
        async with at_desk(practice) as desk:
            await take_up(desk, 1061)
            await desk.press("enter")
            assert desk.focus() == "Lire la carte Vitale (L)"
            await desk.sees("Lecteur de démonstration : aucune vraie carte n’est lue.")
            await desk.press("enter")
            await desk.sees("› Modifier", "N° 1061")
        assert sheet(1061).signature == "card"


class TestCommandReader:
    async def test_what_the_card_says_stands_in_the_form_unsaved_its_right_in_the_record(
        self, practice: Practice, tmp_path: Path
    ) -> None:
        already_cancelled(1009)
        says = card_of(1061, exoneration="4", exoneration_du="2026-01-01", amc="0077570001")
        with_reader(practice, "commande", *reader_script(tmp_path, says))
        async with at_desk(practice) as desk:
            await take_up(desk, 1061)
            await desk.press("enter", "l")
            await desk.sees("› Modifier", "0077570001")
            assert "40,00 € = AMO 40,00 + AMC 0,00 + patient 0,00" in amounts(desk)
        assert (sheet(1061).draft.exemption, sheet(1061).signature) == ("3", "card")
        (right,) = Right.select()
        assert (right.exemption, right.since, right.until, right.source) == ("4", date(2026, 1, 1), None, "card")

    @pytest.mark.parametrize(
        ("says", "fails", "sentence"),
        [
            ("Carte muette", True, "Le lecteur de carte a refusé : Carte muette."),
            ({"nir": "x"}, False, "Le lecteur de carte a donné une réponse illisible"),
            ("[/] [@click=app.quit]x \x1b[2J", True, "Le lecteur de carte a refusé : [/] [@click=app.quit]x"),
        ],
    )
    async def test_a_reader_that_fails_says_so(
        self, practice: Practice, tmp_path: Path, says: object, fails: bool, sentence: str
    ) -> None:
        already_cancelled(1009)
        with_reader(practice, "commande", *reader_script(tmp_path, says, fails=fails))
        before = contents()
        async with at_desk(practice) as desk:
            await take_up(desk, 1061)
            await desk.press("enter", "l")
            await desk.sees(sentence)
            assert "\x1b" not in desk.screen_text()
            await desk.press("enter", "escape")
            assert desk.place().endswith(UNVALIDATED)
        assert contents() == before

    async def test_someone_elses_card_is_refused(self, practice: Practice, tmp_path: Path) -> None:
        already_cancelled(1009)
        with_reader(practice, "commande", *reader_script(tmp_path, card_of(1042)))
        before = contents()
        async with at_desk(practice) as desk:
            await take_up(desk, 1061)
            await desk.press("enter", "l")
            await desk.sees("Cette carte est celle d’un autre assuré que celui de la facture : rien n’a été repris.")
        assert contents() == before

    async def test_a_card_without_the_beneficiary_is_refused(self, practice: Practice, tmp_path: Path) -> None:
        already_cancelled(1009)
        with_reader(practice, "commande", *reader_script(tmp_path, card_of(1009, beneficiaires=[])))
        async with at_desk(practice) as desk:
            await take_up(desk, 1061)
            await desk.press("enter", "l")
            await desk.sees("Le bénéficiaire de la facture n’est pas sur cette carte : rien n’a été repris.")

    async def test_a_program_that_is_not_there(self, practice: Practice, tmp_path: Path) -> None:
        already_cancelled(1009)
        with_reader(practice, "commande", str(tmp_path / "absent"))
        async with at_desk(practice) as desk:
            await take_up(desk, 1061)
            await desk.press("enter", "l")
            await desk.sees("Le lecteur de carte ne répond pas")
