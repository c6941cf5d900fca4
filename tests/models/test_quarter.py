"""A scripted quarter of a practice: every cent sent is in one place each day, whoever is killed on the way."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import pytest

from models.domain.place import Practice
from models.practice import close_practice, open_practice
from models.queries.verification import breaches
from tests.models.quarter.killed import live_killed
from tests.models.quarter.life import Quarter, standings
from tests.practices import copy_practice, empty_practice

LONG: Final = bool(os.environ.get("ACCUEIL_LONG"))
DAYS: Final = 90 if LONG else 12
SEEDS: Final = tuple(range(1, 21)) if LONG else (6, 13, 15)
"""In the short run, those in which most of what may happen does."""
KILLED_DAYS: Final = 90 if LONG else 3
KILLS: Final = 12 if LONG else 2
"""A day."""


@pytest.mark.parametrize("seed", SEEDS)
def test_every_cent_is_in_one_place_each_day(practice: Practice, seed: int) -> None:
    Quarter(seed, practice).play(DAYS)


def test_whoever_is_killed_on_the_way_the_quarter_comes_to_the_same(practice: Practice, tmp_path: Path) -> None:
    calm = Quarter(SEEDS[0], practice)
    calm.open_its_doors()
    for _ in range(KILLED_DAYS):
        calm.live()
    expected = standings()
    close_practice()
    quarter = Quarter(SEEDS[0], copy_practice(empty_practice(), tmp_path / "killed"))
    open_practice(quarter.practice)
    quarter.open_its_doors()
    close_practice()
    killed = sum(live_killed(quarter, KILLS) for _ in range(KILLED_DAYS))
    open_practice(quarter.practice)
    assert standings() == expected
    assert list(breaches(quarter.practice)) == []
    assert killed >= (500 if LONG else 3)
