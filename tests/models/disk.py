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
    fsync, link = os.fsync, os.link

    def lasting(descriptor: int) -> None:
        facts = os.fstat(descriptor)
        done.append("folder lasting" if stat.S_ISDIR(facts.st_mode) else f"{facts.st_size} bytes lasting")
        fsync(descriptor)

    def named(draft: Path, target: Path, *, follow_symlinks: bool) -> None:
        done.append(f"named {Path(target).name}")
        link(draft, target, follow_symlinks=follow_symlinks)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", lasting)
        patch.setattr(os, "link", named)
        yield done
