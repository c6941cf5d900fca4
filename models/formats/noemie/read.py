"""Bytes of a NOEMIE return to values, read by entity and not by an assumed order."""

from collections import Counter
from datetime import date

from models.formats.errors import FormatError
from models.formats.fixed import Zones
from models.formats.noemie import layout
from models.formats.noemie.entities import check_length, signed, split_entities, unpack_entity
from models.formats.noemie.invoice import Draft
from models.formats.noemie.values import InvoiceAnswer, NoemieFile, Transfer
from models.formats.physical import physical_records

_IGNORED = frozenset(("070", "081", "160", "210", "262"))
"""Known entities of which nothing is kept: their zones are not looked at."""


def read_noemie(data: bytes) -> NoemieFile:
    """Read a NOEMIE return.

    An entity of a type that the layout does not know is left aside with a warning.

    Raises:
        FormatError: Not a NOEMIE return, truncated, incoherent, or totals that do not hold.
    """
    records, warnings = physical_records(data, "noemie")
    start = layout.FILE_START.unpack(records[0], 1)
    reading = _Reading(_practitioner(start.text("recipient")))
    for entity, number in split_entities(records):
        reading.take(entity, number)
    total = reading.end()
    end = layout.FILE_END.unpack(records[-1], len(records))
    if start.raw["reference"] != end.raw["reference"]:
        raise end.error("L’enregistrement 999 nomme un autre fichier que l’enregistrement 000", "reference")
    count, announced = end.integer("record_count"), signed(end, "amount")
    if count != len(records):
        what = f"Le total de contrôle annonce {count} enregistrements au lieu de {len(records)}"
        raise end.error(what, "record_count")
    if announced != total:
        raise end.error(f"Le total de contrôle annonce {announced} centimes au lieu de {total}", "amount")
    if end.integer("lot_count") != reading.lots:
        announced = end.integer("lot_count")
        reading.warnings.append(f"Le retour annonce {announced} lots et en contient {reading.lots}.")
    return NoemieFile(
        sender=start.text("sender"),
        recipient=start.text("recipient"),
        created_on=start.day("created_on"),
        reference=start.text("reference"),
        answers=tuple(reading.answers),
        transfers=tuple(reading.transfers),
        total_paid=total,
        warnings=(*warnings, *reading.warnings),
    )


class _Reading:
    """Where the reading stands, and what it found so far."""

    def __init__(self, practitioner: str) -> None:
        """Start with the recipient of the file: the practitioner unless a 020 or 040 says otherwise."""
        self.answers: list[InvoiceAnswer] = []
        self.transfers: list[Transfer] = []
        self.warnings: list[str] = []
        self.lots = 0
        self._practitioner = practitioner
        self._lot: tuple[int, date] | None = None
        self._draft: Draft | None = None
        self._control: Zones | None = None
        self._movements: list[int] = []
        self._unknown: Counter[str] = Counter()

    def take(self, entity: str, number: int) -> None:
        """Take the next entity, which starts in the physical record `number`."""
        kind = entity[:3]
        record = layout.ENTITIES.get(kind)
        if record is None:
            if len(kind) != 3 or not kind.isdecimal():
                raise FormatError(f"Le type d’entité « {kind} » est illisible", record=number)
            self._unknown[kind] += 1
            return
        if kind in _IGNORED:
            check_length(record, entity, number)
            return
        zones = unpack_entity(record, entity, number)
        match kind:
            case "102" | "100":
                self._open(zones)
            case "020" | "040":
                self._close()
                self._practitioner = _practitioner(zones.text("practitioner"))
                self._lot = None
            case "080":
                self._close()
                self.lots += 1
                self._lot = zones.integer("number"), zones.day("created_on")
            case "071":
                self._transfer(zones)
            case "250":
                self._movements.append(signed(zones, "amount"))
            case "261":
                self._movements.append(zones.integer("amount"))
            case "990":
                self._close()
                self._take_control(zones)
            case _:
                self._take_of_invoice(zones)

    def _open(self, zones: Zones) -> None:
        """Open an invoice; its own lot wins over the one of the 080."""
        self._close()
        lot, lot_date = self._lot or (None, None)
        if zones.record is layout.INVOICE and (own := zones.unless_zero("lot")):
            if own.isdecimal():
                own_date = zones.day_or_none("lot_date")
                lot_date = own_date or (lot_date if int(own) == lot else None)
                lot = int(own)
            else:
                self.warnings.append(f"Le lot « {own} » de l’enregistrement n° {zones.number} est illisible.")
        self._draft = Draft(zones, self._practitioner, lot, lot_date)

    def _close(self) -> None:
        """The invoice in progress is complete."""
        if self._draft is not None:
            self.answers.append(self._draft.answer())
            self._draft = None

    def _take_of_invoice(self, zones: Zones) -> None:
        """An entity that belongs to the invoice in progress."""
        if self._draft is not None:
            self._draft.take(zones)
        elif zones.record is layout.COMMENT:
            self.warnings.append(f"Commentaire hors facture : {zones.text('comment')}")
        else:
            raise FormatError("L’entité n’appartient à aucune facture", record=zones.number, kind=zones.record.kind)

    def _transfer(self, zones: Zones) -> None:
        """A 071."""
        label = f"{zones.text('label_1')} {zones.text('label_2')}".strip(" ")
        self.transfers.append(Transfer(self._practitioner, zones.day("sent_on"), label, zones.text("payer")))

    def _take_control(self, zones: Zones) -> None:
        """A 990: the last one that names no level speaks for the file; the others are subtotals."""
        if zones.text("identification"):
            self.warnings.append(f"Un sous-total n’a pas été vérifié (enregistrement n° {zones.number}).")
            return
        if self._control is not None:
            number = self._control.number
            self.warnings.append(f"Un sous-total n’a pas été vérifié (enregistrement n° {number}).")
        self._control = zones

    def end(self) -> int:
        """Close the last invoice, check the 990, and give the sum that it announces, in cents.

        Payments and withholdings outside the invoices (250, 261) may be in that sum or not: the layout
        does not say.

        Raises:
            FormatError: No 990, or one that does not agree with the invoices.
        """
        self._close()
        for kind, times in self._unknown.items():
            self.warnings.append(f"L’entité {kind}, inconnue, a été laissée de côté ({times} fois).")
        if self._movements:
            moved = sum(self._movements)
            self.warnings.append(f"Des mouvements hors facture totalisent {moved} centimes.")
        if self._control is None:
            raise FormatError("Le total de contrôle 990 manque")
        count, announced = self._control.integer("counter"), signed(self._control, "amount")
        if count != len(self.answers):
            what = f"Le total de contrôle annonce {count} factures au lieu de {len(self.answers)}"
            raise self._control.error(what, "counter")
        paid = sum(share.paid for answer in self.answers for share in (answer.amo, answer.amc) if share)
        if announced not in (paid, paid + sum(self._movements)):
            what = f"Le total de contrôle annonce {announced} centimes payés au lieu de {paid}"
            raise self._control.error(what, "amount")
        return announced


def _practitioner(text: str) -> str:
    """The 9 digits of a number that a caisse pads with zeros; '' when there is none."""
    return text.lstrip("0").zfill(9) if text.strip("0") else ""
