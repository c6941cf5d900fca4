"""What is typed, as values: blanks and separators go, and a wrong character is named with what to type instead.

Every limit is one of the value that comes out: a field never cuts what is typed into it.
"""

from __future__ import annotations

import re
from typing import Final

from models.formats.b2.capitals import in_capitals

_SEPARATORS: Final = re.compile(r"[\s./-]+")
"""How numbers are set apart where they are printed: blanks of any width, points, strokes, hyphens."""

AMC_LENGTH: Final = 10
"""Characters of a complementary payer's number (B2, type 2, positions 119-128)."""

_APOSTROPHES: Final = frozenset("’‘ʼ´`′")
_HYPHENS: Final = frozenset("‐‑‒–—−")
_LIKE_DIGITS: Final = {"O": "0", "Ø": "0", "I": "1", "L": "1"}
"""Capitals that are taken for a digit."""


def bare(text: str) -> str:
    """A number or a code without its blanks and separators, in capitals."""
    return _SEPARATORS.sub("", text).upper()


def unspaced(text: str) -> str:
    """What is no such number, as a quantity: without its blanks only, in capitals."""
    return "".join(text.split()).upper()


def digits(text: str, length: int) -> str:
    """A number of this many digits.

    Raises:
        ValueError: it is none; a French clause of a few words, that stands beside a field.
    """
    found = bare(text)
    wrong = next((sign for sign in found if not (sign.isascii() and sign.isdigit())), "")
    if len(found) == length and wrong in _LIKE_DIGITS:
        raise ValueError(said_of(wrong, _LIKE_DIGITS[wrong]))
    if len(found) != length or wrong:
        raise ValueError("un chiffre attendu" if length == 1 else f"{length} chiffres attendus")
    return found


def code(text: str, longest: int) -> str:
    """A number of letters and digits, as that of a complementary payer; '' where nothing is typed.

    Raises:
        ValueError: another character, or too long; a French clause.
    """
    found = bare(text)
    wrong = next((sign for sign in found if not (sign.isascii() and sign.isalnum())), "")
    if wrong:
        raise ValueError(said_of(wrong, instead_of(wrong)))
    if len(found) > longest:
        raise ValueError(f"{longest} caractères au plus")
    return found


def name(text: str, longest: int) -> str:
    """A name in capitals, its accents kept, that a lot of today can carry (latin-1).

    Raises:
        ValueError: nothing, too long, or a character that a lot does not carry; a French clause.
    """
    found = " ".join(text.split()).upper()
    if not found:
        raise ValueError("à saisir")
    wrong = next((sign for sign in found if not (sign.isprintable() and ord(sign) < 0x100)), "")
    if wrong:
        raise ValueError(said_of(wrong, instead_of(wrong)))
    if len(found) > longest:
        raise ValueError(f"{longest} lettres au plus")
    return found


def instead_of(sign: str) -> str:
    """What to type in place of a character; '' where nothing stands for it."""
    if sign in _APOSTROPHES:
        return "l’apostrophe '"
    if sign in _HYPHENS:
        return "le tiret -"
    plain = in_capitals(sign)
    return plain if plain.isascii() and plain != sign else ""


def said_of(sign: str, instead: str) -> str:
    """A wrong character, and what to type instead of it."""
    return f"« {sign} » : tapez {instead}" if instead else f"« {sign} » : à retirer"
