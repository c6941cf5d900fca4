"""What the invoices of a lot are to a practice that may know their numbers already: new, made anew, or there twice."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Final

from peewee import JOIN

from models.commands.change import Change
from models.domain.content import InvoiceContent
from models.domain.exchanges import LotEntry, LotStatus, RemarkWeight
from models.domain.faults import PracticeFault
from models.domain.states import InvoiceState, Origin, ShareState
from models.formats.b2.values import B2Invoice, B2Lot
from models.formats.b2.zones import CONTROLS
from models.store.database import A_SET, rows_among
from models.tables.content import contents_of
from models.tables.invoice import Invoice, LotMention
from models.tables.lots import Lot
from models.tables.people import Practitioner
from models.tables.sets import insert_rows

_NAMES = ("last_name", "first_name", "quality")
"""What a file without record 2B does not say: the return may have told it meanwhile."""

_SENTENCES: dict[LotEntry, tuple[RemarkWeight, str]] = {
    LotEntry.NUMBER_AGAIN: (
        RemarkWeight.DETAIL,
        "Numéro déjà porté par une autre facture, prise comme une facture de plus",
    ),
    LotEntry.NUMBER_OF_OURS: (
        RemarkWeight.AMOUNT,
        "Numéro que porte aussi une facture de ce cabinet, pas encore partie : les deux sont gardées, "
        "mais la caisse refuserait la seconde ; voyez l’éditeur de l’autre logiciel avant de la transmettre",
    ),
    LotEntry.OTHER_CONTENT: (
        RemarkWeight.AMOUNT,
        "Mêmes patient et soins qu’une facture déjà là, autre contenu : les deux sont gardées, "
        "vérifiez laquelle la caisse doit payer",
    ),
    LotEntry.ANSWERED: (
        RemarkWeight.AMOUNT,
        "La caisse a déjà répondu sur une facture que ce lot redonne : elle reste dans le sien",
    ),
    LotEntry.OURS: (RemarkWeight.DETAIL, "Facture de ce cabinet, déjà là : elle n’est pas reprise du fichier"),
    LotEntry.OUTDATED: (RemarkWeight.DETAIL, "Lot refait depuis : la facture reste dans le lot qui a suivi"),
}
"""What is remarked of an invoice that is not simply new or made anew."""


_GONE: Final = frozenset({InvoiceState.CANCELLED, InvoiceState.GIVEN_UP})
_LEAVING: Final = frozenset({InvoiceState.UNVALIDATED, InvoiceState.VALIDATED})

Entry = tuple[LotEntry, Invoice | None]
"""What an invoice of a lot is; with the one that it means, if it stands here already."""

_BEARERS: Final = "SELECT id FROM invoice WHERE practitioner_id + 0 = ? AND number IN ({set})"
"""« + 0 »: the planner must look for the numbers, not read all that the practitioner ever billed."""


class KnownInvoices:
    """The invoices that a file's numbers meet, and what becomes of them and of their lots.

    Args:
        change: the import that they are met in.
    """

    def __init__(self, change: Change) -> None:
        self._change = change
        self._left: Tally[int] = Tally()
        self._met: dict[LotEntry, list[Invoice]] = {}
        self.same_lot = ""
        """The file that brought a lot which comes again as it was."""

    def entries(self, lot: B2Lot, practitioner: Practitioner) -> list[Entry]:
        """What each invoice of this lot is; with the one that it means, if it stands here already.

        Raises:
            PracticeFault: the same lot holds the number with another content: they could not be told apart.
        """
        self._met = {}
        numbers = [invoice.number for invoice in lot.invoices]
        known = self._known(practitioner, numbers)
        contents = contents_of([invoice.id for bearers in known.values() for invoice in bearers])
        found = [self._entry(lot, value, known.get(value.number, []), contents) for value in lot.invoices]
        if any(entry != LotEntry.SAME_LOT for entry, _ in found):
            found = [_without_same_lot(entry, invoice) for entry, invoice in found]
        for entry, invoice in found:
            if invoice is not None:
                self._met.setdefault(entry, []).append(invoice)
        return [(entry, None if entry.is_another else invoice) for entry, invoice in found]

    def remarks(self) -> list[tuple[RemarkWeight, str]]:
        """What is said of the lot that was last looked at, one sentence for each kind."""
        return [
            (weight, _sentence(text, self._met[kind]))
            for kind, (weight, text) in _SENTENCES.items()
            if kind in self._met
        ]

    def place(self, met: Sequence[tuple[LotEntry, Invoice, date]], lot: Lot) -> None:
        """Let those that are made anew stand in this lot under their new date; the lot that each is not in mentions it.

        Args:
            met: what each invoice that stands here already is, and its date in this lot.
            lot: that holds them.
        """
        moved = [(invoice, billed_on) for entry, invoice, billed_on in met if entry == LotEntry.REDONE]
        mentions = [{"lot": lot.id if entry != LotEntry.REDONE else i.lot_id, "invoice": i.id} for entry, i, _ in met]
        insert_rows(LotMention, mentions)
        for invoice, billed_on in moved:
            self._left[invoice.lot_id or 0] += 1
            invoice.lot, invoice.billed_on = lot, billed_on
        self._change.save(*(invoice for invoice, _ in moved))

    def close_lots(self) -> tuple[tuple[int, int], ...]:
        """Mark the lots that nothing stands in any more; the number of each that was left, and how many left it."""
        left = []
        for lot in Lot.select().where(Lot.id.in_(list(self._left))).order_by(Lot.id):
            mark_if_redone(lot)
            left.append((lot.number, self._left[lot.id]))
        return tuple(left)

    def _known(self, practitioner: Practitioner, numbers: list[int]) -> dict[int, list[Invoice]]:
        """The invoices of this practitioner that bear these numbers, the latest first."""
        ids = [row_id for (row_id,) in rows_among(_BEARERS, numbers, before=[practitioner.id])]
        found: dict[int, list[Invoice]] = {}
        for start in range(0, len(ids), A_SET):
            some = Invoice.id.in_(ids[start : start + A_SET])
            for invoice in list(Invoice.select(Invoice, Lot).join(Lot, JOIN.LEFT_OUTER).where(some)):
                found.setdefault(invoice.number, []).append(invoice)
        for bearers in found.values():
            bearers.sort(key=lambda invoice: -invoice.id)
        return found

    def _entry(
        self, lot: B2Lot, value: B2Invoice, known: list[Invoice], contents: Mapping[int, InvoiceContent]
    ) -> Entry:
        if not known:
            return LotEntry.NEW, None
        said = [(invoice, contents[invoice.id]) for invoice in known]
        same = next((invoice for invoice, content in said if _said(content, value) == _said(value, content)), None)
        if same is not None:
            return self._same(lot, same), same
        for invoice in known:
            if _is_lot(invoice, lot):
                raise PracticeFault(
                    f"La facture n° {invoice.number} du professionnel {lot.practitioner} est déjà dans ce cabinet avec "
                    f"un autre contenu (lot {lot.number:03d} du {lot.created_on:%d/%m/%Y}) : rien n’a été importé, "
                    "vérifiez le fichier."
                )
        for invoice, content in said:
            if _care(content) == _care(value) and invoice.state not in _GONE:
                return LotEntry.OTHER_CONTENT, invoice
        ours = next((invoice for invoice in known if invoice.origin == Origin.OWN and invoice.state in _LEAVING), None)
        return (LotEntry.NUMBER_OF_OURS, ours) if ours else (LotEntry.NUMBER_AGAIN, known[0])

    def _same(self, lot: B2Lot, known: Invoice) -> LotEntry:
        """What an invoice that stands here already is doing in this lot."""
        if known.origin == Origin.OWN:
            return LotEntry.OURS
        stands = known.lot
        if stands is not None and _is_lot(known, lot):
            self.same_lot = stands.file_name
            return LotEntry.SAME_LOT
        if _answered(known):
            return LotEntry.ANSWERED
        outdated = stands is not None and lot.created_on < stands.created_on
        return LotEntry.OUTDATED if outdated else LotEntry.REDONE


def mark_if_redone(lot: Lot) -> None:
    """A lot of which no invoice stands in it was redone."""
    if not Invoice.select().where(Invoice.lot == lot.id).exists():
        lot.status = LotStatus.REDONE
        lot.save()


def _without_same_lot(entry: LotEntry, invoice: Invoice | None) -> Entry:
    """In a lot that comes again with other invoices, what stood in it before is made anew like the rest."""
    if entry != LotEntry.SAME_LOT or invoice is None:
        return entry, invoice
    return (LotEntry.ANSWERED if _answered(invoice) else LotEntry.REDONE), invoice


def _is_lot(invoice: Invoice, lot: B2Lot) -> bool:
    """Whether the invoice stands in the very lot: its number and its date."""
    stands = invoice.lot
    return stands is not None and (stands.number, stands.created_on) == (lot.number, lot.created_on)


def _answered(invoice: Invoice) -> bool:
    """Whether a caisse has said something of it that stands."""
    quiet = {ShareState.NONE, ShareState.PENDING}
    return invoice.state != InvoiceState.TRANSMITTED or not {invoice.amo_state, invoice.amc_state} <= quiet


def _said(content: InvoiceContent, other: InvoiceContent) -> dict[str, object]:
    """What an invoice says, without how its file counted, and without the names where the other has none."""
    bare = replace(content, other=tuple(zone for zone in content.other if zone[0] not in CONTROLS))
    unnamed = not (content.last_name and other.last_name)
    left_out = _NAMES if unnamed else ()
    return {field.name: getattr(bare, field.name) for field in fields(InvoiceContent) if field.name not in left_out}


def _care(content: InvoiceContent) -> tuple[object, ...]:
    """For whom it is, and what was done on which days."""
    lines = sorted((line.done_on, line.code) for line in content.acts)
    return content.nir, content.birth, content.birth_rank, lines


def _sentence(text: str, met: list[Invoice]) -> str:
    """The remark with the first invoice that it is about, and how many more there are."""
    first = met[0]
    lot = f" (lot {first.lot.number:03d} du {first.lot.created_on:%d/%m/%Y})" if first.lot else ""
    more = f", et {len(met) - 1} autre{'s' if len(met) > 2 else ''}" if len(met) > 1 else ""
    return f"{text} : n° {first.number}{lot}{more}."
