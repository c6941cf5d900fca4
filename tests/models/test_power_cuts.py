"""The power goes at any moment of any flow: the disk as it may then be holds all that was acknowledged, and is sound.

ACCUEIL_LONG=1 cuts 10,000 times, where there is strace (a Debian package): it records each call on the disk. What it
found is held by `test_lasting.py`; here the disk that is cut is itself held to what it promises.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from tests.models.cuts.disk import Disk
from tests.models.cuts.flows import FLOWS
from tests.models.cuts.power import cut
from tests.models.cuts.trace import STRACE

CUTS: Final = 1112
"""Of each flow."""

Found = set[tuple[tuple[str, bytes | None], ...]]


@pytest.mark.skipif(not os.environ.get("ACCUEIL_LONG"), reason="a campaign; test_lasting.py holds what it found")
@pytest.mark.skipif(STRACE is None, reason="strace is missing: no call on the disk can be recorded")
@pytest.mark.parametrize("flow", FLOWS)
def test_a_power_cut_at_any_moment_leaves_all_that_was_acknowledged(tmp_path: Path, flow: str) -> None:
    found = cut(flow, tmp_path / "disk", tmp_path / "trace", CUTS, seed=11)
    assert not found.wrong, found.where
    assert found.made == CUTS


def left(tmp_path: Path, calls: Callable[[Disk, str], None]) -> Found:
    """What may be found after these calls on a disk that holds « a » with two pages of « 0 »."""
    (tmp_path / "a").write_bytes(b"0" * 8192)
    disk = Disk(tmp_path)
    calls(disk, str(tmp_path))
    chance = random.Random(1)
    return {tuple(sorted(disk.cut(chance).items())) for _ in range(300)}


def test_what_was_made_lasting_is_there(tmp_path: Path) -> None:
    def calls(disk: Disk, root: str) -> None:
        node = disk.node(f"{root}/a")
        made = disk.make(f"{root}/b")
        folder = disk.node(root)
        assert node is not None
        assert made is not None
        assert folder is not None
        disk.write(node, 0, b"1" * 8192)
        disk.sync(node)
        disk.write(made, 0, b"2")
        disk.sync(made)  # with the name with which it was made
        disk.rename(f"{root}/b", f"{root}/c")
        disk.sync(folder)

    assert left(tmp_path, calls) == {(("a", b"1" * 8192), ("c", b"2"))}


def test_of_what_was_not_anything_may_be(tmp_path: Path) -> None:
    def pages(disk: Disk, root: str) -> None:
        node = disk.node(f"{root}/a")
        assert node is not None
        disk.write(node, 0, b"1" * 8192)

    found = {content for files in left(tmp_path, pages) for _, content in files if content is not None}
    assert {first + second for first in (b"0" * 4096, b"1" * 4096) for second in (b"0" * 4096, b"1" * 4096)} < found
    assert any(0 < content[:4096].count(b"1") < 4096 for content in found), "a page is torn"

    def names(disk: Disk, root: str) -> None:
        disk.make(f"{root}/b")
        disk.rename(f"{root}/b", f"{root}/a")
        disk.unlink(f"{root}/a")

    assert {tuple(name for name, _ in files) for files in left(tmp_path, names)} == {("a",), ("a", "b"), ()}
