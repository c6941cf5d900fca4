"""Killed at any moment of any flow, alone or beside others: nothing acknowledged is lost, nothing is half done.

ACCUEIL_LONG=1 kills 10,000; `test_crash.py` dies before each statement of each command in turn.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import pytest

from tests.models.cuts.flows import FLOWS
from tests.models.cuts.kills import campaign

LONG: Final = bool(os.environ.get("ACCUEIL_LONG"))
KILLS: Final = 1000 if LONG else 3


@pytest.mark.parametrize("flow", [*FLOWS, "crowd"] if LONG else ["begin", "crowd"])
def test_whoever_is_killed_leaves_a_practice_that_holds_all_it_said(tmp_path: Path, flow: str) -> None:
    found = campaign(flow, tmp_path, KILLS, seed=11)
    assert not found.wrong
    assert found.killed >= KILLS
