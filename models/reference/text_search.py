"""Searching the way a receptionist types: without accents, without capitals, words in any order."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Reduce a text to what a search compares: no accents, no capitals, straight apostrophes."""
    if text.isascii():
        return text.casefold()
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return bare.replace("’", "'").casefold()


def contains_all(folded: str, words: tuple[str, ...]) -> bool:
    """Tell whether every folded word occurs somewhere in a folded text."""
    return all(word in folded for word in words)
