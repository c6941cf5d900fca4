"""Which zones of the B2 no attribute models, and the values that one record takes from another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields

from models.domain.content import InvoiceContent, KeptZones, Line
from models.formats.b2 import layout
from models.formats.b2.values import B2Invoice
from models.formats.fixed import Record, Value, Zones

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
_READ: dict[str, Callable[[Zones, str], Value]] = {
    "int": Zones.integer,
    "str": Zones.text,
    "date": Zones.day,
    "date | None": Zones.day_or_none,
}
"""How a field of a value is read, by its type."""

_SAID_BY_BLANKS: tuple[Value, ...] = (0, None, "")
_ZERO_IS_BLANK = frozenset({"prescriber"})


def modelled(record: Record, kind: type[Line] | type[InvoiceContent]) -> dict[str, Callable[[Zones, str], Value]]:
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

IDENTITY_HERE = ("B", "")
"""Among the suites of an invoice: the 2B stands here, where it is not at its usual place."""

CONTROLS = frozenset({"act_count", "total", "amo", "patient", "amc"})
"""Of the record 5, kept where the lines say otherwise: true of the file that was read, not of one made anew."""


def as_received(found: Zones, values: Mapping[str, Value]) -> KeptZones:
    """The modelled zones that the writer would write otherwise: text behind blanks, blanks for a zero, no day."""
    field = found.record.by_name
    return tuple(
        (name, found.raw[name].rstrip(" "))
        for name, value in values.items()
        if (found.raw[name][0] == " " or value is None) and field[name].pack(value) != found.raw[name]
    )


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


def closing_zones(start: Mapping[str, str]) -> dict[str, str]:
    """The zones of the 999 that repeat the 000, from the raw zones of the 000."""
    return {
        "end_sender_type": start["sender_type"],
        "end_sender": start["sender"],
        "end_recipient_type": start["recipient_type"],
        "end_recipient": start["recipient"].strip(" ").zfill(14),
        "end_application": start["application"],
        "end_reference": start["reference"],
    }


def of_record(other: KeptZones, record: Record) -> dict[str, str]:
    """The kept zones that belong to this record."""
    return {name: text for name, text in other if name in record.by_name} if other else {}
