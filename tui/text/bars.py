"""Bars of characters: a length that one compares at a glance, always beside the number that it draws."""

from __future__ import annotations

from typing import Final

BLOCK: Final = "█"
ASCII_BLOCK: Final = "#"


def ink(ascii_signs: bool) -> str:
    """What a bar is made of: `#` where the terminal or the eye wants no block."""
    return ASCII_BLOCK if ascii_signs else BLOCK


def bar(value: int, largest: int, width: int, character: str) -> str:
    """A bar as long as `value` is of `largest`, in at most `width` cells; something is never drawn as nothing.

    Args:
        value: what the bar draws; nought or less draws nothing.
        largest: what fills the whole width.
        width: cells.
        character: of `ink()`, one cell wide.
    """
    if value <= 0 or largest <= 0 or width <= 0:
        return ""
    return character * max(1, min(width, value * width // largest))
