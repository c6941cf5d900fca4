"""Words and what is said of them, wrapped beside: « À faire   Demander l’attestation… »."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from rich.text import Text

from tui.terminal import pens
from tui.text import display

_CODE: Final = re.compile(r"(?:Rejet |DRE )?[0-9A-Z][0-9]{3}(?: ?[0-9]{3})?\b").match
"""A rejection's code, as the words before it have it: « 0450 054 », « DRE 1001 »."""


def word_pen(word: str) -> str:
    """What a word is written with: a rejection's code stands out from « À faire »."""
    return pens.REJECTED if _CODE(word) else pens.WORD


def entries(pairs: Iterable[tuple[str, str]], width: int, label: int, room: int | None = None) -> Text:
    """Each pair as a bold word in `label` cells, then its sentence wrapped in what is left of `width`.

    Args:
        pairs: words and sentences, as they come from data.
        width: cells in all.
        label: cells of the words.
        room: lines in all; the later sentences are shortened first, none below a line.
    """
    text = Text(no_wrap=True, overflow="ellipsis")
    for index, (word, line) in enumerate(entry_lines(pairs, width, label, room)):
        text.append("\n" if index else "")
        text.append(word, pens.style(word_pen(word)))
        text.append(line)
    return text


def entry_lines(
    pairs: Iterable[tuple[str, str]], width: int, label: int, room: int | None = None
) -> list[tuple[str, str]]:
    """The same line by line: the word in `label` cells, none where a sentence goes on, and what comes after it."""
    beside = max(width - label, 20)
    said = [(word, display.wrapped(text, beside)) for word, text in pairs]
    over = 0 if room is None else sum(len(lines) for _, lines in said) - room
    kept: list[tuple[str, str]] = []
    for word, lines in reversed(said):
        cut = min(max(over, 0), len(lines) - 1)
        over -= cut
        shown = lines[: len(lines) - cut]
        if cut:
            shown[-1] = display.shortened(shown[-1], beside)
        kept = [(display.fit(word, label), shown[0]), *(("", " " * label + line) for line in shown[1:]), *kept]
    return kept
