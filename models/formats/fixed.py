"""Records of fixed positions: the engine that reads and writes what the layouts declare."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Literal

from models.domain.content import KeptZones
from models.formats.errors import FormatError

Kind = Literal["NO", "NF", "AO", "AF"]
"""Numeric or text, obligatory or facultative: the columns `type` and `presence` of the layouts."""

Value = str | int | date | None

_CORSICAN = r"2[AB]\d{7}"
"""The number of an establishment of Corsica as it is printed. Source: SFG FIDES ACE v06.08, page 320."""

_UNWRITABLE = re.compile("[^\x20-\x7e\xa0-\xff]")
"""What is not a printable latin-1 character."""


@dataclass(frozen=True, slots=True)
class Field:
    """One zone of a record."""

    name: str
    start: int
    """First position, from 1."""
    length: int
    kind: Kind
    default: str = ""
    """What is written when nothing is said; blanks or zeros when empty, as the kind wants."""
    corsican: bool = False
    """Of a number: whether the letter of a Corsican establishment is taken too, 2A0002689 where 200102689 is due."""

    @property
    def end(self) -> int:
        """Last position, from 1."""
        return self.start + self.length - 1

    @property
    def numeric(self) -> bool:
        """Whether the zone holds digits only."""
        return self.kind[0] == "N"

    @property
    def required(self) -> bool:
        """Whether the layout calls the zone obligatory."""
        return self.kind[1] == "O"

    @property
    def blank(self) -> str:
        """The whole zone as it is written when nothing is said."""
        if self.numeric and (self.default or self.required):
            return self.default.zfill(self.length)
        return self.default.ljust(self.length)

    def pack(self, value: Value) -> str:
        """The whole zone, numbers to the right on zeros, text to the left on blanks.

        Raises:
            ValueError: The value does not fit; its text is a French clause.
        """
        return self.blank if value is None or value == "" else _packed(value, self.length, self.numeric, self.corsican)

    def pack_raw(self, text: str) -> str:
        """The whole zone from text kept as received.

        Raises:
            ValueError: The text does not fit; its text is a French clause.
        """
        return _packed_raw(text, self)


class Record:
    """The layout of one type of record or entity, with its slices cut once."""

    def __init__(self, kind: str, fields: Iterable[Field]) -> None:
        """Take the zones in order.

        Args:
            kind: The type as people name it: « 4 », « 2B », « 294 ».
            fields: Every zone, contiguous from position 1.

        Raises:
            ValueError: A gap or an overlap: a mistake in the layout itself.
        """
        self.kind = kind
        self.fields = tuple(fields)
        self.by_name = {field.name: field for field in self.fields}
        self.names = tuple(self.by_name)
        self.length = 0
        for field in self.fields:
            if field.start != self.length + 1:
                raise ValueError(f"layout {kind}: {field.name} starts at {field.start}")
            self.length = field.end
        self.minimum = max(f.start for f in self.fields if f.required)
        """The least length of an entity that drops its last facultative zones."""
        self._blanks = tuple(field.blank for field in self.fields)
        self._places = {
            field.name: (place, field.length, field.numeric, field.corsican) for place, field in enumerate(self.fields)
        }
        self.cuts = {field.name: slice(field.start - 1, field.end) for field in self.fields}

    @cached_property
    def _sound(self) -> re.Pattern[str]:
        """Made at the first record that is read: the screens start without reading any."""
        return re.compile("".join(map(_pattern, self.fields)), re.ASCII | re.DOTALL)

    def rest(self, *modelled: str) -> KeptZones:
        """The zones that no attribute models, each with what is written by default."""
        missing = set(modelled) - set(self.names)
        if missing:
            raise ValueError(f"layout {self.kind}: no zone {sorted(missing)}")
        return tuple((field.name, field.blank) for field in self.fields if field.name not in modelled)

    def cutter(self, *names: str) -> Callable[[str], tuple[str, ...]]:
        """What cuts two or more zones out of a record at once, each as it stands there."""
        return itemgetter(*(self.cuts[name] for name in names))

    def accepts(self, text: str) -> bool:
        """Whether every numeric zone of a record is sound."""
        return self._sound.fullmatch(text) is not None

    def unpack(self, text: str, number: int) -> "Zones":
        """Cut a record into its zones.

        Args:
            text: The whole record, of the layout's length.
            number: Its physical number, for the messages.

        Raises:
            FormatError: A numeric zone holds something else than digits, or an obligatory one is blank.
        """
        if self._sound.fullmatch(text) is None:
            self._blame(text, number)
        return Zones(number, self, text)

    def _blame(self, text: str, number: int) -> None:
        """Name the first zone that is not sound."""
        for field in self.fields:
            raw = text[field.start - 1 : field.end]
            if re.fullmatch(_pattern(field), raw, re.ASCII | re.DOTALL) is None:
                what = f"« {raw.strip(' ')} » n’est pas un nombre" if raw.strip(" ") else "Un nombre manque"
                where = (field.start, field.end)
                raise FormatError(what, record=number, kind=self.kind, positions=where)
        raise FormatError("La longueur n’est pas celle attendue", record=number, kind=self.kind)

    def pack(self, values: Mapping[str, Value], raw: Mapping[str, str] | None = None, where: str = "") -> str:
        """Write a record of the layout's length.

        Args:
            values: What to write, by zone name; the others get their default.
            raw: Zones to write exactly as they were received; they win over `values`.
            where: What is being written, in French, for the messages.

        Raises:
            FormatError: A value does not fit its zone, or cannot be transmitted in latin-1.
        """
        kept = raw or {}
        parts, places = list(self._blanks), self._places
        try:
            for name, value in values.items():
                if value is not None and value != "" and name in places and name not in kept:
                    place, length, numeric, corsican = places[name]
                    parts[place] = _packed(value, length, numeric, corsican)
            for name, text in kept.items():
                if name in places:
                    parts[places[name][0]] = _packed_raw(text, self.by_name[name])
        except ValueError:
            self._refuse(values, kept, where)
        return "".join(parts)

    def _refuse(self, values: Mapping[str, Value], kept: Mapping[str, str], where: str) -> None:
        """Name the first zone whose value does not fit."""
        for field in self.fields:
            try:
                if field.name in kept:
                    field.pack_raw(kept[field.name])
                else:
                    field.pack(values.get(field.name))
            except ValueError as error:
                raise FormatError(
                    str(error),
                    "corrigez cette valeur avant de former le fichier",
                    where=where,
                    kind=self.kind,
                    positions=(field.start, field.end),
                ) from None


class Zones:
    """One record that was read: its zones, already known to be sound, cut and made values as they are asked for."""

    __slots__ = ("number", "record", "whole")

    def __init__(self, number: int, record: Record, whole: str) -> None:
        """Hold record `number`, of the layout's length."""
        self.number = number
        self.record = record
        self.whole = whole

    def raw(self, name: str) -> str:
        """The zone as it was received."""
        return self.whole[self.record.cuts[name]]

    def text(self, name: str) -> str:
        """The zone without the blanks around it."""
        return self.whole[self.record.cuts[name]].strip(" ")

    def integer(self, name: str) -> int:
        """The number; 0 when a facultative zone is blank."""
        raw = self.whole[self.record.cuts[name]]
        return 0 if raw.isspace() else int(raw)

    def unless_zero(self, name: str) -> str:
        """The text, '' when it is blank or all zeros."""
        return unless_zero(self.whole[self.record.cuts[name]])

    def day(self, name: str) -> date:
        """The date AAMMJJ, in the years 2000.

        Raises:
            FormatError: No such day.
        """
        found = self.day_or_none(name)
        if found is None:
            raise self.error("Une date manque", name)
        return found

    def day_or_none(self, name: str) -> date | None:
        """The date AAMMJJ, None when blank or zeros.

        Raises:
            FormatError: No such day.
        """
        raw = self.whole[self.record.cuts[name]]
        try:
            return _day(raw)
        except ValueError:
            raise self.error(f"La date « {raw} » n’existe pas", name) from None

    def others(self, rest: KeptZones) -> KeptZones:
        """The zones of `rest` that are not at their default, as received."""
        whole, cuts = self.whole, self.record.cuts
        return tuple([(name, raw.rstrip(" ")) for name, blank in rest if (raw := whole[cuts[name]]) != blank])

    def error(self, what: str, name: str) -> FormatError:
        """A refusal that points to this zone."""
        field = self.record.by_name[name]
        return FormatError(what, record=self.number, kind=self.record.kind, positions=(field.start, field.end))


class Defaults:
    """Zones of one type of record and what each holds where nothing is said, for its many records."""

    def __init__(self, record: Record, zones: KeptZones) -> None:
        """Join the zones that stand side by side: they are looked at together."""
        self._zones = tuple((name, record.cuts[name], blank) for name, blank in zones)
        blank = dict(zones)
        runs: list[slice] = []
        for field in record.fields:
            if field.name in blank:
                first = runs.pop().start if runs and runs[-1].stop == field.start - 1 else field.start - 1
                runs.append(slice(first, field.end))
        blanks = "".join(blank.get(field.name, field.blank) for field in record.fields)
        self._cut = itemgetter(*runs)
        self._at_default = self._cut(blanks)

    def others(self, found: Zones) -> KeptZones:
        """The zones that hold something else, as received."""
        whole = found.whole
        if self._cut(whole) == self._at_default:
            return ()
        return tuple([(name, raw.rstrip(" ")) for name, cut, blank in self._zones if (raw := whole[cut]) != blank])


def unless_zero(raw: str) -> str:
    """The text of a zone, '' when it is blank or all zeros."""
    return raw.strip(" ") if raw.strip("0 ") else ""


@lru_cache(maxsize=4096)
def _packed(value: str | int | date, length: int, numeric: bool, corsican: bool) -> str:
    """A zone that holds a value; a lot says the same days, codes and amounts again and again.

    Raises:
        ValueError: The value does not fit; its text is a French clause.
    """
    if isinstance(value, date):
        if not 2000 <= value.year <= 2099:
            raise ValueError(f"La date du {value:%d/%m/%Y} n’est pas entre 2000 et 2099")
        value = value.strftime("%y%m%d")
    text = str(value)
    check_writable(text)
    if numeric and not (text.isdecimal() or (corsican and has_letter(text))):
        raise ValueError(f"La valeur « {text} » n’est pas un nombre positif")
    if len(text) > length:
        raise ValueError(f"La valeur « {text} » dépasse {length} caractères")
    return text.zfill(length) if numeric else text.ljust(length)


@lru_cache(maxsize=4096)
def _packed_raw(text: str, field: Field) -> str:
    """A zone from text kept as received.

    Raises:
        ValueError: The text does not fit; its text is a French clause.
    """
    check_writable(text)
    raw = text.ljust(field.length)
    if re.fullmatch(_pattern(field), raw, re.ASCII) is None:
        raise ValueError(f"La valeur « {text} » ne convient pas à une zone de {field.length} caractères")
    return raw


def check_writable(text: str) -> None:
    """Refuse what is not printable latin-1: it could not be read back.

    Raises:
        ValueError: Its text is a French clause that names the character.
    """
    found = _UNWRITABLE.search(text)
    if found:
        shown = found[0] if found[0].isprintable() else f"U+{ord(found[0]):04X}"
        raise ValueError(f"Le caractère « {shown} » ne se transmet pas")


def has_letter(text: str) -> bool:
    """Whether this is the number of a Corsican establishment with its letter, whatever zeros fill its zone up."""
    return re.fullmatch(rf"\d*{_CORSICAN}", text, re.ASCII) is not None


def _pattern(field: Field) -> str:
    """The regular expression of a sound zone."""
    if not field.numeric:
        return f".{{{field.length}}}"
    digits = rf"\d{{{field.length}}}"
    if field.corsican:
        digits = rf"(?:{digits}|\d{{{field.length - 9}}}{_CORSICAN})"
    return digits if field.required else f"(?:{digits}| {{{field.length}}})"


@lru_cache(maxsize=4096)
def _day(raw: str) -> date | None:
    """AAMMJJ to a date of the years 2000; None for blanks or zeros. Every date zone is numeric."""
    if not raw.strip("0 "):
        return None
    return date(2000 + int(raw[:2]), int(raw[2:4]), int(raw[4:6]))
