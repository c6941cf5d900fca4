"""Transmettre: validated invoices leave in lots, each a B2 file written whole to the outbox, then marked sent.

Two commits with the file between them: first the lot is noted *en doute* with the hash of its file, then the file
is written (a draft, fsync, its name), then the lot is marked sent. Meanwhile its owner holds a lease, and others see
that it is being written. A crash in between leaves the lot en doute: nothing is sent again by itself, a person decides
(`models/commands/settle_lot.py`; `models/INVARIANTS.md`, P18 and P20).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.commands.change import open_change
from models.commands.lot_numbers import free_lot_number
from models.commands.outgoing import b2_file
from models.commands.outgoing_dre import dre_file
from models.commands.settle_lot import SentLot, folder_text, put_aside, release, send
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.exchanges import LotStatus
from models.domain.faults import PracticeFault
from models.domain.patience import GivenUp, Step
from models.domain.refusals import Refusal, Refused, RefusedFault
from models.domain.states import InvoiceKind, InvoiceState, Origin
from models.formats.b2.write import write_b2
from models.formats.errors import FormatError
from models.queries.lots import ReadyLot, ready_lots
from models.store import lease
from models.store.faults import spoken
from models.store.file_faults import spoken_files
from models.store.outbox import make_drafts, remove_drafts
from models.store.whole_file import write_whole
from models.tables.content import contents_in, row_damage
from models.tables.invoice import Invoice
from models.tables.lots import Lot
from models.tables.people import Practitioner
from models.tables.sets import rows_of

LOT_ROOM = 999
"""A lot counts its invoices in three digits (B2 record 6, positions 11-13)."""


_LEFT = "Facture n° {} abîmée dans la base : non transmise, restaurez une sauvegarde."


class SendingStopped(PracticeFault):
    """Something refused after some lots had left, or beside them: `sent`. Those are sent, the rest is as before."""

    def __init__(self, sentence: str, sent: tuple[SentLot, ...]) -> None:
        super().__init__(sentence)
        self.sent = sent


def transmit_all(outbox: Path, author: Author, progress: Step | None = None) -> tuple[SentLot, ...]:
    """Send what is validated: one lot per practitioner, payer centre and signature mode; of DRE, one per payer.

    Args:
        outbox: the folder where the files go; made if it is missing.
        author: who sends.
        progress: called before the first lot and after each with (invoices that have left, invoices in all); where it
            raises `GivenUp`, no other lot is begun.

    Raises:
        SendingStopped: the database or the disk refused, or an invoice is damaged, and some lots have left.
        PracticeFault: the same before any left; the invoices are as before.
    """
    waiting = ready_lots()
    if not waiting:
        return ()
    sent: list[SentLot] = []
    left: dict[str, None] = {}
    with _writing_in(outbox.absolute(), author) as writer, suppress(GivenUp):
        tell = _teller(progress, sum(lot.invoices for lot in waiting))
        tell(sent)
        for lot in waiting:
            try:
                while prepared := _prepare(lot, writer, left):
                    sent.append(_write_and_mark(*prepared, writer))
                    tell(sent)
            except _NotFormed as fault:
                left[str(fault)] = None
            except PracticeFault as fault:
                if not sent:
                    raise
                raise SendingStopped(str(fault), tuple(sent)) from fault
    if left:
        raise SendingStopped(" ".join(left), tuple(sent)) if sent else PracticeFault(" ".join(left))
    return tuple(sent)


def _teller(progress: Step | None, waiting: int) -> Callable[[Sequence[SentLot]], None]:
    def tell(sent: Sequence[SentLot]) -> None:
        if progress:
            progress(sum(lot.invoices for lot in sent), waiting)

    return tell


class _NotFormed(PracticeFault):
    """One lot cannot be made; the others leave."""


@dataclass(frozen=True, slots=True)
class _Writer:
    """Who writes these lots, and where: what their lease and the folder of their drafts are known by."""

    author: Author
    outbox: Path
    drafts: Path
    token: str

    def owner(self) -> dict[str, str]:
        """What a lot keeps of its owner and its place."""
        return {
            "folder": folder_text(self.outbox),
            "token": self.token,
            "writer": self.author.operator,
            "writer_host": os.uname().nodename,
            "writing_since": self.author.at.isoformat(timespec="seconds"),
        }


@contextmanager
def _writing_in(outbox: Path, author: Author) -> Iterator[_Writer]:
    """Hold the lease of what is written in this block; the folder of the drafts stays if a lot is left en doute."""
    token = lease.new_token()
    with spoken_files(outbox, "d’écrire dans"):
        drafts = make_drafts(outbox, token)
    try:
        with lease.held(token):
            yield _Writer(author, outbox, drafts, token)
    finally:
        with suppress(PracticeFault):
            if not _left_in_doubt(token):
                remove_drafts(outbox, token)


def _left_in_doubt(token: str) -> bool:
    with spoken():
        return bool(Lot.select().where(Lot.token == token, Lot.status == LotStatus.IN_DOUBT).exists())


def _prepare(ready: ReadyLot, writer: _Writer, left: dict[str, None]) -> tuple[int, bytes, str] | None:
    """Note the lot en doute with its invoices and give its file's content; None when no invoice is left.

    `left` is told of the invoices that stay because a value of theirs does not read.

    Raises:
        _NotFormed: the lot cannot be made.
    """
    author = writer.author
    with open_change(author, Action.PREPARE_LOT) as change:
        practitioner = Practitioner.get_or_none(Practitioner.number == ready.practitioner)
        if practitioner is None:
            raise _NotFormed(
                f"Lots du professionnel « {ready.practitioner} » non formés : son numéro est abîmé dans la base, "
                "restaurez la dernière sauvegarde."
            )
        invoices = rows_of(
            Invoice,
            Invoice.select(Invoice.id)
            .where(
                Invoice.practitioner == practitioner.id,
                Invoice.state == InvoiceState.VALIDATED,
                Invoice.lot.is_null(),
                Invoice.kind == ready.kind,
                *_same_destination(ready),
            )
            .order_by(Invoice.number)
            .limit(LOT_ROOM),
        )
        contents = contents_in(invoices)
        sound = []
        for invoice in invoices:
            if row_damage(invoice, contents[invoice.id].acts):
                left[_LEFT.format(invoice.number)] = None
            else:
                sound.append(invoice)
        invoices = sound
        if not invoices:
            return None
        number = free_lot_number(practitioner, author.day)
        dre = ready.kind == InvoiceKind.DRE
        try:
            if dre:
                content = dre_file(practitioner, invoices, contents, number, author.day)
            else:
                content = b2_file(practitioner, invoices, contents, number, ready.signature, author.day)
            data = write_b2(content)
        except FormatError as error:
            raise _NotFormed(f"Lot non formé : {error}") from error
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
            size=len(data),
            invoices=len(invoices),
            total=sum(said.total for said in content.lots[0].invoices),
            amo=sum(said.amo for said in content.lots[0].invoices),
            amc=sum(said.amc for said in content.lots[0].invoices),
            kind=ready.kind,
            **writer.owner(),
        )
        for invoice in invoices:
            invoice.lot = lot
        change.save(*invoices)
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


def _write_and_mark(lot_id: int, data: bytes, name: str, writer: _Writer) -> SentLot:
    file = writer.outbox / name
    try:
        with spoken_files(file, "d’écrire"):
            write_whole(file, data, writer.drafts)
    except PracticeFault as fault:
        taken = isinstance(fault.__cause__, FileExistsError)  # what is there is not ours to move
        with suppress(PracticeFault):  # the database lies on the same full disk: the lot stays en doute
            _release(lot_id, writer, not taken)
        raise
    outcome = _mark_sent(lot_id, writer)
    if isinstance(outcome, Refused):
        raise RefusedFault(outcome)
    return outcome


def _mark_sent(lot_id: int, writer: _Writer) -> SentLot | Refused:
    """Mark the lot sent; one that was decided on while its lease was lost (a server's line) keeps that end."""
    with open_change(writer.author, Action.SEND_LOT) as change:
        lot = Lot.get_by_id(lot_id)
        if lot.status == LotStatus.IN_DOUBT:
            return send(change, lot, writer.outbox)
        if lot.status == LotStatus.VOID:
            put_aside(lot, writer.outbox)
        return Refused(Refusal.LOT_DECIDED, lot.number)


def _release(lot_id: int, writer: _Writer, its_file: bool) -> None:
    """Make void the lot whose file could not be written; what there may be of it is put out of the way first."""
    with open_change(writer.author, Action.VOID_LOT) as change:
        lot = Lot.get_by_id(lot_id)
        if lot.status == LotStatus.IN_DOUBT:
            if its_file:
                put_aside(lot, writer.outbox)
            release(change, lot)
