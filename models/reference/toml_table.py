"""Reading a TOML list of tables into frozen dataclasses, refusing with the line whatever does not fit."""

from __future__ import annotations

import datetime
import types
from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, fields
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from models.reading import Unreadable, read_outside
from models.reference.toml_blocks import Block, BlockSyntaxError, split_blocks

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    E = TypeVar("E", bound=DataclassInstance)
else:
    E = TypeVar("E")

SET_BY_LOADER = {"set_by_loader": True}
"""Metadata of a dataclass field that no file may give."""

_KIND_NAMES: dict[Any, str] = {
    str: "un texte entre guillemets",
    int: "un nombre entier, sans guillemets",
    bool: "true ou false",
    datetime.date: "une date sans guillemets, comme 2024-02-22",
}


@dataclass(frozen=True, slots=True)
class ReferenceFault:
    """What is wrong in a data file, where, and what to do about it; its text is one French sentence."""

    file: str
    """Name of the file, without its folder."""

    line: int
    """Line counted from 1; 0 when the file could not be read at all."""

    reason: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}, ligne {self.line}" if self.line else self.file
        return f"{place} : {self.reason} ; {self.remedy}."


class ReferenceFileError(Exception):
    """One of the program's own data files is faulty; its text is the fault's sentence."""

    def __init__(self, fault: ReferenceFault) -> None:
        super().__init__(str(fault))
        self.fault = fault


class EntryError(ValueError):
    """Raised by an entry's own check: the field that is wrong, why, and what to write instead."""

    def __init__(self, field: str, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.field, self.reason, self.remedy = field, reason, remedy


@dataclass(frozen=True, slots=True)
class TableReading(Generic[E]):
    """What a file gave: the entries that are sound, and the faults of those that are not."""

    entries: tuple[E, ...]
    faults: tuple[ReferenceFault, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    kind: Any
    many: bool
    choices: tuple[str, ...]
    required: bool
    closed: type[StrEnum] | None = None

    def problem(self, value: object) -> tuple[str, str] | None:
        """Return the reason and the remedy when a value does not fit, else None."""
        if self.many and type(value) is not list:
            return f"champ « {self.name} » : une liste est attendue", 'écrire par exemple ["lines", "nature"]'
        for item in value if isinstance(value, list) and self.many else [value]:
            if type(item) is not self.kind:  # not isinstance: a bool is an int, a datetime is a date
                return f"champ « {self.name} » de mauvais type", f"écrire {_KIND_NAMES[self.kind]}"
            if self.choices and item not in self.choices:
                return (
                    f"champ « {self.name} » : « {item} » inconnu",
                    f"choisir parmi {', '.join(self.choices)}",
                )
        if self.required and value == "":
            return f"champ « {self.name} » vide", "le remplir"
        return None


def read_tables(
    path: Path, table: str, kind: type[E], *, key: Callable[[E], str], siblings: tuple[str, ...] = ()
) -> TableReading[E]:
    """Read every `[[table]]` of a file, keeping the sound ones.

    Args:
        path: The file, TOML in UTF-8. It must exist.
        table: Name of the list of tables.
        kind: Frozen dataclass of an entry. A field without default is required; one marked `SET_BY_LOADER`
            cannot be given. Its `__post_init__` may raise `EntryError`.
        key: What may not occur twice in the list, as shown to the reader.
        siblings: Other lists that the same file may hold, left to their own reader.

    Returns:
        The entries in the file's order, and one fault for each refused entry.
    """
    try:
        text = read_outside(path).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return TableReading((), (_fault(path, line, "ce n’est pas de l’UTF-8", "enregistrer le fichier en UTF-8"),))
    except (OSError, Unreadable):
        return TableReading((), (_fault(path, 0, "fichier illisible", "vérifier que c’est un fichier et ses droits"),))
    entries: list[E] = []
    faults: list[ReferenceFault] = []
    seen: dict[str, int] = {}
    for block in split_blocks(text):
        if block.name in siblings:
            continue
        try:
            entry = _entry(block, table, kind)
            if entry is None:
                continue
            if (name := key(entry)) in seen:
                raise _Refusal(block.line, f"« {name} » est déjà donné ligne {seen[name]}", "n’en garder qu’un")
        except _Refusal as refusal:
            faults.append(_fault(path, refusal.line, refusal.reason, refusal.remedy))
        else:
            seen[name] = block.line
            entries.append(entry)
    return TableReading(tuple(entries), tuple(faults))


def load_tables(
    path: Path, table: str, kind: type[E], *, key: Callable[[E], str], siblings: tuple[str, ...] = ()
) -> tuple[E, ...]:
    """Read one of the program's own files, as `read_tables` does, accepting no fault.

    Raises:
        ReferenceFileError: An entry is faulty; the first fault is told.
    """
    reading = read_tables(path, table, kind, key=key, siblings=siblings)
    if reading.faults:
        raise ReferenceFileError(reading.faults[0])
    return reading.entries


class _Refusal(Exception):
    def __init__(self, line: int, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.line, self.reason, self.remedy = line, reason, remedy


def _entry(block: Block, table: str, kind: type[E]) -> E | None:
    """Make the entry of a block; None for a preamble of comments only."""
    try:
        parsed = block.parse()
    except BlockSyntaxError as error:
        raise _Refusal(error.line, "écriture TOML incorrecte", "vérifier guillemets, crochets et signe =") from error
    if not block.name and not parsed:
        return None
    held = parsed.get(table)
    if block.name != table or not isinstance(held, list) or len(parsed) > 1:
        what = f"« {block.name} » n’ouvre pas une entrée" if block.name else "ligne hors de toute entrée"
        line = block.line if block.name else min(block.key_lines.values(), default=block.line)
        raise _Refusal(line, what, f"ouvrir chaque entrée par [[{table}]]")
    values: dict[str, Any] = held[0]
    columns = _columns(kind)
    for name, value in values.items():
        if name not in columns:
            known = ", ".join(columns)
            raise _Refusal(block.line_of(name), f"champ « {name} » inconnu", f"choisir parmi {known}")
        if problem := columns[name].problem(value):
            raise _Refusal(block.line_of(name), *problem)
        if closed := columns[name].closed:
            values[name] = [closed(item) for item in value] if columns[name].many else closed(value)
        if columns[name].many:
            values[name] = tuple(values[name])
    for column in columns.values():
        if column.required and column.name not in values:
            raise _Refusal(block.line, f"champ « {column.name} » absent", "l’ajouter à cette entrée")
    try:
        return kind(**values)
    except EntryError as error:
        raise _Refusal(block.line_of(error.field), error.reason, error.remedy) from error


@cache
def _columns(kind: type[Any]) -> dict[str, _Column]:
    hints = get_type_hints(kind)
    return {f.name: _column(f, hints[f.name]) for f in fields(kind) if not f.metadata.get("set_by_loader")}


def _column(field: Field[Any], hint: Any) -> _Column:
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    many = get_origin(hint) is tuple
    if many:
        hint = get_args(hint)[0]
    closed = isinstance(hint, type) and issubclass(hint, StrEnum)
    choices = tuple(get_args(hint)) if get_origin(hint) is Literal else tuple(hint) if closed else ()
    required = field.default is MISSING and field.default_factory is MISSING
    return _Column(field.name, str if choices else hint, many, choices, required, hint if closed else None)


def _fault(path: Path, line: int, reason: str, remedy: str) -> ReferenceFault:
    return ReferenceFault(path.name, line, reason, remedy)
