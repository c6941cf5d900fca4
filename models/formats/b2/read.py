"""Bytes of a B2 file to values: every amount is checked on the way, and what is odd is remarked."""

from dataclasses import replace
from datetime import date
from operator import itemgetter
from typing import Any, Final, NamedTuple, NoReturn

from models.domain.content import KeptZones, Line
from models.domain.money import amount
from models.domain.patience import Step
from models.formats.b2 import layout, zones
from models.formats.b2.remarks import Remarks
from models.formats.b2.suites import is_suite, kept_name
from models.formats.b2.values import B2File, B2Invoice, B2Lot
from models.formats.errors import FormatError
from models.formats.fixed import Record, Zones
from models.formats.physical import A_STEP, physical_records

_AMOUNTS = {
    "total": "facturés",
    "amo": "de part AMO",
    "patient": "de participation de l’assuré",
    "amc": "de part AMC",
}
"""The totals of the records 5 and 6, as the remarks name them."""

_KEY = slice(1, 35)
"""Positions 2 to 35 of every record of an invoice: whose it is (`layout.key_zones`)."""

_SAID = itemgetter(slice(10, 11), slice(35, None))
"""What a record 4 says of its act, whosever it is: the position that its key leaves free, and all behind it."""

_ACTS: Final = 4096
"""Acts of a file that are kept to be told again: a practice does the same few on the same days."""

_NOBODY: Final[dict[str, Any]] = dict.fromkeys(zones.IDENTITY, "")
"""The identity of an invoice without a record 2B."""

_FIGURES = layout.INVOICE_END.cutter("act_count", *_AMOUNTS)


def read_b2(data: bytes, step: Step | None = None) -> B2File:
    """Read a B2 file.

    Args:
        data: its bytes.
        step: called with (records read, records in all) now and then; what it raises ends the reading.

    Raises:
        FormatError: Not a B2 file, an establishment's, truncated, out of order, or with an invoice missing.
    """
    records, warnings = physical_records(data, "b2")
    lines = _Lines(records, step)
    start = lines.take(layout.FILE_START)
    _refuse_establishment(records, start.text("sender_type"))
    made_on = lines.remarks.day(start, "created_on", "du fichier")
    lots: list[B2Lot] = []
    while not lots or lines.kind == "1":
        lots.append(_lot(lines, made_on))
    end = lines.take(layout.FILE_END)
    for first, last, what in (
        ("sender", "end_sender", "émetteur"),
        ("reference", "end_reference", "fichier"),
    ):
        if start.raw(first) != end.raw(last):
            raise end.error(f"L’enregistrement 999 nomme un autre {what} que l’enregistrement 000", last)
    if end.integer("record_count") > len(records) and end.integer("lot_count") > len(lots):
        _expect(end, "lot_count", len(lots), "lots")  # a whole lot is missing: no other total would tell
    lines.remarks.count(end, "record_count", len(records), "enregistrements")
    lines.remarks.count(end, "lot_count", len(lots), "lots")
    created_on = made_on or max(lot.created_on for lot in lots)
    written = f"{created_on:%y%m%d}"
    return B2File(
        sender=start.text("sender"),
        recipient=start.text("recipient"),
        created_on=created_on,
        reference=start.text("reference"),
        lots=tuple(lots),
        other=(
            *start.others((("received_on", written), ("created_on", written))),
            *start.others(zones.FILE_START_REST),
            *zones.as_received(start, {name: start.text(name) for name in ("reference", "recipient")}),
            *_others_but(end, zones.FILE_END_REST, zones.closing_zones(start)),
            *_kept_counts(end, record_count=len(records), lot_count=len(lots)),
        ),
        warnings=(*warnings, *lines.remarks.sentences()),
        amounts=lines.remarks.amounts(),
    )


class _Lines:
    """The records, one after the other."""

    def __init__(self, records: list[str], step: Step | None) -> None:
        """Stand on the first record."""
        self._records, self._step = records, step
        self._next = 0
        self.remarks = Remarks()
        self.openings = 0
        """How many records 2 and suites of them were taken."""
        self.acts: dict[tuple[str, str], _ActSaid] = {}
        """What the last acts of the file said, by their text: the same text is the same line."""
        self.kind = self._kind()

    def take(self, record: Record) -> Zones:
        """The next record, which must be of this type."""
        line, number = self.next(record.kind)
        return record.unpack(line, number)

    def next(self, *expected: str) -> tuple[str, int]:
        """The next record, of one of these types, and its number."""
        if self.kind not in expected:
            self._refuse(expected)
        line = self._records[self._next]
        self._next = number = self._next + 1
        if line[0] == "2":
            self.openings += 1
        self.kind = self._kind()
        if number % A_STEP == 0 and self._step:
            self._step(number, len(self._records))
        return line, number

    def _refuse(self, expected: tuple[str, ...]) -> NoReturn:
        """The next record is of another type than these."""
        number = self._next + 1
        if self.kind not in layout.RECORDS and not is_suite(self.kind):
            raise FormatError(f"Le type d’enregistrement « {self.kind} » est inconnu", record=number)
        wanted = " ou ".join(expected)
        what = f"Un enregistrement de type {self.kind} se trouve là où un type {wanted} est attendu"
        raise FormatError(what, record=number)

    def suite(self, start: Zones) -> tuple[str, str]:
        """The next record, a suite of the invoice that `start` opened: its name and its text, as they are kept."""
        kind = self.kind
        line, number = self.next(kind)
        if line[10] != " ":
            what = "Une position qui doit être vide ne l’est pas"
            raise FormatError(what, record=number, kind=kind, positions=(11, 11))
        _same_invoice(start, self.remarks.suite(kind, line, number))
        return kept_name(kind), line[36:].rstrip(" ")

    def _kind(self) -> str:
        """The type of the record to come; the 999 is always there and last."""
        if self._next == len(self._records):
            return ""
        line = self._records[self._next]
        first = line[0]
        if first in "234":
            letter = line[35]
            return first if letter == " " else first + letter
        return line[:3] if first in "09" else first


def _lot(lines: _Lines, made_on: date | None) -> B2Lot:
    """Records 1 to 6.

    Args:
        lines: what is left of the file.
        made_on: the file's date, for a lot without one; its last invoice's where the file has none either.
    """
    start, before = lines.take(layout.LOT_START), lines.openings
    lines.remarks.establishment(start, "practitioner")
    invoices: list[B2Invoice] = []
    while not invoices or lines.kind == "2":
        invoices.append(_invoice(lines))
    if lines.kind != "6":
        lines.next("2", "6")
    end = lines.take(layout.LOT_END)
    for name, what in (("practitioner", "le professionnel"), ("number", "le lot")):
        if start.raw(name) != end.raw(name):
            expected, found = start.raw(name), end.raw(name)
            raise end.error(f"La fin de lot nomme {what} « {found} » au lieu de « {expected} »", name)
    lines_of_acts = [act for invoice in invoices for act in invoice.acts]
    count, acts = len(invoices), len(lines_of_acts)
    everything = acts + sum([len(act.suites) for act in lines_of_acts])
    for name, counted, what, also in (
        ("invoice_count", count, "factures", None),
        ("act_count", acts, "lignes d’acte", everything),
        ("start_count", count, "débuts de facture", lines.openings - before),
        ("end_count", count, "fins de facture", None),
    ):
        lines.remarks.count(end, name, counted, what, also)
    totals = {
        "total": sum([act.fee for act in lines_of_acts]),
        "amo": sum([act.amo for act in lines_of_acts]),
        "amc": sum([act.amc for act in lines_of_acts]),
    }
    if end.integer("invoice_count") > count and end.integer("total") > totals["total"]:
        _expect(end, "invoice_count", count, "factures")  # an invoice is missing: both say so
    kept = _kept_totals(lines, end, totals, f"lot {start.raw('number')}")
    created_on = lines.remarks.day(start, "created_on", "du lot")
    created_on = created_on or made_on or max(invoice.billed_on for invoice in invoices)
    certification, regime = start.text("certification"), start.text("regime")
    pivot = start.raw("caisse") if regime else "   "
    kind = "F" if certification else " "
    return B2Lot(
        practitioner=start.text("practitioner"),
        practitioner_name=start.text("practitioner_name"),
        number=start.integer("number"),
        created_on=created_on,
        caisse=start.text("caisse"),
        regime=regime,
        certification=certification,
        invoices=tuple(invoices),
        other=(
            *zones.as_received(start, {name: start.text(name) for name in ("practitioner_name", "regime")}),
            *start.others((*zones.LOT_START_REST, ("pivot_caisse", pivot), ("created_on", f"{created_on:%y%m%d}"))),
            *end.others((*zones.LOT_END_REST, ("invoice_kind", kind))),
            *_kept_counts(end, invoice_count=count, act_count=acts, start_count=count, end_count=count),
            *kept,
        ),
    )


def _invoice(lines: _Lines) -> B2Invoice:
    """Records 2, its suites, 4 and their suites, 5."""
    start = lines.take(layout.INVOICE_START)
    identity: Zones | None = None
    suites: list[tuple[str, str]] = []
    place = 0
    while lines.kind == "2B" or (lines.kind[:1] == "2" and is_suite(lines.kind)):
        if lines.kind != "2B":
            suites.append(lines.suite(start))
            continue
        found = _same_invoice(start, lines.take(layout.INVOICE_B))
        if identity is not None:
            raise FormatError("La facture a deux enregistrements 2B", record=found.number)
        identity, place = found, len(suites)
    if suites and identity is not None and place != zones.place_of_identity(suites):
        suites.insert(place, zones.IDENTITY_HERE)
    acts: list[Line] = []
    while not acts or lines.kind == "4":
        acts.append(_act(lines, start))
    if lines.kind != "5":
        lines.next("4", "5")
    end = _same_invoice(start, lines.take(layout.INVOICE_END))
    kept_figures = _figures(lines, start, end, acts)
    kind = start.raw("invoice_kind")
    lines.remarks.establishment(start, "prescriber")
    prescribed_on = lines.remarks.day_or_nothing(start, "prescribed_on", "de prescription")
    said = zones.OF_INVOICE.values(start)
    said["prescribed_on"] = prescribed_on
    other = zones.OF_INVOICE.kept(start, said)
    if kind not in " F":
        other = (*other, ("invoice_kind", kind))
    named = _NOBODY
    if identity is not None:
        named = zones.OF_IDENTITY.values(identity)
        other = (*other, *zones.OF_IDENTITY.kept(identity, named))
    return B2Invoice(
        **said,
        **named,
        sesam=kind == "F",
        acts=tuple(acts),
        other=(*other, *zones.OF_END.others(end), *kept_figures),
        suites=tuple(suites),
    )


def _figures(lines: _Lines, start: Zones, end: Zones, acts: list[Line]) -> KeptZones:
    """Hold the counter and the totals of a record 5 against the lines; those that are kept, as received."""
    total = amo = amc = 0
    for act in acts:
        total += act.fee
        amo += act.amo
        amc += act.amc
    if amo > total:
        raise end.error("La part AMO des lignes dépasse leur montant", "amo")
    if _FIGURES(end.whole) == (f"{len(acts):03}", f"{total:08}", f"{amo:08}", f"{total - amo:08}", f"{amc:08}"):
        return ()
    if end.integer("act_count") > len(acts) and end.integer("total") > total:
        _expect(end, "act_count", len(acts), "lignes d’acte")  # a line is missing: both say so
    totals = {"total": total, "amo": amo, "patient": total - amo, "amc": amc}
    everything = len(acts) + sum([len(act.suites) for act in acts])
    lines.remarks.count(end, "act_count", len(acts), "lignes d’acte", everything)
    counts = _kept_counts(end, act_count=len(acts))
    return (*counts, *_kept_totals(lines, end, totals, f"facture n° {start.integer('number')}"))


def _act(lines: _Lines, start: Zones) -> Line:
    """One record 4 and the suites behind it."""
    line, number = lines.next("4")
    said = _SAID(line)
    found = lines.acts.get(said)
    if found is None or line[_KEY] != start.whole[_KEY]:  # where both are known the whole is sound
        _same_invoice(start, layout.ACT.unpack(line, number))
    suites: list[tuple[str, str]] = []
    while lines.kind[:1] in ("3", "4") and is_suite(lines.kind):
        suites.append(lines.suite(start))
    if found is None:
        found = _read_act(Zones(number, layout.ACT, line))
        if len(lines.acts) >= _ACTS:
            lines.acts.clear()  # a file goes on in time: those of its next days are others
        lines.acts[said] = found
    if suites:  # they may add to the amount
        return replace(found.line, suites=tuple(suites))
    if found.worth is not None:
        lines.remarks.price(Zones(number, layout.ACT, line), found.line.base, found.worth)
    return found.line


class _ActSaid(NamedTuple):
    """What a record 4 says."""

    line: Line
    worth: int | None
    """What its coefficient and its unit price make, in cents, where its amount is another."""


def _read_act(act: Zones) -> _ActSaid:
    place, said = act.raw("place"), zones.OF_LINE.values(act)
    other = zones.OF_LINE.kept(act, said)
    line = Line(**said, at_home=place == "1", other=other if place in "01" else (*other, ("place", place)))
    return _ActSaid(line, _worth(act, line))


def _worth(act: Zones, line: Line) -> int | None:
    """What a line is worth by what it says of itself, in cents, where it says enough and its amount is another.

    A cent may be rounded away. The fee may be the one: what exceeds the tariff is not in the base. The « dénombrement »
    multiplies too.
    """
    if not (line.unit_price and line.coefficient and line.base):
        return None
    worth = amount(line.unit_price, line.coefficient, line.quantity or 1)
    count = act.raw("count")
    for likely in (worth, worth * int(count) if count.isdecimal() else worth):
        if abs(likely - line.base) <= 1 or abs(likely - line.fee) <= 1:
            return None
    return worth


def _same_invoice(start: Zones, found: Zones) -> Zones:
    """Check that a record speaks of the invoice that its record 2 opened."""
    if start.whole[_KEY] == found.whole[_KEY]:
        return found
    for name, what in (
        ("number", "un autre numéro de facture"),
        ("practitioner", "un autre professionnel"),
        ("nir", "un autre NIR"),
        ("nir_key", "une autre clé de NIR"),
    ):
        if start.raw(name) != found.raw(name):
            label = f"la facture n° {start.raw('number')} ouverte à l’enregistrement n° {start.number}"
            raise found.error(f"L’enregistrement porte {what} que {label}", name)
    return found


def _expect(end: Zones, name: str, expected: int, what: str) -> None:
    """Check a control zone against what the lines say."""
    found = end.integer(name)
    if found != expected:
        raise end.error(f"Le total de contrôle annonce {found} {what} au lieu de {expected}", name)


def _kept_counts(end: Zones, **found: int) -> KeptZones:
    """The counters that count otherwise than the writer would, as received."""
    return tuple((name, end.raw(name)) for name, count in found.items() if end.integer(name) != count)


def _kept_totals(lines: _Lines, end: Zones, found: dict[str, int], whose: str) -> KeptZones:
    """The totals that are not those of the lines, as received; each is remarked."""
    for name, total in found.items():
        lines.remarks.amount(end, name, total, _AMOUNTS[name], whose)
    return end.others(tuple((name, str(total).zfill(len(end.raw(name)))) for name, total in found.items()))


def _refuse_establishment(records: list[str], sender_type: str) -> None:
    """Name an establishment's file, whose zones stand elsewhere than a practice's.

    Source: SFG FIDES ACE v06.08, chapter TF: its number stands at 30-38, across the complement of a practice's.
    """
    first = records[2] if len(records) > 2 else ""
    if first[:1] == "2" and (first[35].isdecimal() or (sender_type == "TE" and first[35] != " ")):
        who = "émetteur TE" if sender_type == "TE" else f"émetteur {sender_type}, numéro de facture en 30-38"
        what = f"Ce fichier est celui d’un établissement ({who}), dont les zones sont placées autrement"
        raise FormatError(what, "choisissez un lot de professionnel de santé", record=3)


def _others_but(found: Zones, rest: KeptZones, expected: dict[str, str]) -> KeptZones:
    """The zones that differ from `expected`, or from their default where it says nothing."""
    return found.others(tuple((name, expected.get(name, blank)) for name, blank in rest))
