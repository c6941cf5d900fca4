"""Transmettre: validated invoices leave in lots, each a B2 file written whole to the outbox, then marked sent.

Two commits with the file between them: first the lot is noted *en doute* with the hash of its file, then the file
is written (temporary name, fsync, rename), then the lot is marked sent. A crash in between leaves the lot en doute:
nothing is sent again by itself, a person decides (`models/INVARIANTS.md`, P18 and P20).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.commands.change import open_change
from models.commands.lot_numbers import free_lot_number
from models.commands.outgoing import b2_file
from models.commands.outgoing_dre import dre_file
from models.commands.records import set_state
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.exchanges import LotStatus
from models.domain.faults import PracticeFault
from models.domain.lifecycle import asked_shares
from models.domain.refusals import Refusal, Refused, RefusedFault
from models.domain.states import InvoiceKind, InvoiceState, Origin
from models.formats.b2.write import write_b2
from models.formats.errors import FormatError
from models.queries.lots import ReadyLot, ready_lots
from models.store.faults import spoken_files
from models.store.whole_file import write_whole
from models.tables.invoice import Invoice
from models.tables.lots import Lot
from models.tables.people import Practitioner

LOT_ROOM = 999
"""A lot counts its invoices in three digits (B2 record 6, positions 11-13)."""

Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SentLot:
    """Written and marked sent. `total` in cents."""

    number: int
    practitioner: str
    file: Path
    invoices: int
    total: int


@dataclass(frozen=True, slots=True)
class ReleasedLot:
    """Done and committed: the lot is void, its number stays used, its invoices wait again as validated."""

    number: int


class SendingStopped(PracticeFault):
    """The disk or the database refused after some lots had left: `sent`. Those are sent, the others are as before."""

    def __init__(self, sentence: str, sent: tuple[SentLot, ...]) -> None:
        super().__init__(sentence)
        self.sent = sent


def transmit_all(outbox: Path, author: Author, progress: Step | None = None) -> tuple[SentLot, ...]:
    """Send what is validated: one lot per practitioner, payer centre and signature mode; of DRE, one per payer.

    Args:
        outbox: the folder where the files go; made if it is missing.
        author: who sends.
        progress: called with (lots done, lots in all).

    Raises:
        SendingStopped: the database or the disk refused, and some lots had left.
        PracticeFault: the same before any left; the invoices are as before.
    """
    sent: list[SentLot] = []
    waiting = ready_lots()
    for done, lot in enumerate(waiting, start=1):
        try:
            while prepared := _prepare(lot, author):
                sent.append(_write_and_mark(*prepared, outbox, author))
        except PracticeFault as fault:
            if not sent:
                raise
            raise SendingStopped(str(fault), tuple(sent)) from fault
        if progress:
            progress(done, len(waiting))
    return tuple(sent)


def settle_doubt(lot_id: int, was_sent: bool, outbox: Path, author: Author) -> SentLot | ReleasedLot | Refused:
    """Decide on a lot en doute: it left, or it did not and its invoices wait again as validated.

    Raises:
        PracticeFault: the database or the disk refused; nothing was changed.
    """
    return _mark_sent(lot_id, outbox, author) if was_sent else _release(lot_id, outbox, author)


def _prepare(ready: ReadyLot, author: Author) -> tuple[int, bytes, str] | None:
    """Note the lot en doute with its invoices and give its file's content; None when no invoice is left."""
    with open_change(author, Action.PREPARE_LOT) as change:
        practitioner = Practitioner.get(Practitioner.number == ready.practitioner)
        invoices = list(
            Invoice.select()
            .where(
                Invoice.practitioner == practitioner.id,
                Invoice.state == InvoiceState.VALIDATED,
                Invoice.lot.is_null(),
                Invoice.kind == ready.kind,
                *_same_destination(ready),
            )
            .order_by(Invoice.number)
            .limit(LOT_ROOM)
        )
        if not invoices:
            return None
        number = free_lot_number(practitioner, author.day)
        dre = ready.kind == InvoiceKind.DRE
        try:
            if dre:
                content = dre_file(practitioner, invoices, number, author.day)
            else:
                content = b2_file(practitioner, invoices, number, ready.signature, author.day)
            data = write_b2(content)
        except FormatError as error:
            raise PracticeFault(f"Lot non formé : {error}") from error
        name = f"{practitioner.number}-{'dre' if dre else 'lot'}{number:03d}-{author.day:%Y%m%d}.b2"
        lot = Lot.create(
            practitioner=practitioner.id,
            number=number,
            origin=Origin.OWN,
            status=LotStatus.IN_DOUBT,
            created_on=author.day,
            destination=ready.amc_number if dre else f"{ready.regime} {ready.caisse} {ready.centre}",
            signature=ready.signature,
            file_name=name,
            content_hash=hashlib.sha256(data).hexdigest(),
            invoices=len(invoices),
            total=sum(said.total for said in content.lots[0].invoices),
            amo=sum(said.amo for said in content.lots[0].invoices),
            amc=sum(said.amc for said in content.lots[0].invoices),
            kind=ready.kind,
        )
        for invoice in invoices:
            invoice.lot = lot
            change.save(invoice)
        change.record(f"batch {lot.id}", {"lot": number})
        return lot.id, data, name


def _same_destination(ready: ReadyLot) -> tuple[Any, ...]:
    """What the invoices of one lot share: the caisse and the way of signing; of DRE, the complementary payer."""
    if ready.kind == InvoiceKind.DRE:
        return (Invoice.amc_number == ready.amc_number,)
    return (
        Invoice.regime == ready.regime,
        Invoice.caisse == ready.caisse,
        Invoice.centre == ready.centre,
        Invoice.signature == ready.signature,
    )


def _write_and_mark(lot_id: int, data: bytes, name: str, outbox: Path, author: Author) -> SentLot:
    try:
        with spoken_files(outbox / name, "d’écrire"):
            outbox.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(outbox / name, data)
    except PracticeFault:
        with suppress(PracticeFault):  # the database lies on the same full disk: the lot stays en doute
            _release(lot_id, None, author)
        raise
    outcome = _mark_sent(lot_id, outbox, author)
    if isinstance(outcome, Refused):
        raise RefusedFault(outcome)
    return outcome


def _mark_sent(lot_id: int, outbox: Path, author: Author) -> SentLot | Refused:
    with open_change(author, Action.SEND_LOT) as change:
        lot = Lot.get_by_id(lot_id)
        if lot.status != LotStatus.IN_DOUBT:
            return Refused(Refusal.LOT_DECIDED, lot.number)
        lot.status = LotStatus.SENT
        lot.save()
        for invoice in list(Invoice.select().where(Invoice.lot == lot.id)):
            set_state(invoice, InvoiceState.TRANSMITTED)
            invoice.amo_state, invoice.amc_state = asked_shares(invoice.settlement, invoice.amc)
            change.save(invoice)
        change.record(f"batch {lot.id}", {"lot": lot.number})
        return SentLot(lot.number, lot.practitioner.number, outbox / lot.file_name, lot.invoices, lot.total)


def _release(lot_id: int, outbox: Path | None, author: Author) -> ReleasedLot | Refused:
    """The lot never left: its number stays used, its invoices wait as validated, its file in `outbox` is renamed.

    The file is put out of the way before the commit: after it, a file that still looked good could be sent.
    """
    with open_change(author, Action.VOID_LOT) as change:
        lot = Lot.get_by_id(lot_id)
        if lot.status != LotStatus.IN_DOUBT:
            return Refused(Refusal.LOT_DECIDED, lot.number)
        if outbox is not None:
            with spoken_files(outbox / lot.file_name, "de renommer"), suppress(FileNotFoundError):
                (outbox / lot.file_name).rename(outbox / f"{lot.file_name}.annule")
        lot.status = LotStatus.VOID
        lot.save()
        for invoice in list(Invoice.select().where(Invoice.lot == lot.id)):
            invoice.lot = None
            change.save(invoice)
        change.record(f"batch {lot.id}", {"lot": lot.number})
        return ReleasedLot(lot.number)
