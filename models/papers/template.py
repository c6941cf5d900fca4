"""A template that the practice may change: lines of text with named fields in braces, `{patient}`.

A line is a paragraph, an empty one leaves a blank, one that begins with « # » is a remark. `{tableau}` alone on its
line is where the table stands. `{{` and `}}` are braces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import partial
from typing import Final, NamedTuple

from models.domain.faults import PracticeFault

TABLE: Final = "tableau"

_PIECE: Final = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


class TemplateName(StrEnum):
    """What is written by a template; the values are the names of the files."""

    PATIENT = "lettre-patient.txt"
    PRACTITIONER = "rejets-praticien.txt"


class Template(NamedTuple):
    """What is written, and where, for whoever has to mend it."""

    place: str
    text: str


class Filled(NamedTuple):
    """The paragraphs around the table; all of them are in `before` where the template has none."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    has_table: bool


def filled(template: Template, fields: Mapping[str, str], *, table: bool = False) -> Filled:
    """The template with its fields.

    Args:
        template: as it is written.
        fields: each by its name; one of several lines makes as many paragraphs.
        table: whether there is one to be placed.

    Raises:
        PracticeFault: a field is not known, a brace is left open; one sentence, with the line.
    """
    parts: tuple[list[str], list[str]] = [], []
    tables = 0
    for number, line in enumerate(template.text.splitlines(), start=1):
        if line.startswith("#"):
            continue
        if table and line.strip() == f"{{{TABLE}}}":
            tables += 1
            if tables > 1:
                raise _fault(template, number, f"{{{TABLE}}} ne va qu’une fois")
            continue
        said = _PIECE.sub(partial(_piece, template, number, fields, table), line)
        parts[tables].extend(said.split("\n"))
    before, after = parts
    return Filled(tuple(_trimmed(before)), tuple(_trimmed(after)), bool(tables))


def _piece(template: Template, number: int, fields: Mapping[str, str], table: bool, found: re.Match[str]) -> str:
    if found[0] in {"{{", "}}"}:
        return found[0][0]
    name = found[1]
    if name is None:
        raise _fault(template, number, f"une accolade {found[0]} est seule ; écrivez {{champ}}, ou {found[0] * 2}")
    if name in fields:
        return fields[name]
    if table and name == TABLE:
        raise _fault(template, number, f"{{{TABLE}}} va seul sur sa ligne")
    known = ", ".join(f"{{{one}}}" for one in (*fields, *((TABLE,) if table else ())))
    raise _fault(template, number, f"le champ {{{name[:40]}}} n’est pas connu ; écrivez {known}")


def _trimmed(paragraphs: list[str]) -> list[str]:
    """Without the blanks at either end."""
    first = next((at for at, text in enumerate(paragraphs) if text.strip()), len(paragraphs))
    last = next((at for at in range(len(paragraphs), first, -1) if paragraphs[at - 1].strip()), first)
    return paragraphs[first:last]


def _fault(template: Template, line: int, wrong: str) -> PracticeFault:
    return PracticeFault(f"Modèle « {template.place} », ligne {line} : {wrong}. Rien n’a été imprimé.")
