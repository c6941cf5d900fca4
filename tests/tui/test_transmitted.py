"""Annuler factures transmises: what is listed, in which order, and found by what."""

from __future__ import annotations

import re
from dataclasses import replace

from models.commands.cancel import cancel_invoice
from models.domain.place import Practice
from tests.models.practice import SOPHIE, an_answer, an_invoice, contents, hear, sheet, take_in
from tests.tui.desk import CANCEL, MENU, at_desk

REJECTED = [1008, 1009, 1010, 1027, 1030, 1031, 1033, 1041, 1042, 1047, 1049, 1051, 1056, 1058]


class TestList:
    async def test_the_rejected_come_first_and_the_oldest_of_them_first(self, practice: Practice) -> None:
        async with at_desk(practice, size=(80, 60)) as desk:
            await desk.opens(MENU, CANCEL)
            assert desk.numbers()[:14] == REJECTED
            assert desk.numbers()[14:16] == [1003, 1007]
            assert "1008" in desk.selected()

    async def test_a_row_says_all_that_one_decides_by(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, CANCEL)
            await desk.selects("000001031")
            row = desk.selected()
            for said in ("000001031", "08/11", "MARTIN Isabelle", "22,10", "REJ REJ", "0460 051"):
                assert said in row
            assert len(row) <= 80

    async def test_the_panel_says_the_reason_and_the_remedy(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, CANCEL)
            await desk.selects("000001027")
            await desk.sees("0460 051", "PRESCRIPTEUR INCONNU", "À faire", "ressaisir le numéro à 9 chiffres", "Motif")

    async def test_the_counts_stand_above(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, CANCEL)
            assert desk.news() == "À traiter 14 · recyclage caisse 10 · sans réponse 2 · payées 33"

    async def test_each_order_is_the_one_that_is_announced(self, practice: Practice) -> None:
        async with at_desk(practice, size=(80, 60)) as desk:
            await desk.opens(MENU, CANCEL)
            await desk.press("t")
            await desk.sees("tri : date")
            assert desk.numbers() == sorted(desk.numbers())
            await desk.press("t")
            await desk.sees("tri : patient")
            names = [row[16:28] for row in desk.rows()]
            assert names == sorted(names)
            await desk.press("f5")
            await desk.sees("tri : montant")
            amounts = [int(found.replace(",", "")) for found in re.findall(r"\d+,\d\d", "\n".join(desk.rows()))]
            assert amounts == sorted(amounts)
            await desk.press("f5")
            assert "tri" not in desk.news()
            assert desk.numbers()[:14] == REJECTED

    async def test_enter_opens_the_invoice_and_escape_comes_back_to_its_row(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, CANCEL)
            await desk.press("down", "down", "enter")
            await desk.sees("Détail de la facture", "000001010", "MARTIN ISABELLE", "17,90")
            await desk.press("escape")
            assert desk.place().endswith(CANCEL)
            assert "1010" in desk.selected()


FILTERS = {
    "moreau": [1042, 1001],
    "jacques moreau": [1042, 1001],
    "1042": [1042],
    "000001003": [1003],
    "lot005 david": [1047],
    "66,30": [1003],
    "66.30": [1003],
    "0450 072": [1049, 1051],
    "0450072": [1049, 1051],
    "lot 5 zzz": [],
    "100%": [],
}
"""What is typed, and which invoices are left."""


class TestFilter:
    async def test_narrows_by_whatever_one_has_at_hand(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, CANCEL)
            for typed, found in FILTERS.items():
                await desk.press("f")
                await desk.types(typed)
                assert desk.numbers() == found, typed
                count = f"{len(found)} facture{'s' if len(found) > 1 else ''}"
                await desk.sees(f"Filtre « {typed} » : {count}")
                await desk.press("escape")

    async def test_that_nothing_answers_says_so(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, CANCEL)
            await desk.press("f")
            await desk.types("zzz")
            assert "Importez vos lots" not in desk.screen_text()

    async def test_by_lot(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, CANCEL)
            await desk.press("f")
            await desk.types("lot 5")
            assert sorted(desk.numbers()) == list(range(1041, 1051))

    async def test_by_nir(self, practice: Practice) -> None:
        nir = sheet(1042).draft.nir
        async with at_desk(practice) as desk:
            await desk.opens(MENU, CANCEL)
            await desk.press("f3")
            await desk.types(nir)
            assert desk.numbers() == [1042, 1001]

    async def test_accents_and_capitals_are_all_one(self, empty: Practice) -> None:
        take_in(an_invoice(1001, last_name="LÉCUYER", first_name="ZOË"), an_invoice(1002))
        async with at_desk(empty) as desk:
            await desk.opens(MENU, CANCEL)
            for typed in ("lecuyer", "LÉCUYER", "zoe", "Zoë lé"):
                await desk.press("f")
                await desk.types(typed)
                assert desk.numbers() == [1001]
                await desk.press("escape")
                assert desk.numbers() == [1001, 1002]

    async def test_old_and_new_number_find_each_other(self, practice: Practice) -> None:
        cancel_invoice(sheet(1009).id, None, SOPHIE)
        async with at_desk(practice) as desk:
            await desk.opens(MENU, CANCEL)
            await desk.press("f")
            await desk.types("1061")
            assert desk.numbers() == [1009]
            assert "→1061" in desk.rows()[0]
            await desk.press("escape", "escape", "v", "f")
            await desk.types("1009")
            assert desk.numbers() == [1061]

    async def test_enter_goes_to_the_list_and_escape_clears_before_it_leaves(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, CANCEL)
            await desk.press("f")
            await desk.types("moreau")
            await desk.press("enter")
            assert desk.focus() == "InvoiceList"
            await desk.press("down")
            assert "1001" in desk.selected()
            await desk.press("escape")
            assert desk.place().endswith(CANCEL)
            assert len(desk.numbers()) > 2
            await desk.press("escape")
            assert desk.place() == "Accueil › Télétransmission"

    async def test_letters_typed_in_the_filter_do_nothing_else(self, practice: Practice) -> None:
        before = contents()
        async with at_desk(practice) as desk:
            await desk.opens(MENU, CANCEL)
            await desk.press("f")
            await desk.types("a to")
            assert desk.question() == ""
            assert desk.place().endswith(CANCEL)
        assert contents() == before


class TestSeveralReasons:
    async def test_both_codes_stand_in_the_list_and_in_the_panel(self, practice: Practice) -> None:
        take_in(an_invoice(7001), lot=70)
        answer = an_answer(an_invoice(7001), "rejected")
        more = replace(answer.rejections[0], code="0460 051", label="PRESCRIPTEUR INCONNU")
        hear(replace(answer, rejections=(*answer.rejections, more)))
        async with at_desk(practice) as desk:
            await desk.opens(MENU, CANCEL)
            await desk.selects("000007001")
            assert "0450054+" in desk.selected()
            await desk.sees("0450 054", "0460 051", "(aussi)", "À faire")


class TestPaidInPart:
    async def test_the_detail_says_what_misses(self, practice: Practice) -> None:
        invoice = an_invoice(7001)
        take_in(invoice, lot=70)
        hear(an_answer(invoice, "paid", amo_paid=1000))
        async with at_desk(practice) as desk:
            await desk.opens(MENU, CANCEL)
            await desk.selects("000007001")
            await desk.press("enter", "end")
            await desk.sees("18,90 €, payée, payé 10,00 €, il manque 8,90 €")
