"""Telling a B2 file from a NOEMIE return by their first two records."""

import re
from typing import Literal

from models.formats.characters import trimmed
from models.formats.noemie.layout import ENTITIES

_FIRST = re.compile(rb"[^\r\n]{0,128}")


def kind_of(data: bytes) -> Literal["b2", "noemie"] | None:
    """What a file is, judged by its beginning only; None for anything else.

    A B2 names its norm in positions 66-67 of the record 000. A NOEMIE names none, but its second
    record carries entities ended by « @ » behind one continuation character.
    """
    data = trimmed(data)
    found = _FIRST.match(data)
    header = found[0] if found else b""
    if not header.startswith(b"000"):
        return None
    if header[65:67] == b"B2":
        return "b2"
    second = data[len(header) : len(header) + 200].lstrip(b"\r\n")[:128]
    entity = second[1:4].decode("latin-1")
    if second[:1] in (b"0", b"1") and entity in ENTITIES and b"@" in data[len(header) :]:
        return "noemie"
    if second[:1] == b"1" and second[1:10].isdigit():
        return "b2"
    return None
