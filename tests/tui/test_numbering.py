"""The numbers that are ours: asked once on the first screen, shown on the import's, shown and set by `numerotation`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models.domain.faults import PracticeFault
from models.domain.numbering import Numbering
from models.domain.place import DEMO_DATABASE, DEMO_NAME, Practice, locate
from models.practice import close_practice, open_practice
from models.queries.verification import breaches
from models.store.database import db
from models.store.numbering_file import read_numbering
from tests.models.practice import an_invoice, take_in
from tests.tui.command_line import LOTS, Ran, accueil
from tests.tui.desk import IMPORT, MENU, at_desk
from tui.flows import reserve

QUESTION = "Les numéros d’Accueil"
MALFORMED = {
    "[numerotation]\npremiere_facture = 0\n": "premiere_facture = « 0 » ne va pas ; écrivez un nombre de 1 à 998999999",
    '[numerotation]\npremiere_dre = "neuf"\n': "premiere_dre = « neuf » ne va pas",
    "[numerotation]\npremier_lot = 1000\n": "premier_lot = « 1000 » ne va pas ; écrivez un nombre de 1 à 999.",
    "[numerotation]\npremier_lot = 999\n": "premier_lot (999) doit être avant dernier_lot (999).",
    "[numerotation]\nfacture = 1\n": "« facture » n’est pas connu dans [numerotation] ; écrivez",
    "numerotation = 5\n": "écrivez [numerotation], puis une ligne pour chaque valeur.",
    "[numerotation\n": "un crochet n’est pas fermé.",
}
"""What a person may write wrongly, and the end of what is said of it."""


async def test_enter_takes_the_proposed_numbers_and_nothing_is_asked_again(empty: Practice) -> None:
    empty.settings_file.unlink()
    async with at_desk(empty) as desk:
        assert desk.question() == QUESTION
        await desk.sees("factures à partir du n° 800000001", "DRE à partir du n° 900000001", "lots de 700 à 999")
        await desk.press("enter")
        assert desk.news() == "Numéros d’Accueil : factures dès 800000001, DRE dès 900000001, lots 700 à 999."
        await desk.opens(IMPORT)
        await desk.sees("Numéros d’Accueil : factures à partir du n° 800000001")
    async with at_desk(empty) as desk:
        assert desk.question() == ""
    assert read_numbering(empty.settings_file) == Numbering()
    assert list(breaches(empty)) == []


async def test_escape_leaves_the_question_for_the_next_opening(empty: Practice) -> None:
    empty.settings_file.write_text('[carte]\nlecteur = "absent"\n')
    async with at_desk(empty) as desk:
        await desk.press("escape")
        await desk.opens(MENU)
        await desk.press("escape")
        assert desk.question() == ""
    async with at_desk(empty) as desk:
        assert desk.question() == QUESTION
    assert "numerotation" not in empty.settings_file.read_text()


async def test_what_the_base_refuses_reserves_nothing_and_the_question_comes_back(
    empty: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty.settings_file.write_text('[carte]\nlecteur = "absent"\n')
    async with at_desk(empty) as desk:
        db.obj.pragma("query_only", 1, permanent=True)
        await desk.press("enter")
        assert desk.question() == "Rien n’a été changé"
        await desk.press("enter")
        assert (desk.question(), "Numéros d’Accueil" in desk.news()) == ("", False)
    db.obj.pragma("query_only", 0, permanent=True)
    assert "numerotation" not in empty.settings_file.read_text()
    with monkeypatch.context() as patch:
        patch.setattr(reserve, "proposed_numbering", lambda _: (_ for _ in ()).throw(PracticeFault("Base illisible.")))
        async with at_desk(empty) as desk:
            await desk.sees("Base illisible.")
            await desk.press("enter")
            assert desk.question() == ""
    async with at_desk(empty) as desk:
        assert desk.question() == QUESTION


async def test_a_demonstration_of_before_the_ranges_asks_nothing(tmp_path: Path) -> None:
    demo = locate(str(tmp_path / DEMO_DATABASE), tmp_path)
    open_practice(demo, create=True)
    async with at_desk(demo) as desk:
        assert (desk.question(), desk.who()) == ("", f"{DEMO_NAME} · sophie")
    close_practice()


async def test_other_numbers_are_typed_and_those_of_the_files_refused(empty: Practice) -> None:
    take_in(an_invoice(850_000_123), lot=750)
    empty.settings_file.write_text('[carte]\nlecteur = "absent"\n')
    async with at_desk(empty) as desk:
        await desk.sees("factures à partir du n° 870000001", "lots de 400 à 699")
        await desk.press("a")
        await desk.fills("500 000 001")
        await desk.press("enter")
        await desk.sees("La facture n° 850000123 du logiciel de facturation est dans cette plage")
        await desk.fills("neuf")
        await desk.press("enter")
        await desk.sees("Première facture : saisissez un nombre de 1 à 998999999.")
        await desk.press("escape", "escape")
        assert desk.news() == "Numéros d’Accueil : la question reviendra à la prochaine ouverture."
    async with at_desk(empty) as desk:
        await desk.press("a")
        await desk.fills("900000001")
        await desk.press("enter")
        assert desk.news() == "Numéros d’Accueil : factures dès 900000001, DRE dès 900000001, lots 400 à 699."
    assert read_numbering(empty.settings_file) == replace(
        Numbering(), first_invoice=900_000_001, first_lot=400, last_lot=699
    )
    assert 'lecteur = "absent"' in empty.settings_file.read_text()


class TestVerb:
    """`accueil numerotation`."""

    @pytest.fixture
    def base(self, tmp_path: Path) -> str:
        """A practice with one lot of the files, and no word on numbers."""
        base = str(tmp_path / "cabinet.db")
        assert accueil("importer", LOTS[0], "--base", base).code == 0
        return base

    def numbers(self, base: str, *options: str) -> Ran:
        return accueil("numerotation", *options, "--base", base)

    def test_what_is_used_and_left_is_shown(self, base: str) -> None:
        assert self.numbers(base).out.splitlines() == [
            "Factures à partir du n° 800000001 : 0 donnée, la prochaine aura le n° 800000001, "
            "199 999 999 numéros restent.",
            "DRE à partir du n° 900000001 : 0 donnée, la prochaine aura le n° 900000001, 99 999 999 numéros restent.",
            "Lots de 700 à 999, par professionnel :",
            "  DURAND CLAIRE (336012349) : 0 lot donné, 300 numéros libres.",
        ]

    def test_a_range_is_set_kept_and_told(self, base: str) -> None:
        set_ = self.numbers(base, "--factures", "600000001", "--lots", "600-650")
        assert (set_.code, set_.out) == (
            0,
            "Numéros d’Accueil : factures à partir du n° 600000001, DRE à partir du n° 900000001, lots de 600 à 650.\n",
        )
        assert self.numbers(base, "--dre", "700000001").code == 0
        shown = self.numbers(base).out
        assert "Factures à partir du n° 600000001" in shown
        assert "DRE à partir du n° 700000001" in shown
        assert "51 numéros libres" in shown
        assert accueil("verifier", "--base", base).code == 0

    def test_following_the_files_goes_on_above_them(self, base: str) -> None:
        assert self.numbers(base, "--factures", "1", "--lots", "1-999").code == 0
        assert "Factures à la suite de celles des fichiers : 0 donnée, la prochaine aura le n° 1011" in (
            self.numbers(base).out
        )

    def test_what_collides_with_the_files_is_refused_in_one_sentence(self, base: str) -> None:
        assert accueil("importer", *LOTS[1:], "--base", base).code == 0
        for options, said in {
            ("--factures", "1060"): "La facture n° 1060 du logiciel de facturation est dans cette plage",
            ("--lots", "6-50"): "Le lot 006 du logiciel de facturation est dans cette plage : donnez-en une autre.",
        }.items():
            ran = self.numbers(base, *options)
            assert (ran.code, ran.err.startswith(said), len(ran.err.splitlines())) == (1, True, 1)
        assert self.numbers(base, "--factures", "1061", "--lots", "7-50").code == 0

    @pytest.mark.parametrize(
        "options",
        [("--factures", "0"), ("--dre", "999999999"), ("--lots", "9-9"), ("--lots", "7"), ("--lots", "1-1000")],
    )
    def test_what_is_no_range_is_wrong_use(self, base: str, options: tuple[str, ...]) -> None:
        ran = self.numbers(base, *options)
        assert (ran.code, len(ran.err.splitlines())) == (2, 1)
        assert f"« {options[1]} »" in ran.err

    def test_a_malformed_setting_is_one_sentence_everywhere(self, base: str) -> None:
        settings = Path(base).with_suffix(".toml")
        for written, said in MALFORMED.items():
            settings.write_text(written)
            ran = self.numbers(base)
            assert (ran.code, len(ran.err.splitlines())) == (1, 1), written
            assert said in ran.err, written
            verified = accueil("verifier", "--base", base)
            assert (verified.code, said in verified.out) == (1, True), written
