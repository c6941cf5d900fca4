"""Where ASCII is asked for, no sign of any screen is anything else: letters alone keep their accents."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from unicodedata import category

import pytest
from rich.cells import cell_len

from tui.terminal.cells import IN_ASCII

PICTURES = sorted((Path(__file__).parents[2] / "screenshots").glob("*.svg"))


def signs(text: str) -> set[str]:
    """What is neither ASCII nor a letter."""
    return {sign for sign in text if not (sign.isascii() or category(sign)[0] in "LM")}


def test_no_screen_of_the_guide_shows_another_sign() -> None:
    shown = "".join(
        unescape(text) for path in PICTURES for text in re.findall(r">([^<>]+)</text>", path.read_text("utf-8"))
    )
    assert {"›", "…", "·", "’", "°"} <= signs(shown), "the pictures hold the screens' text"
    assert signs(shown.translate(IN_ASCII)) == set()


@pytest.mark.parametrize("text", ["½ ² ³ ℮ ‰ § ¶ © ® ‽ ♥ 🙂 ⅓ ™ ﬁ", "n° 1001 · 43,32 €…", "› • – — « OUI » ▸ → ✗ ·"])
def test_what_a_file_brings_keeps_its_cells(text: str) -> None:
    told = text.translate(IN_ASCII)
    assert (signs(told), cell_len(told)) == (set(), cell_len(text))


def test_letters_stay() -> None:
    assert "Échap : élève, œuvre, ÿ".translate(IN_ASCII) == "Échap : élève, œuvre, ÿ"
