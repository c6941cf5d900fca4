"""From the menu to the corrected, validated invoice in ten keys at most, what corrects it not counted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from models.domain.place import Practice
from models.queries.verification import breaches
from tests.models.practice import sheet
from tests.tui.desk import UNVALIDATED, Desk, at_desk
from tests.tui.test_transmitted import REJECTED
from tests.tui.ways import already_cancelled

Correction = Callable[[Desk], Awaitable[None]]


def types(value: str) -> Correction:
    """The corrected value, typed over the one that stands under the cursor."""

    async def correct(desk: Desk) -> None:
        await desk.types(value)

    return correct


async def remove_travel(desk: Desk) -> None:
    """Go to the travel line and remove it."""
    await desk.press("down", "x")


KINDS: dict[int, Correction] = {
    1008: remove_travel,
    1009: types("0"),
    1027: types("331592006"),
    1031: types("331265587"),
    1041: types("4"),
    1042: types("0"),
    1049: types("4"),
}
"""An invoice of each kind of rejection in the samples, and what corrects it."""


@pytest.mark.parametrize(("number", "correct"), KINDS.items(), ids=map(str, KINDS))
async def test_a_rejection_of_each_kind(practice: Practice, number: int, correct: Correction) -> None:
    already_cancelled(*REJECTED[: REJECTED.index(number)])  # treated in order: this one is the first that is left
    async with at_desk(practice) as desk:
        await desk.press("t", "a")
        await desk.sees(f"{number:09d}")
        assert f"{number:09d}" in desk.selected()
        await desk.press("a", "o", "c", "enter", "enter")
        await desk.sees("› Modifier")
        spent = len(desk.keys)
        await correct(desk)
        correction = desk.keys[spent:]
        await desk.press("f4")
        if desk.question() == "À vérifier avant de valider":
            await desk.press("a")
        await desk.sees("est validée, prête à transmettre")
        assert desk.place().endswith(UNVALIDATED)
        assert len(desk.keys) - len(correction) <= 10, desk.keys
    replaced_by = sheet(number).replaced_by
    assert replaced_by is not None
    assert sheet(replaced_by).state == "validated"
    assert list(breaches(practice)) == []
