"""A screen that is left while it still loads ends nothing: Enter, then Escape within 15 ms, over and over."""

import os
from pathlib import Path

import pytest

from tests.terminal.test_program import opened

TIMES = 150
PAUSES = (0.0, 0.002, 0.005, 0.009, 0.015)


@pytest.mark.skipif(not os.environ.get("ACCUEIL_LONG"), reason="a campaign; test_leaving.py shows the mechanism")
@pytest.mark.parametrize("start", ["annuler", "verifier"])
def test_the_program_goes_on(base: Path, start: str) -> None:
    with opened(base, start) as session:
        session.wait_until("Échap")
        for turn in range(TIMES):
            session.press("enter")
            session.watch(PAUSES[turn % len(PAUSES)])
            session.press("escape")
            session.watch(0.03)
        session.rest()
        session.press("f1")  # on the list, or on a menu above it where two Escapes came through
        session.wait_until("Aide")
        assert session.process.poll() is None
