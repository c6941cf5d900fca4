"""Which practice and who works, as typed: read before the first page, so with as little as there can be."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from typing import Final

LONGEST_NAME: Final = 60
"""Characters of an operator's name; more is a slip of the paste."""


def words(typed: str) -> str:
    """Read a text; bytes that the terminal's encoding does not know become U+FFFD."""
    return typed.encode(errors="surrogateescape").decode(errors="replace")


def operator_name(typed: str) -> str:
    """Read the name that goes to the journal.

    Raises:
        ArgumentTypeError: it is empty, or longer than `LONGEST_NAME`.
    """
    from tui.text.display import clean

    name = clean(words(typed).strip(), LONGEST_NAME + 1)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise ArgumentTypeError(f"donnez un nom de 1 à {LONGEST_NAME} caractères")
    return name


def practice_address(typed: str) -> str:
    """Read where a practice is: a file's path, or postgresql://….

    Raises:
        ArgumentTypeError: it is empty, or an address of another kind.
    """
    if not typed.strip():
        raise ArgumentTypeError("le chemin est vide")
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*)://", typed)
    if scheme and scheme[1] not in ("postgresql", "postgres", "file"):
        raise ArgumentTypeError(f"« {scheme[1]}:// » n’est pas connu (donnez un fichier ou postgresql://…)")
    if scheme and scheme[1] != "file":
        return typed
    from models.domain.faults import PracticeFault
    from tui.text.typed_path import typed_path

    try:
        return str(typed_path(typed))
    except PracticeFault:
        raise ArgumentTypeError(f"le compte de « {typed} » n’existe pas") from None
