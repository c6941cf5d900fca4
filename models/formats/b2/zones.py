"""Which zones of the B2 no attribute models, and the values that one record takes from another."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from models.domain.content import InvoiceContent, KeptZones, Line
from models.formats.b2 import layout
from models.formats.b2.values import B2Invoice
from models.formats.fixed import Defaults, Field, Record, Value, Zones

_KEY = ("type", "practitioner", "nir", "nir_key", "number")

FILE_START_REST = layout.FILE_START.rest(
    "type", "sender", "recipient", "received_on", "reference", "created_on", "record_length"
)
FILE_END_REST = layout.FILE_END.rest("type", "end_sender", "end_reference", "record_count", "lot_count")
LOT_START_REST = layout.LOT_START.rest(
    "type", "practitioner", "caisse", "number", "practitioner_name", "created_on", "certification",
    "regime", "pivot_caisse",
)  # fmt: skip
LOT_END_REST = layout.LOT_END.rest(
    "type", "practitioner", "invoice_count", "act_count", "start_count", "end_count", "total", "amo",
    "amc", "number", "invoice_kind",
)  # fmt: skip
Read = Mapping[str, Callable[[Zones, str], Value]]
"""Zones by their names, and how each is read."""

_READ: Read = {
    "int": Zones.integer,
    "str": Zones.text,
    "date": Zones.day,
    "date | None": Zones.day_or_none,
}
"""How a field of a value is read, by its type."""

_SAID_BY_BLANKS: tuple[Value, ...] = (0, None, "")
_ZERO_IS_BLANK = frozenset({"prescriber"})


def modelled(record: Record, kind: type[Line] | type[InvoiceContent]) -> Read:
    """The zones of a record that bear the name of a field of this value, and how each is read."""
    types = {field.name: str(field.type) for field in fields(kind)}
    return {
        name: Zones.unless_zero if name in _ZERO_IS_BLANK else _READ[types[name]]
        for name in record.names
        if name in types
    }


INVOICE = modelled(layout.INVOICE_START, B2Invoice)
"""Of the record 2; where an invoice is made, `sesam` is its type de facture."""

IDENTITY = {name: read for name, read in modelled(layout.INVOICE_B, B2Invoice).items() if name not in INVOICE}
"""Of the record 2B."""

LINE = modelled(layout.ACT, Line)
"""Of the record 4; `at_home` is its code lieu."""

INVOICE_START_REST = layout.INVOICE_START.rest("type", "complement", "invoice_kind", *INVOICE)
INVOICE_B_REST = layout.INVOICE_B.rest(*_KEY, "complement", *IDENTITY)
INVOICE_END_REST = layout.INVOICE_END.rest(*_KEY, "act_count", "total", "amo", "patient", "amc")
ACT_REST = layout.ACT.rest(*_KEY, "complement", "place", *LINE)


class Reading:
    """What one type of record says: made once of its layout, for the many records of that type."""

    def __init__(self, record: Record, read: Read, rest: KeptZones, apart: str = "") -> None:
        """Take what is read of it.

        Args:
            record: Its layout.
            read: The modelled zones, in the layout's order, and how each is read.
            rest: The others of which something may be kept.
            apart: The modelled zone that its reader reads otherwise.
        """
        self._read, self._rest = read, Defaults(record, rest)
        self._texts = tuple((name, record.cuts[name]) for name, how in read.items() if how is Zones.text)
        self._numbers = tuple((name, record.cuts[name]) for name, how in read.items() if how is Zones.integer)
        self._others = tuple(
            (name, how) for name, how in read.items() if how not in (Zones.text, Zones.integer) and name != apart
        )
        self._optional_days = tuple(name for name, how in read.items() if how is Zones.day_or_none)
        self._written_alike = re.compile(
            "".join(
                _as_written(field, read[field.name]) if field.name in read else f".{{{field.length}}}"
                for field in record.fields
            ),
            re.DOTALL,
        )

    def values(self, found: Zones) -> dict[str, Any]:
        """The modelled zones as values, by their names, but for the one that is read otherwise.

        Raises:
            FormatError: A day that does not exist, or is missing.
        """
        whole = found.whole
        values: dict[str, Any] = {name: whole[cut].strip(" ") for name, cut in self._texts}
        try:
            values |= {name: int(whole[cut]) for name, cut in self._numbers}
        except ValueError:  # one is blank
            values |= {name: found.integer(name) for name, _ in self._numbers}
        for name, read in self._others:
            values[name] = read(found, name)
        return values

    def kept(self, found: Zones, values: Mapping[str, Value]) -> KeptZones:
        """What the writer would not write of itself: zones that are not at their default, values written otherwise."""
        others = self._rest.others(found)
        if self._written_alike.fullmatch(found.whole) and None not in [values[name] for name in self._optional_days]:
            return others
        return (*others, *as_received(found, {name: values[name] for name in self._read}))


def _as_written(field: Field, read: Callable[[Zones, str], Value]) -> str:
    """The regular expression of a modelled zone that the writer would write as it stands."""
    first = "[0-9]" if field.numeric else "[^ ]"
    beginning = f"{first}.{{{field.length - 1}}}"
    said_by_a_blank: Value = 0 if read is Zones.integer else ""
    return f"(?:{beginning}| {{{field.length}}})" if field.pack(said_by_a_blank).isspace() else beginning


def as_received(found: Zones, values: Mapping[str, Value]) -> KeptZones:
    """The modelled zones that the writer would write otherwise: text behind blanks, blanks for a zero, no day."""
    field = found.record.by_name
    return tuple(
        (name, raw.rstrip(" "))
        for name, value in values.items()
        if ((raw := found.raw(name))[0] == " " or value is None) and field[name].pack(value) != raw
    )


OF_INVOICE = Reading(layout.INVOICE_START, INVOICE, INVOICE_START_REST, apart="prescribed_on")
OF_IDENTITY = Reading(layout.INVOICE_B, IDENTITY, INVOICE_B_REST)
OF_LINE = Reading(layout.ACT, LINE, ACT_REST)
OF_END = Defaults(layout.INVOICE_END, INVOICE_END_REST)

IDENTITY_HERE = ("B", "")
"""Among the suites of an invoice: the 2B stands here, where it is not at its usual place."""

CONTROLS = frozenset({"act_count", "total", "amo", "patient", "amc"})
"""Of the record 5, kept where the lines say otherwise: true of the file that was read, not of one made anew."""


def still_true(kept: Mapping[str, str], values: Mapping[str, Value]) -> dict[str, str]:
    """The kept zones, without those of which the value was corrected since."""
    return {
        name: text
        for name, text in kept.items()
        if name not in values or (values[name] in {None, text.strip(" ")} if text else values[name] in _SAID_BY_BLANKS)
    }


def place_of_identity(suites: Sequence[tuple[str, str]]) -> int:
    """How many suites of an invoice usually stand before its 2B: those before its first 2C."""
    return next((place for place, (letter, _) in enumerate(suites) if letter == "C"), len(suites))


def closing_zones(start: Zones) -> dict[str, str]:
    """The zones of the 999 that repeat the 000, as received."""
    return {
        "end_sender_type": start.raw("sender_type"),
        "end_sender": start.raw("sender"),
        "end_recipient_type": start.raw("recipient_type"),
        "end_recipient": start.text("recipient").zfill(14),
        "end_application": start.raw("application"),
        "end_reference": start.raw("reference"),
    }


def of_record(other: KeptZones, record: Record) -> dict[str, str]:
    """The kept zones that belong to this record."""
    return {name: text for name, text in other if name in record.by_name} if other else {}
