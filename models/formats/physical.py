"""The container both formats share: physical records of 128 characters, opened by 000, closed by 999."""

import re
from typing import Final, Literal

from models.formats.characters import LENGTH, decoded, trimmed
from models.formats.errors import ASK_AGAIN, FormatError
from models.formats.nature import nature_of
from models.formats.sniff import kind_of

A_STEP: Final = 2000
"""Records, or entities, after which a reader tells how far it is: a few times a second."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_CONTROLS = bytes((*range(0x20), *range(0x7F, 0xA0)))
"""The same: deleting them from bytes tells quickest that there are none."""
_NAMES = {"b2": "un lot B2", "noemie": "un retour NOEMIE"}
_OPEN_AS = {"b2": "importez-le comme lot", "noemie": "relevez-le comme retour"}


def physical_records(data: bytes, wanted: Literal["b2", "noemie"]) -> tuple[list[str], tuple[str, ...]]:
    """The records of a file, each of 128 characters, and what was mended on the way.

    The norm has no line ends. Those that a tool added after each record are taken off, trailing blanks
    that it stripped are put back; the padding around the file and its mark of UTF-8 are ignored.
    Control characters become spaces: nothing that could drive a terminal goes further.

    Raises:
        FormatError: Empty, foreign, truncated or over-long file, or one of the other kind.
    """
    text = decoded(trimmed(data))
    if not text:
        raise FormatError("Le fichier est vide")
    found = kind_of(data)
    if found is not None and found != wanted:
        raise FormatError(f"Ce fichier est {_NAMES[found]}, non {_NAMES[wanted]}", _OPEN_AS[found])
    if not text.startswith("000"):
        if nature := nature_of(data):
            raise FormatError(f"Ce fichier n’est pas {_NAMES[wanted]} mais {nature.what}", nature.todo)
        what = f"Ce fichier n’est pas {_NAMES[wanted]}, il ne commence pas par l’enregistrement 000"
        raise FormatError(what, "choisissez un autre fichier")
    records, warnings = _without_controls(_split(text))
    if len(text) >= 85 and records[0][82:85] != str(LENGTH):
        raise FormatError(
            f"La longueur d’enregistrement annoncée est « {records[0][82:85].strip(' ')} » au lieu de 128",
            record=1,
            positions=(83, 85),
        )
    end = next((number for number, line in enumerate(records, 1) if line.startswith("999")), None)
    if end is None:
        what = "Le fichier est tronqué, il s’arrête sans son enregistrement de fin 999"
        raise FormatError(what, record=len(records))
    if end < len(records):
        raise FormatError("Des données suivent l’enregistrement de fin 999", record=end + 1)
    return records, warnings


def _split(text: str) -> list[str]:
    """Cut at 128 characters, or at the line ends where a tool added them."""
    fixed = [text[start : start + LENGTH] for start in range(0, len(text), LENGTH)]
    if ("\n" not in text and "\r" not in text) or all(line[0].isdecimal() for line in fixed):
        return [line.ljust(LENGTH) for line in fixed]
    lines = [stripped for line in _LINE_END.split(text) if (stripped := line.rstrip(" "))]
    for number, line in enumerate(lines, 1):
        if len(line) > LENGTH:
            what = f"L’enregistrement compte {len(line)} caractères au lieu de {LENGTH}"
            raise FormatError(what, ASK_AGAIN, record=number)
    return [line.ljust(LENGTH) for line in lines]


def _without_controls(records: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """The records with control characters (C0, DEL, C1) made spaces, and one warning when there were any."""
    whole = "".join(records).encode("latin-1")
    if len(whole.translate(None, _CONTROLS)) == len(whole):
        return records, ()
    clean = [_CONTROL.sub(" ", line) for line in records]
    changed = [number for number, (old, new) in enumerate(zip(records, clean, strict=True), 1) if old != new]
    warning = (
        f"Des caractères de commande ont été remplacés par des espaces (à partir de l’enregistrement n° {changed[0]})."
    )
    return clean, (warning,)
