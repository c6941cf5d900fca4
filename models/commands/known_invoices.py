"""What the invoices of a lot are to a practice that may know their numbers already: new, made anew, or there twice."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Final

from peewee import JOIN

from models.commands.change import Change
from models.commands.records import set_state
from models.domain.content import InvoiceContent
from models.domain.exchanges import LotEntry, LotStatus, RemarkWeight
from models.domain.faults import PracticeFault
from models.domain.lifecycle import asked_shares
from models.domain.states import InvoiceState, Origin, ShareState
from models.formats.b2.values import B2Invoice, B2Lot
from models.formats.b2.zones import CONTROLS
from models.store.database import A_SET, rows_among
from models.tables.content import contents_of
from models.tables.invoice import Invoice, LotMention
from models.tables.lots import Lot
from models.tables.people import Practitioner
from models.tables.sets import insert_rows
from models.tables.unsaved import UnsavedForm

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
        there = [(lot.id if entry != LotEntry.REDONE else invoice.lot_id, invoice.id) for entry, invoice, _ in met]
        insert_rows(LotMention, [{"lot": where, "invoice": one} for where, one in there if where is not None])
        back = [(invoice, billed_on) for invoice, billed_on in moved if _was_sent_back(invoice)]
        for invoice, _ in moved:
            self._left[invoice.lot_id or max(refused.id for refused in _refused_lots(invoice))] += 1
        self._validate(back)
        for invoice, billed_on in moved:
            invoice.lot, invoice.billed_on = lot, billed_on
        for invoice, _ in back:
            set_state(invoice, InvoiceState.TRANSMITTED)
            invoice.amo_state, invoice.amc_state = asked_shares(invoice.settlement, invoice.amc)
        self._change.save(*(invoice for invoice, _ in moved))

    def _validate(self, back: Sequence[tuple[Invoice, date]]) -> None:
        """Let what an ARL sent back be ready to leave as it was: nobody corrects it any more."""
        ready = [invoice for invoice, _ in back if invoice.state == InvoiceState.VALIDATED]
        for invoice in ready:
            set_state(invoice, InvoiceState.UNVALIDATED)  # its date moves with it, as that of nothing validated does
        self._change.save(*ready)
        for invoice, billed_on in back:
            set_state(invoice, InvoiceState.VALIDATED)
            invoice.billed_on = billed_on
        self._change.save(*(invoice for invoice, _ in back))
        UnsavedForm.delete().where(UnsavedForm.invoice.in_([invoice.id for invoice, _ in back])).execute()

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
        if _was_sent_back(known):
            return _after_arl(lot, known)
        stands = known.lot
        if stands is not None and _is_lot(known, lot):
            self.same_lot = stands.file_name
            return LotEntry.SAME_LOT
        if _answered(known):
            return LotEntry.ANSWERED
        outdated = stands is not None and lot.created_on < stands.created_on
        return LotEntry.OUTDATED if outdated else LotEntry.REDONE


def _was_sent_back(invoice: Invoice) -> bool:
    """Whether an ARL refused an invoice that the billing software sent, and it has not left since."""
    return invoice.origin == Origin.IMPORTED and invoice.state.unsent and invoice.lot_id is None


def _refused_lots(invoice: Invoice) -> list[Lot]:
    """The lots that hold an invoice which stands in none."""
    return list(Lot.select().join(LotMention).where(LotMention.invoice == invoice.id))


def _after_arl(lot: B2Lot, known: Invoice) -> LotEntry:
    """Whether this lot makes anew what an ARL refused; the refused lot itself, or an earlier one, does not."""
    refused = [(one.created_on, one.number) for one in _refused_lots(known)]
    is_later = lot.created_on >= max(created_on for created_on, _ in refused)
    return LotEntry.REDONE if is_later and (lot.created_on, lot.number) not in refused else LotEntry.ANSWERED


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
