"""Relever les retours: the folder, another path, twice, the wrong kind; the answers kept aside."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from models.practice import Practice
from tests.models.practice import a_return, an_answer, an_invoice, contents, hear, sheet, take_in
from tests.practices import SAMPLES, samples
from tests.tui.desk import MENU, RETURNS, Desk, at_desk


def put_in_inbox(practice: Practice, *files: Path) -> None:
    """The caisse's files, in the folder of returns."""
    practice.inbox.mkdir(exist_ok=True)
    for file in files:
        shutil.copy(file, practice.inbox)


async def give_path(desk: Desk, path: object) -> None:
    """« Autre fichier »: type a path."""
    await desk.press("c")
    await desk.types(str(path))
    await desk.press("enter")


async def test_the_folder_is_read_whole_and_counted(unanswered: Practice) -> None:
    put_in_inbox(unanswered, *samples("noe"), SAMPLES / "lot-001.b2")
    async with at_desk(unanswered) as desk:
        await desk.opens(MENU, RETURNS)
        await desk.sees("retour-01.noe", "retour-02.noe", "retour-03.noe")
        assert "lot-001.b2" not in desk.screen_text()
        await desk.press("r")
        assert desk.question() == "Retours relevés"
        await desk.sees(
            "retour-01.noe : 19 réponses, 298,26 € payés : 11 payées, 3 rejetées, 4 en recyclage, 1 partielle",
            "retour-03.noe",
        )
        await desk.press("enter")
        await desk.sees("Aucun retour à relever dans le dossier.")
        assert "(Relever)" in desk.footer()
        await desk.press("r")
        assert desk.news() == "Aucun retour à relever dans le dossier."
        await desk.press("escape")
        await desk.sees("14 rejets à traiter")


async def test_a_file_elsewhere_by_its_path(unanswered: Practice) -> None:
    async with at_desk(unanswered) as desk:
        await desk.opens(MENU, RETURNS)
        await give_path(desk, SAMPLES / "retour-02.noe")
        await desk.sees("Retours relevés", "retour-02.noe : 20 réponses")


async def test_the_same_file_twice_changes_nothing(practice: Practice) -> None:
    before = contents()
    async with at_desk(practice) as desk:
        await desk.opens(MENU, RETURNS)
        await give_path(desk, SAMPLES / "retour-01.noe")
        await desk.sees("retour-01.noe : déjà relevé, rien n’a changé.")
    assert contents() == before


async def test_what_is_no_return_is_refused_in_one_sentence(practice: Practice, tmp_path: Path) -> None:
    (tmp_path / "vide.noe").write_bytes(b"")
    (tmp_path / "photo.noe").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "coupe.noe").write_bytes((SAMPLES / "retour-01.noe").read_bytes()[:1000])
    before = contents()
    async with at_desk(practice) as desk:
        await desk.opens(MENU, RETURNS)
        for path in (SAMPLES / "lot-001.b2", *sorted(tmp_path.glob("*.noe")), tmp_path, tmp_path / "absent"):
            await give_path(desk, path)
            assert desk.question() == "Rien n’a été changé", path
            await desk.press("enter")
            assert desk.question() == ""
            await desk.press("escape") if desk.focus() == "path" else None
    assert contents() == before


async def test_escape_closes_the_path_before_it_leaves(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU, RETURNS)
        await desk.press("f3")
        assert desk.focus() == "path"
        await desk.press("escape")
        assert desk.focus() == "files"
        await desk.press("escape")
        assert desk.place() == "Accueil › Télétransmission"


async def test_a_home_that_does_not_exist_is_told(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU, RETURNS)
        await give_path(desk, "~personne-de-ce-nom/retour.noe")
        assert desk.question() == "Rien n’a été changé"


async def test_a_file_name_that_is_not_utf_8(unanswered: Practice) -> None:
    unanswered.inbox.mkdir()
    shutil.copy(SAMPLES / "retour-01.noe", unanswered.inbox / os.fsdecode(b"retour-\xe9.noe"))
    async with at_desk(unanswered) as desk:
        await desk.opens(MENU, RETURNS)
        await desk.press("r")
        await desk.sees("19 réponses")


class TestAside:
    """A payment that contradicts a rejection waits for a person."""

    @pytest.fixture
    def contradicted(self, empty: Practice) -> Practice:
        invoice = an_invoice(1001)
        take_in(invoice)
        hear(an_answer(invoice, "rejected"))
        hear(an_answer(invoice, "paid"), reference="R00002")
        return empty

    async def test_it_is_listed_with_why(self, contradicted: Practice) -> None:
        async with at_desk(contradicted) as desk:
            await desk.opens(MENU)
            await desk.sees("1 à trancher")
            await desk.opens(RETURNS)
            await desk.sees("000001001", "contredit une réponse", "R00002.noe")

    async def test_taken_it_pays_the_invoice(self, contradicted: Practice) -> None:
        async with at_desk(contradicted) as desk:
            await desk.opens(MENU, RETURNS)
            await desk.press("d")
            assert desk.question() == "Appliquer cette réponse ?"
            assert desk.focus() == "NON (N)"
            await desk.sees("Facture n° 1001 · AMO payée", "contredit une réponse")
            await desk.press("o")
            assert desk.news() == "Facture n° 1001 : réponse appliquée."
            await desk.sees("Aucune réponse à trancher.")
        assert sheet(1001).state == "paid"

    async def test_dismissed_the_invoice_stays_rejected(self, contradicted: Practice) -> None:
        async with at_desk(contradicted) as desk:
            await desk.opens(MENU, RETURNS)
            await desk.press("f6", "n")
            assert desk.question() == "Écarter cette réponse ?"
            assert desk.focus() == "NON (N)"
            await desk.press("o")
            assert desk.news() == "Facture n° 1001 : réponse écartée."
        assert sheet(1001).state == "rejected"
        assert sheet(1001).cancel_refusal is None

    @pytest.mark.parametrize("keys", [["n", "n"], ["escape", "escape"], ["enter", "enter"]])
    async def test_neither_leaves_it_waiting(self, contradicted: Practice, keys: list[str]) -> None:
        before = contents()
        async with at_desk(contradicted) as desk:
            await desk.opens(MENU, RETURNS)
            await desk.press("d", *keys)
            assert desk.question() == ""
            await desk.sees("contredit une réponse")
        assert contents() == before

    async def test_an_unknown_invoice_can_only_be_set_aside(self, empty: Practice) -> None:
        known = an_invoice(1001)
        take_in(known)
        hear(an_answer(known, "paid", number=4040))
        async with at_desk(empty) as desk:
            await desk.opens(MENU, RETURNS)
            await desk.sees("facture inconnue")
            await desk.press("d", "o")
            await desk.sees("Cette réponse ne peut pas s’appliquer : écartez-la")
            await desk.press("enter", "d", "n", "o")
            await desk.sees("Aucune réponse à trancher.")

    async def test_the_one_under_the_cursor_is_decided(self, empty: Practice, tmp_path: Path) -> None:
        known = an_invoice(1001)
        take_in(known)
        file = tmp_path / "deux.noe"
        file.write_bytes(a_return(*(an_answer(known, "paid", number=number) for number in (4041, 4042))))
        async with at_desk(empty) as desk:
            await desk.opens(MENU, RETURNS)
            await give_path(desk, file)
            await desk.press("enter", "tab")
            assert desk.focus() == "answers"
            await desk.press("down", "d", "n")
            await desk.sees("Facture n° 4042")
            await desk.press("o")
            assert "000004041" in desk.screen_text()
            assert "000004042" not in desk.screen_text()
