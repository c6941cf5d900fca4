"""A scripted quarter of a practice: every cent sent is in one place each day, whoever is killed on the way."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from models.practice import close_practice, open_practice
from models.queries.verification import breaches
from tests.models.quarter.killed import live_killed
from tests.models.quarter.life import Quarter, standings
from tests.practices import practice_in

LONG: Final = bool(os.environ.get("ACCUEIL_LONG"))
DAYS: Final = 90 if LONG else 12
SEEDS: Final = range(1, 21 if LONG else 2)
KILLED_DAYS: Final = 90 if LONG else 5
KILLS: Final = 6 if LONG else 1
"""A day."""


@contextmanager
def opened(folder: Path, seed: int) -> Iterator[Quarter]:
    """A quarter that begins; its practice is open inside."""
    place = practice_in(folder)
    open_practice(place, create=True)
    try:
        quarter = Quarter(seed, place)
        quarter.open_its_doors()
        yield quarter
    finally:
        close_practice()


@pytest.mark.parametrize("seed", SEEDS)
def test_every_cent_is_in_one_place_each_day(tmp_path: Path, seed: int) -> None:
    with opened(tmp_path, seed) as quarter:
        for _ in range(DAYS):
            quarter.live()
            quarter.agrees()
        quarter.is_sound()


def test_whoever_is_killed_on_the_way_the_quarter_comes_to_the_same(tmp_path: Path) -> None:
    with opened(tmp_path / "calm", 1) as quarter:
        for _ in range(KILLED_DAYS):
            quarter.live()
        calm = standings()
    with opened(tmp_path / "killed", 1) as quarter:
        pass
    killed = sum(live_killed(quarter, KILLS) for _ in range(KILLED_DAYS))
    open_practice(quarter.practice)
    try:
        assert standings() == calm
        assert list(breaches(quarter.practice)) == []
        assert killed > KILLED_DAYS * KILLS // 2
    finally:
        close_practice()
