"""Importer: take the invoices of a B2 file that was sent, with the people and payers that it names."""

from __future__ import annotations

import hashlib
from collections import Counter as Tally
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from models.commands.change import Change, open_change
from models.commands.known_invoices import Entry, KnownInvoices, mark_if_redone
from models.commands.met_numbers import FarNumbers, far_numbers, heed_numbers
from models.commands.records import Address, Person, patients_for, recorded_as, remember_addresses
from models.commands.rejoin import rejoin
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.exchanges import LotEntry, LotStatus, RemarkWeight
from models.domain.faults import PracticeFault
from models.domain.lifecycle import CERTIFICATION, DESK_RANK, asked_shares
from models.domain.patience import Step
from models.domain.states import InvoiceState, Origin
from models.formats.b2.read import read_b2
from models.formats.b2.values import B2File, B2Invoice, B2Lot
from models.store.database import find_or_make
from models.store.in_bulk import MUCH, in_bulk
from models.tables.content import columns_of, write_lines
from models.tables.lots import Lot, LotRemark
from models.tables.people import Practitioner
from models.tables.search import search_text
from models.tables.sets import insert_rows

A_STEP: Final = 250
"""Invoices that are written at once, and after which the progress is told."""

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
    data: bytes, file_name: str, author: Author, progress: Step | None = None, *, far: bool = False
) -> Imported | AlreadyImported | FarNumbers:
    """Import one B2 file, wholly or not at all.

    Args:
        data: the file's bytes.
        file_name: its name, without its folder.
        author: who imports it.
        progress: called with (invoices done, invoices in all).
        far: whether a person took it whose numbers lie far from all others; else that is asked, and nothing is done.

    Raises:
        FormatError: the file is not a sound B2 file; nothing was changed.
        PracticeFault: two invoices cannot be told apart, or the database refused; nothing was changed.
    """
    with in_bulk(much=len(data) >= MUCH):
        return _import(data, file_name, author, progress, far)


def _import(
    data: bytes, file_name: str, author: Author, progress: Step | None, far: bool
) -> Imported | AlreadyImported | FarNumbers:
    digest = hashlib.sha256(data).hexdigest()
    file = read_b2(data, (lambda _, total: progress(0, total)) if progress else None)
    with open_change(author, Action.IMPORT) as change:
        known = Lot.get_or_none(Lot.content_hash == digest)
        if known is not None:
            return AlreadyImported(known.file_name)
        if not far and (asked := far_numbers(file.lots, file_name)):
            return asked
        return _Import(change, file, file_name, digest, progress).run()


class _Import:
    """One file on its way in: what was met, and what the journal will say."""

    def __init__(self, change: Change, file: B2File, file_name: str, digest: str, progress: Step | None) -> None:
        self.change, self.file, self.file_name, self.digest = change, file, file_name, digest
        self.progress = progress
        self.expected = sum(len(lot.invoices) for lot in file.lots)
        self.new_practitioners: list[str] = []
        self.people: dict[Person, int] = {}
        self.addresses: set[Address] = set()
        self.patients = self.seen = self.done = self.rejoined = 0
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
            self.patients,
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
        for start in range(0, len(entries), A_STEP):
            self._take(row, lot.invoices[start : start + A_STEP], entries[start : start + A_STEP])
        mark_if_redone(row)
        said = self.known.remarks()
        self.remarks += said
        details = ((RemarkWeight.DETAIL, text) for text in self.file.warnings)
        totals = ((RemarkWeight.AMOUNT, text) for text in self.file.amounts)
        kept = [{"lot": row.id, "weight": weight, "text": text} for weight, text in (*details, *totals, *said)]
        insert_rows(LotRemark, kept)

    def _take(self, row: Lot, values: Sequence[B2Invoice], entries: Sequence[Entry]) -> None:
        """Write some invoices of a lot: those that are new, those that it takes over, those that it only mentions."""
        together = list(zip(values, entries, strict=True))
        self._add([value for value, (_, known) in together if known is None], row)
        self.known.place([(entry, known, value.billed_on) for value, (entry, known) in together if known], row)
        self.seen += len(values)
        if self.progress:
            self.progress(self.seen, self.expected)

    def _add(self, values: Sequence[B2Invoice], lot: Lot) -> None:
        """Write new invoices, with their lines, their patients and whom they name."""
        self.patients += len(patients_for(values, self.people))
        remember_addresses(values, self.addresses)
        ids = self.change.add([self._columns(value, lot) for value in values])
        write_lines({invoice_id: value.acts for invoice_id, value in zip(ids, values, strict=True)})
        self.done += len(values)

    def _columns(self, value: B2Invoice, lot: Lot) -> dict[str, object]:
        amo_state, amc_state = asked_shares(value.settlement, value.amc)
        return {
            "number": value.number,
            "origin": Origin.IMPORTED,
            "practitioner": lot.practitioner_id,
            "patient": self.people[recorded_as(value)],
            "lot": lot.id,
            "state": InvoiceState.TRANSMITTED,
            "desk_rank": DESK_RANK[InvoiceState.TRANSMITTED],
            "signature": lot.signature,
            "amo_state": amo_state,
            "amc_state": amc_state,
            "billed_on": value.billed_on,
            "search": search_text(value.last_name, value.first_name),
            **columns_of(value),
        }

    def _again(self) -> tuple[str, ...]:
        """The lots of the file that are here already, beside those that were taken."""
        lots = ", ".join(f"{number:03d}" for number in self.again)
        return (f"Déjà importé, rien n’a changé : lot {lots}.",) if lots else ()


def _refuse_twice(lot: B2Lot) -> None:
    """A number names one invoice of its lot: an answer could not tell two of them apart."""
    met = Tally(invoice.number for invoice in lot.invoices)
    if len(met) < len(lot.invoices):
        twice = min(number for number, times in met.items() if times > 1)
        raise PracticeFault(f"Le lot {lot.number:03d} contient deux fois la facture n° {twice} : rien n’a été importé.")
