"""The power goes at random moments of a flow: the disk as it may then be, opened and looked at."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from models.practice import close_practice
from tests.models.cuts.disk import Disk, lay
from tests.models.cuts.flows import FLOWS, place_in
from tests.models.cuts.left import BEGIN, wrong
from tests.models.cuts.trace import Call, Replay, calls, record

HANDLES: Final = {"openat", "close", "dup", "dup2", "dup3", "lseek"}
"""What tells which file a call is about."""


NEAR: Final = 12
"""Calls."""


@dataclass
class Cuts:
    """What a campaign came to: how often the power went, to how many different disks, and what was wrong."""

    made: int = 0
    different: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    where: dict[str, str] = field(default_factory=dict)
    """The first moment of each, by the call before it."""


def made(flow: str, root: Path) -> None:
    """The folder of a flow before it is played, with nothing open."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    if flow not in BEGIN:
        (root / "cabinet").mkdir(mode=0o700)
        FLOWS[flow].make(root / "cabinet")
        close_practice()


def recorded(flow: str, root: Path, trace: Path) -> tuple[Disk, list[Call]]:
    """The disk before the flow, and the calls of the flow that change what it may hold, or what was said."""
    made(flow, root)
    disk, rehearsed = Disk(root), Replay(Disk(root))
    played = record(["tests.models.cuts.play", flow, str(root)], trace)
    assert played.returncode == 0, played.stderr
    return disk, [call for call in calls(trace) if rehearsed.tell(call) or call.name in HANDLES]


def cut(flow: str, root: Path, trace: Path, cuts: int, seed: int) -> Cuts:
    """Let the power go so many times while a flow is played."""
    disk, done = recorded(flow, root, trace)
    replay = Replay(disk)
    chance = random.Random(f"{flow} {seed}")
    moments = Counter(chance.choices(range(len(done)), _weights(done), k=cuts))
    found = Cuts()
    seen: set[bytes] = set()
    for at, call in enumerate(done):
        replay.tell(call)
        for _ in range(moments[at]):
            found.made += 1
            there = disk.cut(chance)
            digest = _digest(there, len(replay.said))
            if digest in seen:
                continue
            seen.add(digest)
            found.different += 1
            lay(there, root)
            for what in wrong(place_in(root), replay.said, create=flow in BEGIN, was_sent=chance.random() < 0.5):
                kind = what.replace(str(root), "")
                found.wrong[kind] += 1
                found.where.setdefault(kind, f"{flow}, call {at} of {len(done)}: {call.name} {call.texts[:2]!r}"[:300])
    return found


def _weights(done: list[Call]) -> list[int]:
    """How often the power goes after each call: five times as often where a name was changed just before."""
    near, weights = 0, []
    for call in done:
        near = NEAR if call.name.startswith(("rename", "link", "unlink", "mkdir")) else near - 1
        weights.append(0 if call.name in HANDLES else 5 if near > 0 else 1)
    return weights


def _digest(there: dict[str, bytes | None], said: int) -> bytes:
    """What tells two disks apart, and how much had been acknowledged."""
    found = sha256(str(said).encode())
    for path in sorted(there):
        found.update(path.encode() + b"\0" + sha256(there[path] or b"").digest())
    return found.digest()
