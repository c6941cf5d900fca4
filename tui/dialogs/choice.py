"""What a dialog can be answered with: NON, OUI, OK, each by its letter or with Enter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Choice(Generic[Answer]):
    """One choice, and the answer that it gives."""

    label: str
    """What it says, its letter in parentheses where it has one."""
    answer: Answer
    """What the dialog answers when it is taken."""
    letter: str = ""
    """The key that takes it at once, in lower case; none where it is empty."""
