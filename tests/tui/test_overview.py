"""Bilan des rejets: the same figures as bars with their numbers beside, readable at 80 columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.commands.cancel import cancel_invoice
from models.domain.place import Practice
from models.queries.overview import Overview, overview
from models.queries.whereabouts import whereabouts
from models.reference.rejections import our_book
from tests.models.practice import SOPHIE, an_answer, an_invoice, hear, sheet, take_in
from tests.tui.desk import CANCEL, MENU, Desk, at_desk
from tui.text import display
from tui.text.bars import BLOCK, bar, ink
from tui.text.overview_lines import WIDEST, code_lines, month_lines, oldest_lines, share_lines
from tui.text.where_money_is import asked, page_lines

OVERVIEW = "Bilan des rejets"


def listed(desk: Desk) -> list[str]:
    """The lines of the list, without the cursor's mark."""
    return [line[2:] for line in desk.screen_lines() if re.match(r"[▸ ] [0-9–]", line)]


def bars(lines: Sequence[str], block: str = BLOCK) -> list[int]:
    """How long each line's bar is."""
    return [line.count(block) for line in lines]


class TestCodes:
    async def test_each_code_has_its_bar_and_its_numbers(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, OVERVIEW)
            found = overview(our_book())
            assert len(listed(desk)) == len(found.by_code) == 6
            for line, said in zip(listed(desk), found.by_code, strict=True):
                assert line.startswith(said.code)
                assert line.split()[-5:] == [
                    display.money(said.waiting_cents),
                    str(said.waiting),
                    "sur",
                    str(said.count),
                    display.day(said.oldest),
                ]
            lengths = bars(listed(desk))
            assert lengths == sorted(lengths, reverse=True)
            assert lengths[0] == 13
            assert lengths[-1] >= 1

    async def test_what_waits_stands_above_by_share(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, OVERVIEW)
            found = overview(our_book())
            assert desk.news() == f"En attente : 15 factures, {display.money(found.waiting_cents)} €"
            for line in found.by_share:
                await desk.sees(
                    f"{line.count} rejetées · {line.waiting} en attente {display.money(line.waiting_cents)}"
                )

    async def test_no_line_is_wider_than_the_screen(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, OVERVIEW)
            for key in ("c", "m", "p"):
                await desk.press(key)
                assert all(len(line) <= 80 for line in desk.screen_lines())
                assert "Retour" in desk.footer()

    async def test_the_selected_code_is_explained_and_enter_opens_its_entry(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, OVERVIEW)
            await desk.selects("0540 057")
            await desk.sees("placer chaque déplacement (IF, puis IK)")
            await desk.press("enter")
            await desk.sees("Fiche d’un rejet", "Avant de facturer Saisir l’acte d’abord")
            await desk.press("escape")
            assert desk.place().endswith(OVERVIEW)
            assert "0540 057" in desk.selected()

    async def test_a_code_unknown_here_opens_with_what_was_received_and_whom_to_ask(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, OVERVIEW)
            await desk.selects("1001")
            await desk.press("enter")
            await desk.sees("Code inconnu ici", "Interroger la complémentaire", "« N° AMC »")
            await desk.press("v")
            await desk.sees("Filtre « 1001 »")
            assert {1002, 1031} <= set(desk.numbers())

    async def test_a_rejection_without_code_opens_nothing(self, empty: Practice) -> None:
        invoice = an_invoice(1001)
        take_in(invoice)
        hear(replace(an_answer(invoice, "rejected"), rejections=()))
        async with at_desk(empty) as desk:
            await desk.opens(MENU, OVERVIEW)
            await desk.sees("(rejet reçu sans code)")
            await desk.press("enter")
            await desk.sees("Rien à ouvrir ici.")
            assert desk.place().endswith(OVERVIEW)


class TestMonths:
    @pytest.mark.parametrize("key", ["m", "f5"])
    async def test_each_month_has_its_bar_and_its_numbers(self, practice: Practice, key: str) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, OVERVIEW)
            await desk.press(key)
            (line,) = listed(desk)
            (month,) = overview(our_book()).by_month
            assert line.startswith("11/2026  █")
            assert line.endswith(f"15 {display.money(month.amount_cents):>15}")
            await desk.press("enter")
            assert desk.place().endswith(OVERVIEW)


class TestOldest:
    @pytest.mark.parametrize("key", ["p", "f6"])
    async def test_the_oldest_come_first_and_enter_opens_the_invoice(self, practice: Practice, key: str) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, OVERVIEW)
            await desk.press(key)
            found = overview(our_book())
            assert [int(line[:9]) for line in listed(desk)] == [invoice.number for invoice in found.oldest]
            assert len(found.oldest) == 10
            await desk.press("down", "enter")
            await desk.sees("Détail de la facture", display.number(found.oldest[1].number))
            await desk.press("n")
            await desk.sees("Détail de la facture", display.number(found.oldest[2].number))
            await desk.press("p", "p", "p")
            await desk.sees("C’est la première de la liste.", display.number(found.oldest[0].number))
            await desk.press("n", "n", "escape")
            assert desk.selected()[1:].split()[0] == display.number(found.oldest[2].number)

    async def test_the_amount_is_of_the_shares_that_wait(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, OVERVIEW)
            await desk.press("p")
            await desk.selects("000001002")
            assert "10,44" in desk.selected()
            assert "1001" in desk.selected()


class TestCounting:
    async def test_an_invoice_cancelled_meanwhile_waits_no_more(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, OVERVIEW)
            await desk.selects("0540 057")
            assert "2 sur 2" in desk.selected()
            await desk.press("escape")
            cancel_invoice(sheet(1008).id, None, SOPHIE)
            await desk.opens(OVERVIEW)
            await desk.selects("0540 057")
            assert "1 sur 2" in desk.selected()

    async def test_a_practice_without_rejection_says_so(self, empty: Practice) -> None:
        async with at_desk(empty) as desk:
            await desk.opens(MENU, OVERVIEW)
            await desk.sees("En attente : 0 facture, 0,00 €", "Aucun rejet reçu.")
            for key in ("m", "p", "enter", "c"):
                await desk.press(key)
            await desk.sees("Aucun rejet reçu.")

    async def test_where_nothing_waits_any_more_the_oldest_say_so(self, empty: Practice) -> None:
        invoice = an_invoice(1001)
        take_in(invoice)
        hear(an_answer(invoice, "rejected"))
        cancel_invoice(sheet(1001).id, None, SOPHIE)
        async with at_desk(empty) as desk:
            await desk.opens(MENU, OVERVIEW)
            await desk.sees("0 sur 1")
            assert bars(listed(desk)) == [0]
            await desk.press("p")
            await desk.sees("Aucune facture rejetée n’attend.")

    async def test_the_menu_keeps_its_letters(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU)
            letters = re.findall(r"^[▸ ] (\w)  ", desk.screen_text(), re.M)
            assert len(letters) == len(set(letters))
            await desk.press("b")
            assert desk.place().endswith(OVERVIEW)
            await desk.press("escape", "a")
            assert desk.place().endswith(CANCEL)


class TestBars:
    @given(st.integers(-10, 10**9), st.integers(-10, 10**9), st.integers(-5, 200))
    def test_a_bar_fits_and_something_is_never_drawn_as_nothing(self, value: int, largest: int, width: int) -> None:
        drawn = bar(value, largest, width, "#")
        assert set(drawn) <= {"#"}
        assert len(drawn) <= max(width, 0)
        assert bool(drawn) == (value > 0 and largest > 0 and width > 0)

    @given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 80))
    def test_more_is_never_shorter(self, one: int, other: int, width: int) -> None:
        small, large = sorted((one, other))
        assert len(bar(small, large, width, "#")) <= len(bar(large, large, width, "#"))
        assert large == 0 or len(bar(large, large, width, "#")) == width

    @pytest.mark.parametrize(("asked", "block"), [(True, "#"), (False, "█")])
    def test_ascii_is_drawn_where_the_terminal_asks(self, asked: bool, block: str) -> None:
        assert ink(asked) == block

    async def test_the_screen_draws_in_ascii_where_it_is_asked(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            desk.app.ascii_signs = True
            await desk.opens(MENU, OVERVIEW)
            assert bars(listed(desk), "#")[0] == 13
            assert BLOCK not in desk.screen_text()

    @pytest.mark.parametrize("width", [10, 40, 78, 80, 132, 250])
    def test_lines_fill_the_width_that_there_is(self, practice: Practice, width: int) -> None:
        found: Overview = overview(our_book())
        tables = (
            code_lines(found.by_code, width, "#"),
            month_lines(found.by_month, width, "#"),
            oldest_lines(found.oldest, width, "#"),
        )
        width = min(width, WIDEST)
        for lines in tables:
            assert {len(line) for line in (lines.heading, *lines.rows)} == {width}
            assert width < 78 or "…" not in lines.heading
        assert {len(line) for line in share_lines(found.by_share, width, "#")} == {width}


async def test_a_window_too_small_is_no_crash(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU, OVERVIEW)
        for key in ("c", "m", "p"):
            await desk.press(key)
            await desk.pilot.resize_terminal(20, 8)
            await desk.sees("Fenêtre trop petite")
            await desk.pilot.resize_terminal(132, 40)
            await desk.sees("Retour")


class TestLessons:
    async def test_each_page_has_its_bars_and_numbers_and_says_what_is_too_few(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, OVERVIEW)
            await desk.press("n")
            await desk.sees("› Enseignements", "Acceptées d’emblée : 68 %, 33 sur 48 factures", "CPAM Bordeaux")
            await desk.press("r")
            await desk.sees("Montant", "0460 051", "Aucune n’est encore payée, ni abandonnée.")
            await desk.press("enter")
            await desk.sees("› Fiche d’un rejet", "PRESCRIPTEUR INCONNU")
            await desk.press("escape", "c")
            await desk.sees("Aucun conseil n’a été passé outre.")
            await desk.press("m")
            await desk.sees("11/2026", "68 %", "33 sur 48")
            assert all(len(line) <= 80 for line in desk.screen_lines())


async def test_where_the_money_is_stands_behind_the_overview_and_says_what_the_verb_says(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU, OVERVIEW)
        assert "O/F3 Argent" in desk.footer()
        assert "Échap Retour" in desk.footer()
        await desk.press("o")
        found = whereabouts()
        await desk.sees("Bilan des rejets › Où est l’argent", asked(found))
        assert [line for line in page_lines(found, 78, ink(False)) if line not in desk.screen_lines()] == []
        await desk.press("e")
        assert desk.question() == "Exporté"
        await desk.press("enter", "escape")
        assert desk.place().endswith(OVERVIEW)
    (file,) = practice.exports.iterdir()
    assert len(file.read_text(encoding="utf-8-sig").splitlines()) == len(found.places) + 1
