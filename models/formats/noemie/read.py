"""Bytes of a NOEMIE return to values, read by entity and not by an assumed order."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from models.domain.patience import Step
from models.formats.errors import FormatError
from models.formats.fixed import Zones
from models.formats.noemie import layout
from models.formats.noemie.controls import Controls
from models.formats.noemie.entities import (
    check_length,
    readable_day,
    signed,
    split_entities,
    unpack_entity,
)
from models.formats.noemie.invoice import Draft
from models.formats.noemie.movements import Movements
from models.formats.noemie.values import InvoiceAnswer, NoemieFile, Transfer
from models.formats.physical import A_STEP, physical_records

_IGNORED = frozenset(("070", "160", "210"))
"""Known entities of which nothing is kept: their zones are not looked at."""

_SHARE = re.compile(r"\d{5}\d{8}[PRD ][\d ]{8}[PN ].{0,25}", re.DOTALL)
"""How the entities 198 and 199 look, whatever they call themselves: asked, state, paid, sign."""

_OUTSIDE = frozenset(("081", "262"))
"""Entities that only describe movements outside the invoices: no zone of theirs refuses a return."""

_MAY_MISS = {
    "071": ("sent_on",),
    "080": ("created_on", "number"),
    "103": ("nir_key", "individual_nir_key", "birth", "birth_rank", "unit"),
    "110": ("nir_key",),
    "120": ("birth",),
    "290": ("line",),
    "294": ("care_date", "executant", "line", "rank"),
    "990": ("counter", "amount"),
}
"""Numbers that a return is read without: blank or unreadable, they take away no answer and no money."""


_LOOKED_AT = {
    kind: (record, _MAY_MISS.get(kind, ()))
    for kind, record in layout.ENTITIES.items()
    if kind not in _IGNORED and kind not in _OUTSIDE
}
"""The entities whose zones are read, each with the numbers that it may miss."""


def read_noemie(data: bytes, step: Step | None = None) -> NoemieFile:
    """Read a NOEMIE return.

    An entity of a type that the layout does not know is left aside with a warning; sums that do not agree are told
    in `wrong_totals`.

    Args:
        data: its bytes.
        step: called with (records read, records in all) now and then; what it raises ends the reading.

    Raises:
        FormatError: Not a NOEMIE return, truncated, or incoherent: it cannot be read with certainty.
    """
    records, warnings = physical_records(data, "noemie")
    start = layout.FILE_START.unpack(records[0], 1)
    reading = _Reading(_practitioner(start.text("recipient")))
    for place, (entity, number) in enumerate(split_entities(records)):
        reading.take(entity, number)
        if step and place % A_STEP == 0:
            step(number, len(records))
    totals = reading.end()
    end = layout.FILE_END.unpack(records[-1], len(records))
    if start.raw("reference") != end.raw("reference"):
        raise end.error("L’enregistrement 999 nomme un autre fichier que l’enregistrement 000", "reference")
    reading.count_records(end, len(records))
    total = signed(end, "amount")
    if total not in totals:
        reading.controls.disagrees(end, total, totals[0])
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
        movements=reading.movements.found(),
        sender_type=start.text("sender_type"),
        warnings=(*warnings, *reading.warnings),
        wrong_totals=tuple(reading.controls.wrong),
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
        self._lot: tuple[int, date | None] | None = None
        self._draft: Draft | None = None
        self._unpaid = 0
        """The first answer of its group that no transfer pays yet."""
        self._paying: Transfer | None = None
        self._pays_draft: Transfer | None = None
        self.movements = Movements(practitioner)
        self.controls = Controls()
        self._unknown: Counter[str] = Counter()
        self._takes: dict[str, Callable[[Zones], None]] = {
            "102": self._open,
            "100": self._open,
            "020": self._open_group,
            "040": self._open_group,
            "080": self._open_lot,
            "071": self._transfer,
            "250": self._move,
            "261": self._move,
            "990": self._control,
        }
        """What is done with an entity of a type; the others are of the invoice in progress."""

    def take(self, entity: str, number: int) -> None:
        """Take the next entity, which starts in the physical record `number`."""
        kind = entity[:3]
        if kind not in _LOOKED_AT:
            self._set_aside(kind, entity, number)
            return
        record, may_miss = _LOOKED_AT[kind]
        zones = unpack_entity(record, entity, number, may_miss)
        self._takes.get(kind, self._take_of_invoice)(zones)

    def _set_aside(self, kind: str, entity: str, number: int) -> None:
        """An entity whose zones are not looked at: one of no known type, one of which little or nothing is kept."""
        record = layout.ENTITIES.get(kind)
        if record is None:
            if len(kind) != 3 or not kind.isdecimal():
                raise FormatError(f"Le type d’entité « {kind} » est illisible", record=number)
            self._unknown[kind] += 1
            self._may_be_share(entity, number)
            return
        check_length(record, entity, number)
        if kind in _OUTSIDE:
            self.movements.describe(kind, entity)

    def _move(self, zones: Zones) -> None:
        """A 250 or a 261: money outside the invoices."""
        self.controls.add_movement(self.movements.take(zones))

    def _control(self, zones: Zones) -> None:
        """A 990."""
        self._close()
        self.controls.take(zones)

    def _may_be_share(self, entity: str, number: int) -> None:
        """An entity that is not known and looks as a 198 or a 199 does: a share of the invoice may be lost with it."""
        if self._draft is not None and _SHARE.fullmatch(entity):
            self.controls.wrong.append(
                f"L’entité {entity[:3]}, inconnue, a la forme d’une part ({self._draft.called}) : "
                f"une réponse est peut-être perdue (enregistrement n° {number})."
            )

    def _open_group(self, zones: Zones) -> None:
        """A 020 or a 040: what follows is of this practitioner, and of no lot yet."""
        self._close()
        self._practitioner = _practitioner(zones.text("practitioner"))
        self._lot = None
        self._unpaid, self._paying = len(self.answers), None
        self.movements.open_group(self._practitioner)
        agent = zones.record is layout.AGENT
        (self.controls.open_agent if agent else self.controls.open_payee)(self._practitioner)

    def _open_lot(self, zones: Zones) -> None:
        """A 080; without its date, or its number, the lot is the less known."""
        self._close()
        self.lots += 1
        number = zones.integer("number")
        day = self._day(zones, "created_on", "du lot")
        if not number:
            self.warnings.append(f"Le numéro du lot manque ou est illisible (enregistrement n° {zones.number}).")
        self._lot = number, day
        self.controls.open_lot(number, day)

    def _day(self, zones: Zones, name: str, of: str) -> date | None:
        """A date that a return is read without; its absence is said."""
        found = readable_day(zones, name, of, [])
        if found is None:
            what = f"La date {of} manque ou n’existe pas"
            self.warnings.append(f"{what} (enregistrement n° {zones.number}).")
        return found

    def _open(self, zones: Zones) -> None:
        """Open an invoice; its own lot wins over the one of the 080."""
        self._close()
        lot, lot_date = self._lot or (None, None)
        full = zones.record is layout.INVOICE
        if full and (own := zones.unless_zero("lot")):
            if own.isdecimal():
                own_date = readable_day(zones, "lot_date", "du lot", self.warnings)
                lot_date = own_date or (lot_date if int(own) == lot else None)
                lot = int(own)
            else:
                self.warnings.append(f"Le lot « {own} » de l’enregistrement n° {zones.number} est illisible.")
        billed_on = readable_day(zones, "billed_on", "de la facture", self.warnings) if full else None
        self._draft = Draft(zones, self._practitioner, lot, lot_date, billed_on, self.warnings)
        self._pays_draft = self._paying

    def _close(self) -> None:
        """The invoice in progress is complete."""
        draft = self._draft
        if draft is None:
            return
        answer = draft.answer(self._pays_draft)
        if draft.number is None:
            said = draft.start.text("number")
            what = f"Le numéro de facture « {said} » n’est pas un nombre" if said else "Une facture est sans numéro"
            self.warnings.append(f"{what} (enregistrement n° {draft.start.number}).")
        if not draft.shares and draft.reasons:
            self.controls.wrong.append(
                f"Un motif de rejet sans part ({draft.called}) : une réponse est peut-être perdue "
                f"(enregistrement n° {draft.start.number})."
            )
        self.answers.append(answer)
        self.controls.add_answer([share.paid for share in draft.shares.values()])
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
        """A 071: also of the answers of its group that came before any transfer, as of the movements."""
        label = f"{zones.text('label_1')} {zones.text('label_2')}".strip(" ")
        sent_on = self._day(zones, "sent_on", "du virement")
        transfer = Transfer(self._practitioner, sent_on, label, zones.text("payer"))
        self.transfers.append(transfer)
        for place in range(self._unpaid, len(self.answers)):
            if self.answers[place].transfer is None:
                self.answers[place] = replace(self.answers[place], transfer=transfer)
        self._unpaid = len(self.answers)
        self._pays_draft = self._pays_draft or transfer
        self._paying = transfer
        self.movements.announce(transfer)

    def count_records(self, end: Zones, found: int) -> None:
        """The 999 counts the records, or something else: entities, what stands between 000 and 999.

        What misses in the middle of a return breaks an entity or the sums of the 990, which are held apart.
        """
        count = end.integer("record_count")
        if count != found:
            self.warnings.append(f"Le retour annonce {count} enregistrements et en contient {found}.")

    def end(self) -> tuple[int, ...]:
        """Close the last invoice, check the 990, and give the sums that the 999 may announce, in cents."""
        self._close()
        for kind, times in self._unknown.items():
            self.warnings.append(f"L’entité {kind}, inconnue, a été laissée de côté ({times} fois).")
        totals = self.controls.check()
        self.warnings.extend(self.controls.warnings)
        return totals


def _practitioner(text: str) -> str:
    """The 9 digits of a number that a caisse pads with zeros; '' when there is none."""
    return text.lstrip("0").zfill(9) if text.strip("0") else ""
