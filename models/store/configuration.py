"""The practice's configuration as it is written: `cabinet.toml`, read once, and each mistake in it with its line.

Whoever installs a desk writes it by hand, and nobody looks at it again: what is misspelt is told, never passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from models.domain.disk import disk_reason
from models.domain.faults import PracticeFault
from models.reading import Unreadable, read_outside

SECTIONS: Final = {
    "carte": ("lecteur", "commande"),
    "numerotation": ("premiere_facture", "premiere_dre", "premier_lot", "dernier_lot"),
    "fichiers": ("dossiers",),
    "cabinet": ("nom",),
    "poste": ("verrou",),
    "sauvegarde": ("dossier", "quotidienne", "garder", "cle"),
    "conservation": ("facturation", "acces"),
    "impression": ("commande",),
    "chiffrement": ("cle", "trousseau"),
}
"""What may be written, and where."""

LARGEST: Final = 1 << 20
"""Bytes; TOML is slow to read."""

_PLACE: Final = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")

_MISTAKES: Final = (
    ("Cannot overwrite a value", "une clé est écrite deux fois"),
    ("Cannot declare", "une section est écrite deux fois"),
    ("Expected '='", "il manque le signe = après une clé"),
    ("Invalid initial character for a key", "une clé commence par un signe qui n’y va pas"),
    ("Invalid value", "la valeur n’en est pas une ; un texte s’écrit entre guillemets"),
    ("Unclosed array", "une liste n’est pas fermée par ]"),
    ("Unclosed inline table", "une accolade n’est pas fermée"),
    ("Unterminated string", "un texte n’est pas fermé par un guillemet"),
    ("Illegal character", "un caractère n’y va pas"),
    ("Unescaped", "une barre \\ n’y va pas ; écrivez-la deux fois"),
    ("Expected newline", "il y a trop de choses sur la ligne"),
    ("Expected ']'", "un crochet n’est pas fermé"),
    ("Invalid statement", "la ligne n’est ni une section, ni une clé et sa valeur"),
    ("Invalid date", "cette date n’existe pas"),
)
"""What the reader of TOML says, by its beginning, and what it means."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What is written: the text, to tell lines; the values of each section."""

    path: Path
    text: str
    said: dict[str, dict[str, Any]]

    def section(self, name: str) -> dict[str, Any]:
        """The values of a section; none where it is not written."""
        return self.said.get(name, {})

    def fault(self, section: str, key: str, wrong: str) -> PracticeFault:
        """What is wrong with the value of a key, with its line."""
        return _fault(self.path, _line_of(self.text, section, key), wrong)


def read_configuration(path: Path | None) -> Configuration:
    """The configuration at `path`; an empty one where there is none.

    Raises:
        PracticeFault: it cannot be read, or it says what it may not say; one sentence, with the line.
    """
    if path is None:
        return Configuration(Path(), "", {})
    try:
        data = read_outside(path, largest=LARGEST)
    except FileNotFoundError:
        return Configuration(path, "", {})
    except Unreadable as refusal:
        raise PracticeFault(f"Configuration « {path} » : {refusal}") from None
    except OSError as error:
        raise PracticeFault(f"Configuration « {path} » : {disk_reason(error).of_file}, vérifiez vos droits.") from error
    text = _decoded(path, data)
    said = _parsed(path, text)
    for name, values in said.items():
        _check_section(path, text, name, values)
    return Configuration(path, text, said)


def shown(value: object) -> str:
    """A value as it is written in the file, or what it is."""
    if isinstance(value, bool):
        return "« true »" if value else "« false »"
    if isinstance(value, (str, int, float)):
        return f"« {str(value)[:40]} »"
    if isinstance(value, list):
        return "une liste"
    return "une section" if isinstance(value, dict) else "une date"


def _decoded(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise _fault(path, line, "ce n’est pas de l’UTF-8 ; enregistrez le fichier en UTF-8") from None


def _parsed(path: Path, text: str) -> dict[str, Any]:
    import tomllib  # costs its regular expressions, and most practices have no configuration

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise _fault(path, 1, "trop de listes ou d’accolades l’une dans l’autre") from None
    except ValueError as error:  # TOMLDecodeError, or an integer of thousands of digits
        said = str(error)
        last = len(text.rstrip().split("\n"))
        place = _PLACE.search(said)
        line = min(int(place[1]), last) if place and place[1] else last
        known = (wrong for start, wrong in _MISTAKES if said.startswith(start))
        raise _fault(
            path, line, next(known, "ce n’est pas du TOML ; vérifiez guillemets, crochets et signe =")
        ) from None


def _check_section(path: Path, text: str, name: str, values: object) -> None:
    """A section that is known, written as one, and in it keys that are known."""
    if name not in SECTIONS:
        known = ", ".join(f"[{section}]" for section in SECTIONS)
        what = f"la section [{name}]" if isinstance(values, dict) else f"« {name} »"
        raise _fault(path, _line_of(text, name), f"{what} n’est pas connue ; écrivez {known}")
    if not isinstance(values, dict):
        raise _fault(path, _line_of(text, name), f"écrivez [{name}], puis une ligne pour chaque valeur")
    for key in values:
        if key not in SECTIONS[name]:
            known = ", ".join(SECTIONS[name])
            raise _fault(path, _line_of(text, name, key), f"« {key} » n’est pas connu dans [{name}] ; écrivez {known}")


def _line_of(text: str, section: str, key: str | None = None) -> int:
    """The line where a section begins, or where one of its keys is written; the nearest that is found."""
    opening = re.compile(rf"\s*\[+\s*[\"']?{re.escape(section)}[\"']?\s*\]+|\s*[\"']?{re.escape(section)}[\"']?\s*[=.]")
    naming = re.compile(rf"(?:.*[.{{\s])?[\"']?{re.escape(key or '')}[\"']?\s*=")
    begun = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if not begun and opening.match(line):
            begun = number
            if key is None:
                break
        if begun and key is not None and naming.match(line):
            return number
    return begun or 1


def _fault(path: Path, line: int, wrong: str) -> PracticeFault:
    return PracticeFault(f"Configuration « {path} », ligne {line} : {wrong}.")
