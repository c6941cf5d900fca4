r"""A path as a person types, pastes or drops it on a terminal: quoted, with backslashes, `file://…`, `~`, `$HOME`.

A terminal writes what is dropped on it as a shell needs it, `'l'\''envoi.b2'` or `mon\ envoi.b2`; a file manager copies
an address. Any of these signs may also be in a name: a file that is there as it was typed is the one that is meant.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote_to_bytes

from models.domain.faults import PracticeFault

_PIECE: Final = re.compile(r"""'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^'"\\]+)""", re.DOTALL)
_IN_FRENCH_QUOTES: Final = re.compile(r"[«“‘]\s*(.*?)\s*[»”’]", re.DOTALL)
_MARKS: Final = ("'", '"', "«", "“", "‘")
_BACKSLASHED: Final = re.compile(r"\\(.)")
_ESCAPED: Final = re.compile(r'\\(["$`\\])')
"""Inside double quotes a shell takes no other backslash away."""
_ADDRESS: Final = re.compile(r"file:(?://[^/]*)?(/.*)", re.DOTALL | re.IGNORECASE)


def typed_path(typed: str) -> Path:
    """The path that a person means: the first reading of it that is there, else the likeliest.

    Raises:
        PracticeFault: it begins with the folder of somebody unknown.
    """
    try:
        found = list(_readings(typed.strip()))
    except RuntimeError:
        raise PracticeFault(f"Aucun dossier personnel à « {typed.strip()} » : donnez le chemin en entier.") from None
    return next((path for path in found if os.path.lexists(path)), found[-1])


def _readings(typed: str) -> Iterator[Path]:
    """As it stands, then out of quotes and addresses, each with « ~ » and variables replaced; the likeliest last."""
    bare = _unquoted(typed)
    likeliest = bare if typed[:1] in _MARKS else _BACKSLASHED.sub(r"\1", typed)
    for text in (typed, _out_of_address(typed), bare, _out_of_address(bare), _out_of_address(likeliest)):
        yield Path(text)
        yield Path(os.path.expandvars(text)).expanduser()


def _unquoted(text: str) -> str:
    """What a shell makes of it, its blanks kept; as it stands where the quotes do not pair."""
    if french := _IN_FRENCH_QUOTES.fullmatch(text):
        return french[1]
    plain, place = "", 0
    while place < len(text):
        piece = _PIECE.match(text, place)
        if piece is None:
            return text
        single, double, escaped, bare = piece.groups()
        plain += _ESCAPED.sub(r"\1", double) if double is not None else single or escaped or bare or ""
        place = piece.end()
    return plain


def _out_of_address(text: str) -> str:
    """The path of a `file:` address, its bytes written as %20; any other text as it stands."""
    address = _ADDRESS.fullmatch(text)
    return text if address is None else os.fsdecode(unquote_to_bytes(address[1]))
