"""« À vérifier avant de valider »: C corrects, the other letters say that they validate, early keys do nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from models.checks.finding import Finding
from models.domain.findings import CheckName, FindingLevel
from models.domain.place import Practice
from tests.tui.desk import Desk, at_desk
from tui.dialogs.advice import AdviceDialog
from tui.dialogs.dialog import INSIDE

ADVICE = Finding(
    CheckName.SAME_REJECTION, FindingLevel.ADVICE, "prescriber", "Rien n’a changé de ce que vise le rejet.", "guide"
)


@asynccontextmanager
async def advised(practice: Practice) -> AsyncIterator[tuple[Desk, AdviceDialog]]:
    """The question over a list."""
    async with at_desk(practice, screen="annuler") as desk:
        dialog = AdviceDialog(
            (ADVICE, ADVICE), known={ADVICE.check: "déjà passé outre 4 fois, 3 rejetées sur 4 réponses"}
        )
        desk.screen.begin(desk.screen.ask(dialog))
        await desk.settled()
        yield desk, dialog


async def test_every_choice_says_whether_it_validates(practice: Practice) -> None:
    async with advised(practice) as (desk, dialog):
        assert [choice.label for choice in dialog.choices] == [
            "Corriger (C)",
            "Valider (A)",
            "Valider (J)",
            "Valider (O)",
        ]
        await desk.sees(
            "Déjà passé outre 4 fois, 3 rejetées sur 4 réponses.",
            "C corrige. Les autres lettres valident quand même, avec ce motif :",
            "A attestation vue · J caisse jointe · O ordonnance vue · M autre",
            "M autre motif, Entrée valide",
        )
        assert dialog.size.width == INSIDE + 4
        assert all(choice.label in desk.screen_lines()[dialog.region.bottom - 1] for choice in dialog.choices)


@pytest.mark.parametrize(
    ("keys", "reason", "given_up"),
    [
        ("c", None, False),
        ("C", None, False),
        ("enter", None, False),
        ("escape", None, True),
        ("a", "Attestation vue", False),
        ("j", "Caisse jointe", False),
        ("o", "Ordonnance vue", False),
        ("right enter", "Attestation vue", False),
    ],
)
async def test_what_each_key_answers(practice: Practice, keys: str, reason: str | None, given_up: bool) -> None:
    async with advised(practice) as (desk, dialog):
        await desk.press(*keys.split())
        assert dialog.answer.result() == reason
        assert dialog.given_up is given_up


async def test_another_reason_is_typed_after_m_and_its_letters_choose_nothing(practice: Practice) -> None:
    async with advised(practice) as (desk, dialog):
        await desk.press("m", "enter")
        assert not dialog.answer.done()
        await desk.types("caisse  jointe à 10 h ")
        await desk.press("enter")
        assert dialog.answer.result() == "caisse jointe à 10 h"


@pytest.mark.parametrize("typed", ["a", "j", "o", ["right", "enter"]])
async def test_keys_typed_before_it_is_seen_validate_nothing(practice: Practice, typed: str | list[str]) -> None:
    async with at_desk(practice, screen="annuler") as desk:
        dialog = AdviceDialog((ADVICE,))
        desk.screen.begin(desk.screen.ask(dialog))
        while not dialog.is_attached:
            await asyncio.sleep(0)
        for key in typed:
            desk._send(key)
        desk.clock.passes(0.1)  # the question comes after
        await desk.settled()
        assert not dialog.answer.done()
        assert desk.focus() == "Corriger (C)"
        assert dialog.query_one("#reason").has_focus is False
        await desk.press("c")
        assert dialog.answer.result() is None


async def test_a_text_typed_before_it_is_seen_gives_it_up_and_validates_nothing(practice: Practice) -> None:
    async with at_desk(practice, screen="annuler") as desk:
        dialog = AdviceDialog((ADVICE,))
        desk.screen.begin(desk.screen.ask(dialog))
        while not dialog.is_attached:
            await asyncio.sleep(0)
        for key in ("m", "v", "u", "enter"):
            desk._send(key)
        await desk.settled()
        assert dialog.answer.result() is None, "as C or Escape answers: to correct"


async def test_m_alone_leads_to_the_reason_and_m_in_a_name_does_not(practice: Practice) -> None:
    async with advised(practice) as (desk, dialog):
        await desk.types("moreau", 0.2)
        await desk.rests()
        assert (dialog.answer.done(), dialog.fields[0].value) == (False, "")
        await desk.press("m")
        await desk.types("vu au téléphone", 0.05)
        desk.clock.passes(0.05)
        desk._send("enter")
        await desk.settled()
        assert dialog.answer.result() == "vu au téléphone"


async def test_what_the_letters_mean_is_in_sight_however_much_is_advised(practice: Practice) -> None:
    many = tuple(replace(ADVICE, message=f"Mêmes actes que la facture n° {number}, en cours.") for number in range(20))
    async with at_desk(practice, screen="annuler") as desk:
        desk.screen.begin(desk.screen.ask(AdviceDialog(many)))
        await desk.settled()
        await desk.sees("A attestation vue · J caisse jointe · O ordonnance vue", "la suite", "Valider (O)")
