"""Importer: take the invoices of a B2 file that was sent, with the people and payers that it names."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from models.commands.change import Change, open_change
from models.commands.known_invoices import KnownInvoices, mark_if_redone
from models.commands.met_numbers import heed_numbers
from models.commands.records import patient_for, remember_addresses
from models.commands.rejoin import rejoin
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.exchanges import LotEntry, LotStatus, RemarkWeight
from models.domain.faults import PracticeFault
from models.domain.lifecycle import CERTIFICATION, DESK_RANK, asked_shares
from models.domain.states import InvoiceState, Origin, ShareName
from models.formats.b2.read import read_b2
from models.formats.b2.values import B2File, B2Invoice, B2Lot
from models.store.database import find_or_make
from models.tables.content import columns_of, write_lines
from models.tables.invoice import Invoice, LotMention
from models.tables.lots import Lot, LotRemark
from models.tables.people import Patient, Practitioner
from models.tables.search import search_text

Progress = Callable[[int, int], None]

_SIGNATURES = {letter: name for name, letter in CERTIFICATION.items()}


@dataclass(frozen=True, slots=True)
class Imported:
    """Done and committed: what the file brought. `total` in cents; `rejoined` counts answers that were waiting.

    `redone` are the earlier lots of which invoices now stand in these, each with how many; `warnings` are the remarks
    on the file, and `amounts` those that are about money; both are kept with its lots.
    """

    file_name: str
    lots: tuple[int, ...]
    invoices: int
    total: int
    practitioners: tuple[str, ...]
    patients: int
    rejoined: int
    warnings: tuple[str, ...]
    amounts: tuple[str, ...] = ()
    redone: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class AlreadyImported:
    """Nothing was changed: this very file is known."""

    file_name: str


def import_lots(
    data: bytes, file_name: str, author: Author, progress: Progress | None = None
) -> Imported | AlreadyImported:
    """Import one B2 file, wholly or not at all.

    Args:
        data: the file's bytes.
        file_name: its name, without its folder.
        author: who imports it.
        progress: called with (invoices done, invoices in all).

    Raises:
        FormatError: the file is not a sound B2 file; nothing was changed.
        PracticeFault: two invoices cannot be told apart, or the database refused; nothing was changed.
    """
    digest = hashlib.sha256(data).hexdigest()
    file = read_b2(data)
    with open_change(author, Action.IMPORT) as change:
        known = Lot.get_or_none(Lot.content_hash == digest)
        if known is not None:
            return AlreadyImported(known.file_name)
        return _Import(change, file, file_name, digest, progress).run()


class _Import:
    """One file on its way in: what was met, and what the journal will say."""

    def __init__(self, change: Change, file: B2File, file_name: str, digest: str, progress: Progress | None) -> None:
        self.change, self.file, self.file_name, self.digest = change, file, file_name, digest
        self.progress = progress
        self.expected = sum(len(lot.invoices) for lot in file.lots)
        self.patients_before = Patient.select().count()
        self.new_practitioners: list[str] = []
        self.people: dict[tuple[str, str, str, str], int] = {}
        self.addresses: set[tuple[ShareName | None, str]] = set()
        self.seen = self.done = self.rejoined = 0
        self.known = KnownInvoices(change)
        self.taken: list[B2Lot] = []
        self.again: list[int] = []
        self.remarks: list[tuple[RemarkWeight, str]] = []

    def run(self) -> Imported | AlreadyImported:
        """Write all of the file's lots, then what the journal will say."""
        for lot in self.file.lots:
            self._lot(lot)
        if not self.taken:
            return AlreadyImported(self.known.same_lot)
        for lot in self.taken:
            self.rejoined += rejoin(self.change, lot.practitioner, [invoice.number for invoice in lot.invoices])
        numbers = [invoice.number for lot in self.taken for invoice in lot.invoices]
        met = heed_numbers(self.taken)
        lots = tuple(lot.number for lot in self.taken)
        detail: dict[str, object] = {"lots": list(lots), "count": self.done, "rejoined": self.rejoined}
        redone = self.known.close_lots()
        if redone:
            detail["redone"] = [list(pair) for pair in redone]
        self.change.record(f"file {self.digest[:16]}", detail)
        said = [text for _, text in self.remarks]
        grave = (text for weight, text in self.remarks if weight == RemarkWeight.AMOUNT)
        amounts = (*self.file.amounts, *grave)
        return Imported(
            self.file_name,
            lots,
            len(numbers),
            sum(invoice.total for lot in self.taken for invoice in lot.invoices),
            tuple(self.new_practitioners),
            Patient.select().count() - self.patients_before,
            self.rejoined,
            (*self.file.warnings, *met, *self._again(), *(text for text in said if text not in amounts)),
            amounts,
            redone,
        )

    def _lot(self, lot: B2Lot) -> None:
        practitioner, new = find_or_make(Practitioner, {"name": lot.practitioner_name}, number=lot.practitioner)
        if new:
            self.new_practitioners.append(lot.practitioner)
        _refuse_twice(lot)
        entries = self.known.entries(lot, practitioner)
        if all(entry == LotEntry.SAME_LOT for entry, _ in entries):
            self.again.append(lot.number)
            return
        row = Lot.create(
            practitioner=practitioner.id,
            number=lot.number,
            origin=Origin.IMPORTED,
            status=LotStatus.SENT,
            created_on=lot.created_on,
            destination=f"{lot.regime} {lot.caisse}".strip(),
            signature=_SIGNATURES[lot.certification],
            file_name=self.file_name,
            content_hash=self.digest,
            invoices=len(lot.invoices),
            total=sum(invoice.total for invoice in lot.invoices),
            amo=sum(invoice.amo for invoice in lot.invoices),
            amc=sum(invoice.amc for invoice in lot.invoices),
        )
        self.taken.append(lot)
        for invoice, (entry, known) in zip(lot.invoices, entries, strict=True):
            if known is None:
                self._invoice(invoice, practitioner, row)
            elif entry == LotEntry.REDONE:
                self.known.move(known, row, invoice.billed_on)
            else:
                LotMention.create(lot=row.id, invoice=known.id)
            self.seen += 1
            if self.progress:
                self.progress(self.seen, self.expected)
        mark_if_redone(row)
        said = self.known.remarks()
        self.remarks += said
        details = ((RemarkWeight.DETAIL, text) for text in self.file.warnings)
        totals = ((RemarkWeight.AMOUNT, text) for text in self.file.amounts)
        for weight, text in (*details, *totals, *said):
            LotRemark.create(lot=row.id, weight=weight, text=text)

    def _invoice(self, value: B2Invoice, practitioner: Practitioner, lot: Lot) -> None:
        amo_state, amc_state = asked_shares(value.settlement, value.amc)
        remember_addresses(value, self.addresses)
        row = Invoice(
            number=value.number,
            origin=Origin.IMPORTED,
            practitioner=practitioner.id,
            patient=self._patient(value),
            lot=lot.id,
            state=InvoiceState.TRANSMITTED,
            desk_rank=DESK_RANK[InvoiceState.TRANSMITTED],
            signature=lot.signature,
            amo_state=amo_state,
            amc_state=amc_state,
            billed_on=value.billed_on,
            **columns_of(value),
        )
        row.search = search_text(row.last_name, row.first_name)
        self.change.add(row)
        write_lines(row.id, value.acts)
        self.done += 1

    def _again(self) -> tuple[str, ...]:
        """The lots of the file that are here already, beside those that were taken."""
        lots = ", ".join(f"{number:03d}" for number in self.again)
        return (f"Déjà importé, rien n’a changé : lot {lots}.",) if lots else ()

    def _patient(self, value: B2Invoice) -> int:
        key = (value.nir, value.birth, value.birth_rank, value.first_name)
        if key not in self.people:
            self.people[key] = patient_for(value).id
        return self.people[key]


def _refuse_twice(lot: B2Lot) -> None:
    """A number names one invoice of its lot: an answer could not tell two of them apart."""
    numbers = [invoice.number for invoice in lot.invoices]
    if len(set(numbers)) < len(numbers):
        twice = min(number for number in numbers if numbers.count(number) > 1)
        raise PracticeFault(f"Le lot {lot.number:03d} contient deux fois la facture n° {twice} : rien n’a été importé.")
