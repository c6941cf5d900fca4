"""A name, a number, a code typed where letters act: a text goes into the filter, and changes nothing."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from typing import Any

import pytest

from models.domain.place import Practice
from tests.models.practice import CARE_DAY, contents
from tests.tui.desk import CANCEL, MENU, UNVALIDATED, Desk, at_desk
from tests.tui.test_advice import ADVICE
from tests.tui.test_keys import DETAIL, FORM, go
from tests.tui.ways import already_cancelled, asked
from tui.app import AccueilApp
from tui.dialogs.advice import AdviceDialog
from tui.dialogs.amc import AmcDialog
from tui.dialogs.attestation import AttestationDialog
from tui.dialogs.confirm import Confirm
from tui.dialogs.dialog import Dialog
from tui.dialogs.numbering import NumberingProposal
from tui.dialogs.resume import Resume
from tui.dialogs.settle import SettleAnswer, SettleLot, SettleReturn
from tui.dialogs.vitale import VitaleStep
from tui.text.sentences import CAPITALS

TEXTS = (
    "casanova orso",
    "orso",
    "vidal oriane",
    "moreau jacques",
    "rolland",
    "durand odile",
    "k d o",
    "DUPONT-OROZCO",
    "2 85 05 75 116 023",
    "0460 051",
    "1009",
    "voo",
    "aaron",
)
"""What a receptionist or a scanner types; the last ones made so that their letters would do the worst."""

PACES = (0.02, 0.08, 0.2, 0.4)


def texts() -> list[tuple[str, float]]:
    """A few of them; 2,000 invented names where ACCUEIL_LONG asks for it."""
    if not os.environ.get("ACCUEIL_LONG"):
        return [(text, PACES[number % 4]) for number, text in enumerate(TEXTS)]
    dice = random.Random(10)
    names = ["".join(dice.choices("aaoovvrrddtmckenlpjxhb ", k=dice.randint(2, 14))) for _ in range(2000)]
    return [(name, pace) for name in (*TEXTS, *names) for pace in PACES]


async def leave_typing(desk: Desk, screen: str) -> None:
    """Back on the screen, nothing open."""
    for _ in range(8):
        await desk.press("escape")
    await go(desk, screen)


@pytest.mark.parametrize("screen", [*AccueilApp.SCREENS, FORM, DETAIL])
async def test_a_text_typed_on_a_screen_changes_nothing(practice: Practice, screen: str) -> None:
    already_cancelled(1009)
    async with at_desk(practice) as desk:
        await go(desk, screen)
        before = contents()
        for text, pace in texts()[:: 1 if os.environ.get("ACCUEIL_LONG") else 7]:
            await desk.types(text, pace)
            await desk.press("enter")
            await desk.rests()
            assert contents() == before, text
            if not desk.app.is_running:
                return  # Q of the first menu


@pytest.mark.parametrize("pace", PACES)
async def test_on_annuler_factures_transmises_it_opens_the_filter_with_all_of_it(
    practice: Practice, pace: float
) -> None:
    before = contents()
    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        for text in TEXTS:
            await desk.types(text, pace)
            await desk.rests()
            assert (desk.question(), desk.focus()) == ("", "filter"), text
            assert desk.value() == text
            await desk.press("escape")
        assert contents() == before


async def test_the_order_that_its_first_letter_changed_comes_back(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        await desk.types("tardieu")
        assert desk.value() == "tardieu"
        await desk.press("escape")
        assert "tri" not in desk.news()


NAMES = (
    *("amar", "moreau", "oriane vo", "casanova orso", "durand odile", "jolly", "le bras", "navarro"),
    *("chaoui", "martin ali", "diallo koffi", "raoul penaud"),
)
"""Names that begin with, or hold, the letters by which questions are answered."""

DIALOGS: dict[str, Callable[[], Dialog[Any]]] = {
    "oui ou non": lambda: Confirm("Annuler ?", ("DUPONT",)),
    "advice": lambda: AdviceDialog((ADVICE,)),
    "degraded": lambda: VitaleStep(("DUPONT",), card_first=False),
    "card": lambda: VitaleStep(("DUPONT",), card_first=True),
    "lot": lambda: SettleLot(3, ("Lot 003",)),
    "answer": lambda: SettleAnswer(("DUPONT",), takeable=True),
    "return": lambda: SettleReturn(("retour.noe",)),
    "amc": lambda: AmcDialog("DRE", ("DUPONT",), "0077570001"),
    "attestation": lambda: AttestationDialog("0", CARE_DAY),
    "resume": lambda: Resume("Reprendre ?", ("DUPONT",)),
    "numbers": lambda: NumberingProposal(("lots de 700 à 999",)),
}
"""The questions by whose answer something is written."""


@pytest.mark.parametrize("over", ["cancel", "overview"])
async def test_a_name_and_enter_typed_while_a_question_stands_write_nothing(practice: Practice, over: str) -> None:
    """Whether the screen below has a filter or not; also after the question has stood a while."""
    names = NAMES if not os.environ.get("ACCUEIL_LONG") else [text for text, pace in texts() if pace == PACES[0]]
    async with at_desk(practice) as desk:
        await go(desk, over)
        for number, (kind, make) in enumerate(DIALOGS.items()):
            for turn, name in enumerate(names if os.environ.get("ACCUEIL_LONG") else names[number % 6 :: 6]):
                pace = PACES[(number + turn) % 4]
                dialog = make()
                desk.screen.begin(desk.screen.ask(dialog))
                await desk.settled()
                await desk.rests()
                await desk.types(name, pace)
                desk.clock.passes(pace)
                desk._send("enter")
                await desk.settled()
                await desk.rests()
                writes = [choice.answer for choice in dialog.choices if choice.writes]
                given = dialog.answer.result() if dialog.answer.done() else dialog.safe_answer
                assert given not in writes, (kind, name, pace)
                assert given is dialog.safe_answer or not isinstance(given, str), (kind, name, pace)
                while desk.dialog() is not None:
                    await desk.press("escape")


@pytest.mark.parametrize("pace", PACES)
async def test_while_oui_or_non_stands_no_text_says_oui(practice: Practice, pace: float) -> None:
    before = contents()
    async with at_desk(practice) as desk:
        for text in ("orso", "chaoui", "oo ", "xo", "oui"):
            await asked(desk, 1042)
            await desk.types(text, pace)
            await desk.rests()
            assert contents() == before, text
            for _ in range(4):
                await desk.press("escape")


async def test_pasted_while_oui_or_non_stands_answers_nothing(practice: Practice) -> None:
    before = contents()
    async with at_desk(practice) as desk:
        await asked(desk, 1042)
        question = desk.question()
        for text in ("o", "oui", "Bonjour,\noui, bien reçu.\n"):
            await desk.pastes(text)
            await desk.rests()
        assert desk.question() == question != ""
        assert contents() == before


async def test_pasted_on_a_list_it_is_what_one_looks_for(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        await desk.pastes("moreau\n")
        assert (desk.focus(), desk.value()) == ("filter", "moreau")


class TestOui:
    async def test_within_half_a_second_of_the_question_it_is_not_heard(self, practice: Practice) -> None:
        before = contents()
        async with at_desk(practice) as desk:
            await desk.opens(MENU, CANCEL)
            await desk.selects("000001042")
            for keys in (("f4", "o"), ("f4", "right", "enter")):
                for key in keys:
                    desk.clock.passes(0.05)
                    desk._send(key)
                    await desk.settled()
                await desk.rests()
                assert desk.question() == "Annuler la facture n° 1042 ?"
                await desk.press("escape")
            assert contents() == before

    async def test_at_rest_it_is_marked_at_once_and_said_after(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await asked(desk, 1042)
            desk.clock.passes(1)
            desk._send("o")
            await desk.settled()
            assert (desk.focus(), desk.question()) == ("OUI (O)", "Annuler la facture n° 1042 ?")
            await desk.rests()
            assert desk.question() == "La facture n° 1042 devient la facture n° 1061"

    @pytest.mark.parametrize("key", ["escape", "left", "enter", "x"])
    async def test_any_other_key_takes_it_back(self, practice: Practice, key: str) -> None:
        before = contents()
        async with at_desk(practice) as desk:
            await asked(desk, 1042)
            desk.clock.passes(1)
            for pressed in ("o", key):
                desk._send(pressed)
                await desk.settled()
            await desk.rests()
            assert contents() == before


class TestCapitals:
    async def test_a_letter_that_shows_or_asks_acts_alike(self, practice: Practice) -> None:
        async with at_desk(practice) as desk:
            await desk.opens(MENU, CANCEL)
            await desk.selects("000001042")
            await desk.press("T")
            assert "tri : date" in desk.news()
            await desk.press("F")
            assert desk.focus() == "filter"
            await desk.press("escape")
            await desk.selects("000001042")
            await desk.press("A")
            assert desk.question() == "Annuler la facture n° 1042 ?"
            await desk.press("N")
            assert desk.question() == ""

    async def test_oui_says_that_the_capitals_are_on(self, practice: Practice) -> None:
        before = contents()
        async with at_desk(practice) as desk:
            await asked(desk, 1042)
            await desk.press("O")
            assert (desk.question(), desk.news()) == ("Annuler la facture n° 1042 ?", CAPITALS)
            assert contents() == before

    async def test_valider_says_so_too(self, practice: Practice) -> None:
        already_cancelled(1009)
        before = contents()
        async with at_desk(practice) as desk:
            await desk.opens(MENU, UNVALIDATED)
            await desk.press("V")
            assert desk.news() == CAPITALS
            assert contents() == before
