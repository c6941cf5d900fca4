"""Decide on a lot en doute: it left, or it is void and its invoices wait again; and how a lot comes to either end.

Nothing is decided on a lot that somebody is still writing, nor where the folder cannot be reached in which it was
written: its file would stay there, whole, and leave beside the lot that takes its invoices (`models/INVARIANTS.md`,
P20).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from models.commands.change import Change, open_change
from models.commands.records import set_state
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.exchanges import LotFile, LotStatus
from models.domain.lifecycle import asked_shares
from models.domain.refusals import Refusal, Refused
from models.domain.states import InvoiceState, Signature
from models.queries.lots import owner_of
from models.store import lease, outbox
from models.store.file_faults import spoken_files
from models.tables.invoice import Invoice
from models.tables.lots import Lot
from models.tables.sets import rows_of


@dataclass(frozen=True, slots=True)
class SentLot:
    """Written and marked sent. `total` in cents."""

    number: int
    practitioner: str
    file: Path
    invoices: int
    total: int
    degraded: bool
    """Whether the caisse waits for a sheet of each of its invoices."""


@dataclass(frozen=True, slots=True)
class ReleasedLot:
    """Done and committed: the lot is void, its number stays used, its invoices wait again as validated."""

    number: int


def settle_doubt(
    lot_id: int, was_sent: bool, own_outbox: Path, author: Author, *, found_in: Path | None = None
) -> SentLot | ReleasedLot | Refused:
    """Decide on a lot en doute: it left, or it did not and its invoices wait again as validated.

    Args:
        lot_id: the lot.
        was_sent: whether it left.
        own_outbox: the practice's own folder of lots.
        author: who decides.
        found_in: where the lot's folder is now, as a person says; heard where it is not found by itself.

    Returns:
        What became of it; `Refused` where somebody decided, where its owner still writes it, where its folder is away.

    Raises:
        PracticeFault: the database or the disk refused; nothing was changed.
    """
    with open_change(author, Action.SEND_LOT if was_sent else Action.VOID_LOT) as change:
        lot = Lot.get_by_id(lot_id)
        if lot.status != LotStatus.IN_DOUBT:
            return Refused(Refusal.LOT_DECIDED, lot.number)
        if lease.is_held(lot.token):
            return Refused(Refusal.LOT_WRITING, lot.number, owner_of(lot.writer, lot.writer_host))
        folder = outbox.folder_of(lot.folder, lot.token, own_outbox, found_in)
        if folder is None:
            return Refused(Refusal.LOT_OUT_OF_REACH, lot.number, lot.folder or "")
        if was_sent:
            with spoken_files(folder / lot.file_name, "de lire"):
                if outbox.file_state(folder, lot.file_name, lot.content_hash) == LotFile.ASIDE:
                    outbox.bring_back(folder, lot.file_name, lot.content_hash)
            outcome: SentLot | ReleasedLot = send(change, lot, folder)
        else:
            put_aside(lot, folder)
            outcome = release(change, lot)
    outbox.remove_drafts(folder, lot.token)
    return outcome


def put_aside(lot: Lot, folder: Path) -> None:
    """Take the draft of a lot away and its file out of the way: before the commit, after which its invoices may leave.

    Raises:
        PracticeFault: the disk refused.
    """
    with spoken_files(folder / lot.file_name, "de renommer"):
        outbox.empty_drafts(folder, lot.token)
        outbox.put_aside(folder, lot.file_name)


def send(change: Change, lot: Lot, folder: Path) -> SentLot:
    """Mark a lot en doute sent, its invoices transmitted; `folder` is where its file lies."""
    lot.status = LotStatus.SENT
    if lot.folder is not None:
        lot.folder = folder_text(folder)
    lot.save()
    invoices = rows_of(Invoice, Invoice.select(Invoice.id).where(Invoice.lot == lot.id))
    for invoice in invoices:
        set_state(invoice, InvoiceState.TRANSMITTED)
        invoice.amo_state, invoice.amc_state = asked_shares(invoice.settlement, invoice.amc)
    change.save(*invoices)
    change.record(f"batch {lot.id}", {"lot": lot.number})
    degraded = lot.signature == Signature.DEGRADED
    return SentLot(lot.number, lot.practitioner.number, folder / lot.file_name, lot.invoices, lot.total, degraded)


def release(change: Change, lot: Lot) -> ReleasedLot:
    """Make a lot void that never left: its number stays used, its invoices wait as validated."""
    lot.status = LotStatus.VOID
    lot.save()
    invoices = rows_of(Invoice, Invoice.select(Invoice.id).where(Invoice.lot == lot.id))
    for invoice in invoices:
        invoice.lot = None
    change.save(*invoices)
    change.record(f"batch {lot.id}", {"lot": lot.number})
    return ReleasedLot(lot.number)


def folder_text(folder: Path) -> str:
    """A folder's path as text that the practice can keep, whatever bytes it is made of."""
    return bytes(folder.absolute()).decode("utf-8", "replace")
