"""The first line: where one is, which practice, who works there; a demonstration cannot be taken for a practice."""

from __future__ import annotations

from itertools import product

import pytest

from models.domain.place import DEMO_NAME, Practice
from tests.tui.desk import CANCEL, IMPORT, MENU, at_desk
from tui.text import places
from tui.text.title import title

PLACES = [
    value
    for name, value in vars(places).items()
    if name.isupper() and isinstance(value, tuple) and value[0] == "Accueil"
]


@pytest.mark.parametrize(
    ("place", "practice", "width", "shown"),
    [
        (places.HOME, "Cabinet DURAND CLAIRE", 80, ("Accueil", "Cabinet DURAND CLAIRE · sophie")),
        (places.CANCEL, "Cabinet DURAND CLAIRE", 80, (places.path(places.CANCEL), "Cabinet DURA… · sophie")),
        (places.VERIFY, "Cabinet DURAND CLAIRE", 80, (places.path(places.VERIFY), "sophie")),
        (places.VERIFY, DEMO_NAME, 80, (places.path(places.VERIFY), DEMO_NAME)),
        (places.VERIFY, DEMO_NAME, 90, (places.path(places.VERIFY), f"{DEMO_NAME} · sophie")),
        (places.HOME, "", 80, ("Accueil", "sophie")),
        (
            places.MODIFY,
            "Cabinet DURAND CLAIRE",
            80,
            ("… › Vérifier factures non validées › Modifier", "Cabinet DURAND CLAIRE · sophie"),
        ),
    ],
)
def test_what_fits_is_said(place: tuple[str, ...], practice: str, width: int, shown: tuple[str, str]) -> None:
    assert title(place, practice, "sophie", width) == shown


def test_on_every_screen_the_demonstration_is_named_and_the_line_is_not_overrun() -> None:
    assert len(PLACES) > 15
    for place, operator, width in product(PLACES, ("sophie", "Marie-Antoinette de La Tour du Pin"), (80, 100, 132)):
        shown = title(place, DEMO_NAME, operator, width)
        assert DEMO_NAME in shown.who, shown
        assert len(shown.place) + 2 + len(shown.who) <= width, shown
        assert shown.place.endswith(place[-1])


async def test_the_practice_is_named_after_its_first_practitioner_or_as_it_says(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        assert desk.who() == "Cabinet DURAND CLAIRE · sophie"
        await desk.opens(MENU, CANCEL)
        assert desk.who() == "Cabinet DURA… · sophie"
        await desk.resize(100, 30)
        assert desk.who() == "Cabinet DURAND CLAIRE · sophie"
    with practice.settings_file.open("a") as settings:
        settings.write('\n[cabinet]\nnom = "Les Lilas"\n')
    async with at_desk(practice) as desk:
        assert desk.who() == "Les Lilas · sophie"


async def test_a_practice_without_anybody_yet_names_who_works_there(empty: Practice) -> None:
    async with at_desk(empty) as desk:
        await desk.opens(IMPORT)
        assert desk.who() == "sophie"
