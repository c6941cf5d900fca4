"""The practical pages of the caisse's memo, for the help screen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models.reference.toml_table import load_tables


@dataclass(frozen=True, slots=True)
class MemoSection:
    """One section of the memo."""

    title: str
    points: tuple[str, ...]
    addresses: tuple[str, ...]
    """Web and e-mail addresses, as text: the program opens none of them."""

    source: str
    verified: bool


@cache
def load_memo() -> tuple[MemoSection, ...]:
    """Return the sections of the memo in its order."""
    path = Path(__file__).parent / "memo.toml"
    return load_tables(path, "section", MemoSection, key=lambda section: section.title)
