"""The ways to a screen that several tests take, and what was done before they begin."""

from __future__ import annotations

import re
from types import ModuleType
from typing import Final

import pytest

from models.commands.cancel import Cancelled, cancel_invoice
from models.domain.faults import PracticeFault
from tests.models.practice import SOPHIE, rejected, sheet
from tests.tui.desk import CANCEL, MENU, UNVALIDATED, Desk

NO_DISK: Final = "Le disque ne répond plus : prévenez la personne qui gère le poste."


def lose_disk(patch: pytest.MonkeyPatch, flow: ModuleType, name: str) -> None:
    """From now on, the command or the query of this name that a flow calls finds no disk."""

    def lost(*_: object, **__: object) -> None:
        raise PracticeFault(NO_DISK)

    patch.setattr(flow, name, lost)


async def is_told_of_the_disk(desk: Desk) -> None:
    """It is said that the disk was lost, and that nothing was changed; read and closed."""
    assert desk.question() == "Rien n’a été changé"
    assert NO_DISK in desk.said()
    await desk.press("enter")


def already_cancelled(*numbers: int) -> list[int]:
    """Cancel these rejected invoices beforehand; the new numbers."""
    made = []
    for number in numbers:
        outcome = cancel_invoice(sheet(number).id, None, SOPHIE)
        assert isinstance(outcome, Cancelled)
        made.append(outcome.new_number)
    return made


def waiting(number: int) -> None:
    """An invoice rejected for its prescriber and cancelled: it waits under the next number, sound but for that."""
    old = rejected(number, code="0460 051")
    assert isinstance(cancel_invoice(old.id, None, SOPHIE), Cancelled)


async def stand(desk: Desk, number: int) -> None:
    """On « Annuler factures transmises », the cursor on this invoice."""
    await desk.opens(MENU, CANCEL)
    await desk.selects(f"{number:09d}")


async def asked(desk: Desk, number: int) -> None:
    """« Annuler » pressed on this invoice: OUI or NON?"""
    await stand(desk, number)
    await desk.press("a")
    assert desk.question()


async def take_up(desk: Desk, number: int) -> None:
    """« Modifier » pressed on this unvalidated invoice: OK (préparer le chargement)?"""
    await desk.opens(MENU, UNVALIDATED)
    await desk.selects(f"{number:09d}")
    await desk.press("m")


async def open_form(desk: Desk, number: int) -> None:
    """The form of this unvalidated invoice, billed in degraded mode."""
    await take_up(desk, number)
    await desk.press("enter", "d")
    await desk.sees("› Modifier", f"N° {number}")


async def go_to(desk: Desk, field: str) -> None:
    """Put the focus on this field of the form, or on its lines; test_modify.py walks there by keys."""
    desk.screen.query_one(field if field == "ActLines" else f"#field-{field}").focus()
    await desk.settled()
    assert desk.focus() == field


def amounts(desk: Desk) -> str:
    """The form's line of amounts, without those that were sent."""
    return re.sub(r" ◂ -?[0-9 ]+,[0-9]{2}", "", desk.screen_lines()[2].strip())
