"""From here on an anchor stands beside the practice; its tables stay, their number says that it should be there."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, db: Any) -> None:
    """Change nothing: see `models.store.stamp.ANCHORED`."""
