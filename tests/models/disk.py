"""The disk, watched: what is made lasting, and when a file gets its name."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def watched_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is done to the disk meanwhile, in order."""
    done: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def lasting(descriptor: int) -> None:
        facts = os.fstat(descriptor)
        done.append("folder lasting" if stat.S_ISDIR(facts.st_mode) else f"{facts.st_size} bytes lasting")
        fsync(descriptor)

    def named(self: Path, target: Path) -> Path:
        done.append(f"named {Path(target).name}")
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", lasting)
        patch.setattr(Path, "replace", named)
        yield done
