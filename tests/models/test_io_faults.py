"""Any call on the disk fails once, Python's or SQLite's: the work is done, or one French sentence; never half of it.

ACCUEIL_LONG=1, where there is strace (a Debian package). What it found is held by `test_lasting.py`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import pytest

from tests.models.cuts.faults import WORKS, campaign
from tests.models.cuts.trace import STRACE

MOST: Final = 40
"""Of each call, and each way to fail."""


@pytest.mark.skipif(not os.environ.get("ACCUEIL_LONG"), reason="a campaign; test_lasting.py holds what it found")
@pytest.mark.skipif(STRACE is None, reason="strace is missing: no call on the disk can be made to fail")
@pytest.mark.parametrize("work", WORKS)
def test_whichever_call_fails_nothing_is_half_done_and_one_sentence_says_so(tmp_path: Path, work: str) -> None:
    found = campaign(work, tmp_path, MOST)
    assert not found.wrong
    assert set(found.ends) == {"done", "fault"}
