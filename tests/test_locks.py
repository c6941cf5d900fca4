"""The locks pin exact versions by their hashes, and name no index, no host and no path."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PIN = re.compile(r"[a-z0-9.-]+(\[[a-z,]+\])?==[0-9][0-9a-z.]*( ; .+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
COMMENT = re.compile(r"\s*#.*")


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_holds_pins_and_hashes_only(lock: str) -> None:
    lines = [line for line in (ROOT / lock).read_text().splitlines() if line]
    assert [line for line in lines if not any(kind.fullmatch(line) for kind in (PIN, HASH, COMMENT))] == []
    assert not any("/" in line for line in lines if "==" in line)
