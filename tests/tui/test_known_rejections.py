"""Rejets courants: the memo as a searchable list, each entry whole, the invoices that carry it, the memo's sections."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from models.domain.place import Practice
from models.reference.memo import load_memo
from tests.tui.command_line import accueil
from tests.tui.command_line import practice as command_line_practice
from tests.tui.desk import MENU, Desk, at_desk
from tests.tui.ways import already_cancelled, open_form, stand
from tui.command_line.first_page import panel_height

KNOWN = "Rejets courants"
CARRIES_0540_057 = [1008, 1010]

OWN = """\
[[rejection]]
code = "0450 054"
label = "ETM NON TROUVEE EN BDO"
meaning = "Notre caisse veut le protocole."
todo = "Appeler le bureau 12."
fields = ["exemption"]
verified = true

[[rejection]]
code = "7777 001"
label = "PROPRE AU CABINET"
meaning = "Notre sens."
todo = "Notre conduite."
"""

FAULTY = """\
[[rejection]]
code = "8888 001"
label = "ESSAI"
meanning = "faute de frappe"
todo = "rien"

[[rejection]]
code = "8888 002"
label = "ESSAI"
meaning = "sens"
todo = "conduite"
date = "hier"
"""


def codes(desk: Desk) -> list[str]:
    """The codes of the list that are visible."""
    found = (re.match(r"[▸ ] (\d{4} \d{3}|[0-9A-Z]{4} {4}) \S", line) for line in desk.screen_lines())
    return [match[1].strip() for match in found if match]


async def filtered(desk: Desk, text: str) -> list[str]:
    await desk.press("f")
    await desk.fills(text)
    return codes(desk)


class TestList:
    async def test_the_memos_five_come_first_in_its_order(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, KNOWN)
            assert codes(desk)[:5] == ["0450 054", "0540 057", "0450 072", "0460 051", "0450 056"]
            assert desk.news() == "12 fiches"
            assert "0450 054" in desk.selected()
            assert all(len(line) <= 80 for line in desk.screen_lines())

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("0540057", ["0540 057"]),
            ("0540 057", ["0540 057"]),
            ("deplacement", ["0540 057", "F909", "F90D"]),
            ("DÉPLACEMENT séance", ["0540 057"]),
            ("bénéficiaire", ["0250 050"]),
            ("Prescrit le", ["0460 053", "0470 049"]),
            ("finess", ["0460 051", "0460 053"]),
        ],
    )
    async def test_a_code_a_word_or_a_field_narrows_it(self, practice: Practice, typed: str, found: list[str]) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, KNOWN)
            assert await filtered(desk, typed) == found
            assert desk.news().startswith(f"Filtre « {typed} » : {len(found)} fiche")

    async def test_the_selected_entry_is_below_in_short(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, KNOWN)
            await desk.press("down")
            await desk.sees("À faire", "placer chaque déplacement (IF, puis IK)", "Motif")
            await filtered(desk, "0470")
            await desk.sees("Fiche non vérifié")

    async def test_nothing_found_says_so_and_opens_nothing(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, KNOWN)
            assert await filtered(desk, "zzz") == []
            await desk.sees("Aucune fiche ne contient ces mots.", "Entrée (Ouvrir)")
            await desk.press("enter", "enter")
            assert desk.place().endswith(KNOWN)

    async def test_escape_clears_the_filter_then_leaves(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, KNOWN)
            await filtered(desk, "finess")
            await desk.press("escape")
            assert desk.news() == "12 fiches"
            await desk.press("escape")
            assert desk.place().endswith(MENU)

    async def test_from_the_filter_enter_goes_to_the_list_and_enter_again_opens(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, KNOWN)
            await filtered(desk, "deplacement")
            await desk.press("enter", "enter")
            await desk.sees("Fiche d’un rejet", "0540 057")


class TestEntry:
    async def test_it_says_everything(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, KNOWN)
            await filtered(desk, "0470 049")
            await desk.press("down", "enter")
            for said in (
                "0470 049 PRESCRIPTION INTERDITE A CETTE DATE",
                "Motif La caisse refuse une prescription",
                "À demander L’ordonnance",
                "À faire ici Champs « Prescrit le » et « Prescripteur »",
                "Avant de facturer Relire la date",
                "Champs « Prescrit le », « Prescripteur »",
                "Source Mémo CPAM, orthoptistes",
                "Attention Non vérifié",
            ):
                await desk.sees(said)
            assert "fiche du cabinet" not in desk.said()

    async def test_a_verified_entry_of_ours_has_no_warning(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, KNOWN)
            await desk.press("enter")
            await desk.sees("0450 054", "« Code exonération »")
            assert "Non vérifié" not in desk.said()

    @pytest.mark.parametrize("key", ["v", "f4"])
    async def test_the_invoices_that_carry_it(self, practice: Practice, key: str) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, KNOWN)
            await desk.press("down", "enter", key)
            await desk.sees("Annuler factures transmises", "2 factures")
            assert sorted(desk.numbers()) == CARRIES_0540_057
            assert desk.focus() == "InvoiceList"
            await desk.press("a")
            assert desk.question() == "Annuler la facture n° 1008 ?"

    async def test_back_from_the_invoices_is_the_entry(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, KNOWN)
            await desk.press("down", "enter", "v", "escape", "escape")
            assert desk.place().endswith("Fiche d’un rejet")

    async def test_a_code_that_no_invoice_carries_leaves_an_empty_list(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, KNOWN)
            await filtered(desk, "2900")
            await desk.press("enter", "enter", "v")
            await desk.sees("Aucune facture ne répond à ce filtre.")

    async def test_the_list_of_the_guide_opens_without_a_filter_afterwards(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, KNOWN)
            await desk.press("down", "enter", "v", "escape", "escape", "escape", "escape")
            await desk.opens("Annuler factures transmises")
            assert len(desk.numbers()) > 2


class TestMemo:
    @pytest.mark.parametrize("way", [("m",), ("f6",), ("enter", "m")])
    async def test_each_section_is_there(self, practice: Practice, way: tuple[str, ...]) -> None:
        async with at_desk(practice, size=(80, 40)) as desk:
            await desk.opens(MENU, KNOWN)
            await desk.press(*way)
            titles = [section.title for section in load_memo()]
            assert titles == ["Où trouver les informations ?", "N’oubliez pas !", "Le saviez-vous ?"]
            await desk.sees(*titles, "l’Espace pro", "Compagnon Flux Tiers", "application du compte ameli")
            assert all(len(line) <= 80 for line in desk.screen_lines())

    async def test_it_scrolls_on_a_small_screen(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, KNOWN)
            await desk.press("m", "end")
            await desk.sees("application du compte ameli")


class TestPractice:
    async def test_its_entry_wins_visibly(self, practice: Practice) -> None:
        (practice.folder / "rejets.toml").write_text(OWN)
        async with at_desk(practice) as desk:
            await desk.opens(MENU, KNOWN)
            assert desk.news() == "13 fiches, dont 2 du cabinet"
            assert desk.selected().endswith("cabinet")
            await desk.press("enter")
            await desk.sees("Appeler le bureau 12.", "fiche du cabinet (rejets.toml), à la place de celle d’Accueil")
            await desk.press("escape", "end", "enter")
            await desk.sees("PROPRE AU CABINET", "fiche du cabinet (rejets.toml)", "Non vérifié")
            assert "à la place" not in desk.said()

    async def test_each_fault_is_a_sentence_at_the_top_and_the_rest_is_there(self, practice: Practice) -> None:
        (practice.folder / "rejets.toml").write_text(OWN + FAULTY)
        async with at_desk(practice) as desk:
            await desk.opens(MENU, KNOWN)
            await desk.sees(
                "rejets.toml, ligne 17 : champ « meanning » inconnu",
                "rejets.toml, ligne 25 : champ « date » de mauvais type ; écrire une date sans guillemets",
            )
            lines = desk.screen_lines()
            assert min(index for index, line in enumerate(lines) if "ligne 17" in line) < lines.index(desk.selected())
            assert desk.news() == "13 fiches, dont 2 du cabinet"
            assert desk.focus() == "TextList"

    async def test_a_file_put_right_is_read_at_the_next_look(self, practice: Practice) -> None:
        (practice.folder / "rejets.toml").write_text(FAULTY)
        async with at_desk(practice) as desk:
            await desk.opens(MENU, KNOWN)
            await desk.sees("champ « meanning » inconnu")
            (practice.folder / "rejets.toml").write_text(OWN)
            await desk.press("m", "escape")
            await desk.sees("dont 2 du cabinet")
            assert "meanning" not in desk.said()

    async def test_an_edited_file_shows_in_every_screen_at_once(self, practice: Practice) -> None:
        def edit(office: int) -> str:
            (practice.folder / "rejets.toml").write_text(OWN.replace("bureau 12", f"bureau {office}"))
            return f"Appeler le bureau {office}."

        already_cancelled(1009)
        async with at_desk(practice) as desk:
            said = edit(12)
            await stand(desk, 1030)
            await desk.sees(said)
            said = edit(13)
            await desk.press("down", "up")
            await desk.sees(said)
            said = edit(14)
            await desk.press("enter")
            await desk.sees("Détail", said)
            said = edit(15)
            await desk.press("escape")
            await desk.sees("› Annuler factures transmises", said)
            said = edit(16)
            await desk.press("escape")
            await desk.opens("Bilan des rejets")
            await desk.selects("0450 054")
            await desk.sees(said)
            said = edit(17)
            await desk.press("escape")
            await desk.opens(KNOWN)
            await desk.press("enter")
            await desk.sees("À faire ici", said)
            said = edit(18)
            await desk.press("escape")
            await desk.sees(said)
            said = edit(19)
            await desk.press("escape", "escape")
            await open_form(desk, 1061)
            await desk.sees(said)
            said = edit(20)
            await desk.types("4")
            await desk.sees(said)

    async def test_its_text_is_never_markup_nor_control(self, practice: Practice) -> None:
        hostile = OWN.replace("PROPRE AU CABINET", "[/] [@click=app.quit]X[/] \\u001b[2J \\u202e")
        (practice.folder / "rejets.toml").write_text(hostile)
        async with at_desk(practice) as desk:
            await desk.opens(MENU, KNOWN)
            await desk.press("end")
            await desk.sees("[/] [@click=app.quit]X[/] \ufffd[2J")
            await desk.press("enter")
            await desk.sees("[/] [@click=app.quit]X[/] \ufffd[2J")
            assert "\x1b" not in desk.screen_text()

    @pytest.mark.parametrize("content", [FAULTY.encode(), b"\xff\xfe\x00", b"[[rejection"])
    def test_a_bad_file_does_not_keep_the_program_shut(self, tmp_path: Path, content: bytes) -> None:
        base = command_line_practice(tmp_path)
        (Path(base).parent / "rejets.toml").write_bytes(content)
        ran = accueil("--base", base)
        assert (ran.code, ran.err) == (0, "")
        assert "14 rejets à traiter" in ran.out


@pytest.mark.parametrize("height", [24, 43])
async def test_a_page_is_as_long_as_the_list_is_high(practice: Practice, height: int) -> None:
    many = "".join(OWN.split("\n\n")[1].replace("7777 001", f"7777 {number:03d}") + "\n" for number in range(60))
    (practice.folder / "rejets.toml").write_text(many)
    async with at_desk(practice, size=(80, height)) as desk:
        await desk.opens(MENU, KNOWN)
        first = codes(desk)
        assert len(first) == height - 4 - panel_height(height)
        await desk.press("pagedown")
        assert codes(desk)[:-1] == first[1:]
        assert codes(desk)[-1] in desk.selected()
        await desk.press("pageup")
        assert first[0] in desk.selected()


async def test_a_window_too_small_is_no_crash(practice: Practice) -> None:
    async with at_desk(practice, size=(80, 24)) as desk:
        await desk.opens(MENU, KNOWN)
        await desk.pilot.resize_terminal(20, 8)
        await desk.sees("Fenêtre trop petite")
        await desk.pilot.resize_terminal(140, 40)
        await desk.sees("INCOMPATIBILITE NATURE DE PRESTATION/FRAIS DE DEPLACEMENT")
