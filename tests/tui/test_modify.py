"""Modifier: the cursor on the field to correct, what stands beside it, amounts that follow, errors in their place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.commands.cancel import Cancelled, cancel_invoice
from models.domain.place import Practice
from models.formats.b2.read import read_b2
from models.reference.rejections import RejectionBook
from tests.models.practice import SOPHIE, a_lot, an_answer, an_invoice, contents, hear, rejected, sheet, take_in
from tests.tui.desk import CANCEL, MENU, UNVALIDATED, Desk, at_desk
from tests.tui.ways import already_cancelled, amounts, go_to, open_form, waiting
from tui.flows.form_state import FormState

FIELD_OF = {
    "0450 054": "exemption",
    "0450 056": "exemption",
    "0450 072": "exemption",
    "0460 051": "prescriber",
    "0460 053": "prescriber",
    "0470 049": "prescribed_on",
    "0250 050": "nir",
    "0317 051": "nature",
    "0540 057": "ActLines",
    "F909": "ActLines",
    "2900 005": "exemption",
    "9999 999": "exemption",
}
"""Where the cursor must stand; on the first field where the rejection points to none of them."""


def beside(desk: Desk, label: str) -> str:
    """The form's line of this field."""
    return next(line for line in desk.screen_lines()[3:] if line.strip().startswith(label))


async def test_the_cursor_stands_on_what_each_rejection_points_to(empty: Practice) -> None:
    numbers = {}
    for place, code in enumerate(FIELD_OF):
        rejected(1001 + place, code=code)
    for place, code in enumerate(FIELD_OF):
        outcome = cancel_invoice(sheet(1001 + place).id, None, SOPHIE)
        assert isinstance(outcome, Cancelled)
        numbers[code] = outcome.new_number
    async with at_desk(empty) as desk:
        await desk.opens(MENU)
        for code, field in FIELD_OF.items():
            await desk.opens(UNVALIDATED)
            await desk.selects(f"{numbers[code]:09d}")
            await desk.press("m", "enter", "d")
            await desk.sees("› Modifier", code)
            assert desk.focus() == field
            await desk.press("escape", "escape")


async def test_opening_reads_what_stands_in_the_form_once_and_once_for_its_room(
    empty: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting(1001)
    read, times = FormState.read, 0

    def counted(form: FormState, today: date, book: RejectionBook) -> None:
        nonlocal times
        times += 1
        read(form, today, book)

    monkeypatch.setattr(FormState, "read", counted)
    async with at_desk(empty) as desk:
        await open_form(desk, 1002)
    assert times == 2


async def test_an_unknown_code_is_told_by_what_its_label_resembles_down_to_the_field(empty: Practice) -> None:
    rejected(1001, code="8899 123", label="PRESCRIPTEUR ETABLISSEMENT HORS REGION")
    rejected(1002, code="8899 124", label="AT INCONNU EN BDO")
    async with at_desk(empty) as desk:
        await desk.opens(MENU, CANCEL)
        await desk.sees("8899 123", "Ressemble à « prescripteur etab. hors region », sans certitude.", "Code inconnu")
        await desk.press("escape", "escape")
        (new,) = already_cancelled(1001)
        await open_form(desk, new)
        assert desk.focus() == "prescriber"
        await desk.sees("Ressemble à", "sans certitude")
        await desk.press("escape", "escape", "escape")
        (new,) = already_cancelled(1002)
        await open_form(desk, new)
        assert desk.focus() == "nature", "the accident has no row under nature 10"


async def test_where_the_dre_is_rejected_too_the_invoice_comes_first(practice: Practice) -> None:
    already_cancelled(1031)
    async with at_desk(practice) as desk:
        await open_form(desk, 1061)
        assert desk.focus() == "prescriber"
        await desk.press("f6")
        await desk.sees("0460 051", "1001", "complémentaire")


@pytest.mark.parametrize("number", [1008, 1009, 1027, 1042, 1049])
async def test_the_reason_and_what_to_ask_stand_beside_the_form(practice: Practice, number: int) -> None:
    (new,) = already_cancelled(number)
    (reason, *_) = sheet(new).reasons
    async with at_desk(practice) as desk:
        await open_form(desk, new)
        await desk.sees(reason.code, "À faire", "Demander")
        await desk.press("f6")
        assert desk.question() == "Rejet"
        await desk.sees(reason.code, "À faire", "Demander", "Motif")


class TestAmounts:
    async def test_the_summary_names_both_numbers_and_the_shares(self, practice: Practice) -> None:
        already_cancelled(1049)
        async with at_desk(practice) as desk:
            await open_form(desk, 1061)
            assert amounts(desk) == "N° 1061 (remplace 1049) · 36,69 € = AMO 22,01 + AMC 14,68 + patient 0,00"

    async def test_another_exemption_moves_every_share_at_once(self, practice: Practice) -> None:
        already_cancelled(1009)
        async with at_desk(practice) as desk:
            await open_form(desk, 1061)
            assert "40,00 € = AMO 24,00 + AMC 0,00 + patient 16,00" in amounts(desk)
            await desk.fills("4")
            assert "40,00 € = AMO 40,00 + AMC 0,00 + patient 0,00" in amounts(desk)
            assert "◂ 3" in beside(desk, "Code exonération")
            await desk.fills("3")
            assert "◂" not in beside(desk, "Code exonération")

    async def test_another_settlement_asks_or_leaves_the_complementary_share(self, practice: Practice) -> None:
        already_cancelled(1049)
        async with at_desk(practice) as desk:
            await open_form(desk, 1061)
            await go_to(desk, "settlement")
            await desk.fills("05")
            assert "AMO 22,01 + AMC 0,00 + patient 14,68" in amounts(desk)
            await desk.fills("15")
            assert "AMO 22,01 + AMC 14,68 + patient 0,00" in amounts(desk)

    async def test_the_label_of_a_code_follows_it(self, practice: Practice) -> None:
        already_cancelled(1042)
        async with at_desk(practice) as desk:
            await open_form(desk, 1061)
            assert "◂" not in beside(desk, "Code exonération")
            await go_to(desk, "payer")
            await desk.sees("CPAM Bordeaux")


ERRORS = (
    ("exemption", "Code exonération", "", "un chiffre attendu"),
    ("exemption", "Code exonération", "x", "un chiffre attendu"),
    ("nature", "Nature d’assurance", "1", "2 chiffres attendus"),
    ("prescriber", "Prescripteur", "33158550", "9 chiffres attendus"),
    ("prescribed_on", "Prescrit le", "32/13/2026", "JJ/MM/AAAA attendu"),
    ("payer", "Organisme", "01 331", "9 chiffres attendus"),
    ("nir", "NIR et clé", "123", "13 + clé attendus"),
    ("last_name", "Bénéficiaire, nom", "", "à saisir"),
    ("first_name", "prénom", "", "à saisir"),
    ("birth", "né(e) le + rang", "84051", "JJ/MM/AAAA attendu"),
    ("birth", "né(e) le + rang", "30/02/1984 1", "JJ/MM/AAAA attendu"),
    ("settlement", "Règlement", "1", "2 chiffres attendus"),
    ("amc_number", "N° AMC", "é", "« É » : tapez E"),
    ("amc_number", "N° AMC", "0077 9900 222", "10 caractères au plus"),
    ("prescriber", "Prescripteur", "33158550O", "« O » : tapez 0"),
    ("nir", "NIR et clé", "1 84 O5 75 116 001 23", "« O » : tapez 0"),
    ("last_name", "Bénéficiaire, nom", "d’artagnan", "« ’ » : tapez l’apostrophe '"),
    ("last_name", "Bénéficiaire, nom", "le cœur", "« Œ » : tapez OE"),
    ("first_name", "prénom", "jean–luc", "« – » : tapez le tiret -"),
    ("first_name", "prénom", "şükrü", "« Ş » : tapez S"),
)
"""What is typed in which field, and what then stands beside it."""


class TestFieldErrors:
    async def test_stand_beside_their_field_and_keep_from_saving(self, practice: Practice) -> None:
        already_cancelled(1049)
        async with at_desk(practice) as desk:
            await open_form(desk, 1061)
            before = contents()
            for field, label, typed, error in ERRORS:
                await go_to(desk, field)
                right = desk.value()
                await desk.fills(typed)
                assert f"✗ {error[:6]}" in beside(desk, label)
                assert desk.news() == f"✗ {error} · Avant : {right}"
                await desk.press("up" if field != "exemption" else "down")
                for key in ("f2", "f4"):
                    await desk.press(key)
                    assert desk.focus() == field
                    assert error in desk.news()
                await desk.fills(right)
                assert f"✗ {error[:6]}" not in beside(desk, label)
            assert contents() == before

    async def test_a_wrong_nir_key_is_said_in_full_above(self, practice: Practice) -> None:
        already_cancelled(1049)
        async with at_desk(practice) as desk:
            await open_form(desk, 1061)
            await go_to(desk, "nir")
            await desk.fills(desk.value()[:-1] + "0")
            assert "✗" in beside(desk, "NIR et clé")
            await desk.sees("NIR et clé ne s’accordent pas : ")

    async def test_capitals_and_spaces_are_taken_care_of(self, practice: Practice) -> None:
        already_cancelled(1049)
        async with at_desk(practice) as desk:
            await open_form(desk, 1061)
            await go_to(desk, "last_name")
            await desk.fills(" de  la tour ")
            await go_to(desk, "prescribed_on")
            await desk.fills("200926")
            await desk.press("f2")
            await desk.press("o")
            await desk.sees("La facture n° 1061 est enregistrée, pas encore validée.")
        assert sheet(1061).draft.last_name == "DE LA TOUR"

    @pytest.mark.parametrize(("typed", "kept"), [("2a 000 2689", "2A0002689"), ("200102689", "200102689")])
    async def test_a_corsican_establishment_may_be_typed_as_printed(
        self, practice: Practice, typed: str, kept: str
    ) -> None:
        already_cancelled(1049)
        async with at_desk(practice) as desk:
            await open_form(desk, 1061)
            await go_to(desk, "prescriber")
            await desk.fills(typed)
            assert "✗" not in beside(desk, "Prescripteur")
            await desk.fills("2A0002688")
            await desk.sees("Clé de 2A0002688 fausse")
            await desk.fills(typed)
            await desk.press("f2", "o")
            await desk.sees("La facture n° 1061 est enregistrée")
        assert sheet(1061).draft.prescriber == kept


AS_PRINTED = (
    ("amc_number", "0077 9900 22", "0077990022"),
    ("amc_number", "0077.990-022", "0077990022"),
    ("nir", "1 84 05 75 116 001 05", "184057511600105"),
    ("prescriber", "33 1 90001 9", "331900019"),
    ("payer", "01 / 331 / 0000", "01 331 0000"),
    ("prescribed_on", "5/9/26", "05/09/2026"),
    ("prescribed_on", "05092026", "05/09/2026"),
    ("prescribed_on", "5 . 9 . 2026", "05/09/2026"),
    ("birth", "3/2/84 1", "03/02/1984 1"),
    ("birth", "030219842", "03/02/1984 2"),
    ("last_name", "  de   la  tour  ", "DE LA TOUR"),
)
"""What is typed with the blanks and strokes of a document, and what the field shows once it is left."""


class TestAsPrinted:
    async def test_a_value_is_kept_whole_and_shown_as_it_is_kept(self, practice: Practice) -> None:
        already_cancelled(1049)
        async with at_desk(practice) as desk:
            await open_form(desk, 1061)
            for field, typed, shown in AS_PRINTED:
                await go_to(desk, field)
                await desk.fills(typed)
                assert desk.value() == typed
                await desk.press("up")
                await go_to(desk, field)
                assert desk.value() == shown
                await desk.press("f2", "o")
                await desk.sees("La facture n° 1061 est enregistrée")
                await desk.press("up")
                await go_to(desk, field)
                assert desk.value() == shown

    async def test_a_lunar_birth_may_stay_as_it_came(self, empty: Practice) -> None:
        born = replace(an_invoice(1001), birth="840230")
        take_in(born)
        hear(an_answer(born, "rejected", code="0460 051"))
        assert isinstance(cancel_invoice(sheet(1001).id, None, SOPHIE), Cancelled)
        async with at_desk(empty) as desk:
            await open_form(desk, 1002)
            await go_to(desk, "birth")
            assert desk.value() == "840230 1"
            await desk.fills("840230 2")
            assert "✗" not in beside(desk, "né(e) le")
            await desk.fills("30/02/1984 2")
            assert "✗ JJ/MM" in beside(desk, "né(e) le")


class TestNature:
    """The fields that only some natures of insurance ask."""

    async def test_an_accident_of_work_asks_its_number_or_its_date(self, empty: Practice) -> None:
        waiting(1001)
        async with at_desk(empty) as desk:
            await open_form(desk, 1002)
            assert "Accident" not in desk.screen_text()
            await go_to(desk, "nature")
            await desk.fills("41")
            await desk.sees("✗ Accident du")
            await desk.press("f4")
            await desk.sees("Accident du travail (41)")
            await desk.press("enter")
            assert desk.focus() == "accident"
            for typed, kept in (("12 345 678 9", "123456789"), ("3/9/26", "000260903"), ("03092026", "000260903")):
                await desk.fills(typed)
                assert "✗" not in beside(desk, "Accident n° / date")
                await desk.press("f2", "o")
                await desk.sees("La facture n° 1002 est enregistrée")
                assert sheet(1002).draft.accident == kept
            await desk.press("up", "down")
            assert desk.value() == "03/09/2026"
            await desk.fills("1234")
            assert "✗ 9 chif" in beside(desk, "Accident n° / date")
        (written,) = read_b2(a_lot(replace(an_invoice(1002), other=sheet(1002).draft.other))).lots[0].invoices
        assert written.accident == "000260903"

    async def test_a_maternity_asks_its_date_and_no_other_nature_has_a_row_for_it(self, empty: Practice) -> None:
        waiting(1001)
        async with at_desk(empty) as desk:
            await open_form(desk, 1002)
            await go_to(desk, "nature")
            await desk.fills("30")
            await desk.sees("Maternité, date", "! Maternité")
            await go_to(desk, "maternity")
            await desk.fills("5/9/26")
            await desk.press("up")
            await desk.sees("05/09/2026")
            await desk.press(*["up"] * 9)
            assert desk.focus() == "nature"
            await desk.fills("90")
            await desk.sees("05/09/2026")
            await go_to(desk, "maternity")
            await desk.fills("")
            await desk.press("up")
            assert "Maternité, date" not in desk.screen_text()


class TestWalking:
    async def test_enter_and_down_visit_every_field_in_order_and_up_comes_back(self, practice: Practice) -> None:
        already_cancelled(1009)
        async with at_desk(practice) as desk:
            await open_form(desk, 1061)
            names = ["exemption", "nature", "prescriber", "prescribed_on", "payer", "nir"]
            names += ["last_name", "first_name", "birth", "settlement", "amc_number", "ActLines"]
            for index, name in enumerate(names):
                assert desk.focus() == name
                if name != names[-1]:
                    await desk.press("enter" if index % 2 else "down")
            for name in reversed(names[:-1]):
                await desk.press("up")
                assert desk.focus() == name

    async def test_letters_in_a_field_are_text_and_nothing_else(self, practice: Practice) -> None:
        already_cancelled(1009)
        async with at_desk(practice) as desk:
            await open_form(desk, 1061)
            await go_to(desk, "last_name")
            await desk.fills("vmanxhbfto")
            assert desk.place().endswith("› Modifier")
            assert "vmanxhbfto" in beside(desk, "Bénéficiaire, nom")


class TestLeaving:
    async def test_an_untouched_form_is_left_at_once(self, practice: Practice) -> None:
        already_cancelled(1009)
        async with at_desk(practice) as desk:
            await open_form(desk, 1061)
            await desk.press("escape")
            assert desk.question() == ""
            assert desk.place().endswith(UNVALIDATED)

    async def test_a_changed_one_asks_and_non_keeps_every_change(self, practice: Practice) -> None:
        already_cancelled(1009)
        async with at_desk(practice) as desk:
            await open_form(desk, 1061)
            await desk.fills("4")
            before = contents()
            for key in ("enter", "n", "escape"):
                await desk.press("escape")
                assert desk.question() == "Quitter sans enregistrer ?"
                assert desk.focus() == "NON (N)"
                await desk.press(key)
                assert desk.focus() == "exemption"
                assert "◂ 3" in beside(desk, "Code exonération")
            await desk.press("escape", "o")
            assert desk.place().endswith(UNVALIDATED)
            assert contents() == before
        assert sheet(1061).draft.exemption == "3"

    async def test_one_with_an_unreadable_field_asks_too(self, practice: Practice) -> None:
        already_cancelled(1009)
        async with at_desk(practice) as desk:
            await open_form(desk, 1061)
            await desk.fills("")
            await desk.press("escape")
            assert desk.question() == "Quitter sans enregistrer ?"


async def test_the_rate_follows_the_nature_as_it_is_typed(empty: Practice) -> None:
    waiting(1001)
    async with at_desk(empty) as desk:
        await open_form(desk, 1002)
        assert "18,90" in amounts(desk)
        await go_to(desk, "nature")
        await desk.fills("13")
        assert "28,35" in amounts(desk)
        await desk.fills("10")
        assert "18,90" in amounts(desk)
