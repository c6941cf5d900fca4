"""The lots: what is ready to leave, what left, what is in doubt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from peewee import fn

from models.domain.damage import stored_moment
from models.domain.exchanges import Arl, LotFile, LotStatus, RemarkWeight
from models.domain.lifecycle import DESK_RANK
from models.domain.states import InvoiceKind, InvoiceState, Origin, Signature
from models.store.database import dicts, records, rows
from models.store.faults import spoken
from models.store.file_faults import spoken_files
from models.store.lease import is_held
from models.store.outbox import file_state, folder_of
from models.tables.invoice import Invoice, LotMention
from models.tables.lots import Lot, LotRemark
from models.tables.people import Practitioner
from models.tables.returns import Return

_WAITING: Final = (
    Invoice.desk_rank == DESK_RANK[InvoiceState.VALIDATED],
    Invoice.state == InvoiceState.VALIDATED,
    Invoice.lot.is_null(),
)
"""What « Transmettre » would send."""


@dataclass(frozen=True, slots=True)
class ReadyLot:
    """The validated invoices, or DRE, that would make one lot; a lot of DRE has a complementary payer alone. Cents."""

    practitioner: str
    practitioner_name: str
    regime: str
    caisse: str
    centre: str
    signature: Signature
    invoices: int
    total: int
    kind: InvoiceKind = InvoiceKind.INVOICE
    amc_number: str = ""


@dataclass(frozen=True, slots=True)
class KnownLot:
    """A lot of ours that was written; `owner` is who is writing it now, empty where nobody is. Cents."""

    id: int
    number: int
    practitioner: str
    status: LotStatus
    created_on: date
    destination: str
    signature: Signature
    file_name: str
    invoices: int
    total: int
    owner: str = ""
    since: datetime | None = None
    arl: Arl = Arl.NONE
    """What its ARL is noted to have said."""

    @property
    def in_doubt(self) -> bool:
        """Whether a person must say if it left: its writing was cut, and nobody is at it."""
        return self.status == LotStatus.IN_DOUBT and not self.owner


@dataclass(frozen=True, slots=True)
class LotPlace:
    """Where a lot en doute was written, and what is there of its file; no folder: it cannot be reached from here."""

    kept: str | None
    """The folder as it was then; None of the lots of before it was kept."""
    folder: Path | None
    file: LotFile


@spoken()
def ready_lots() -> list[ReadyLot]:
    """The lots that « Transmettre » would make now: by practitioner, payer centre and signature mode; then the DRE."""
    return [*_ready_invoices(), *_ready_dre()]


def _ready_invoices() -> list[ReadyLot]:
    keys = (
        Practitioner.number,
        Practitioner.name,
        Invoice.regime,
        Invoice.caisse,
        Invoice.centre,
        Invoice.signature,
    )
    waiting = (
        Invoice.select(
            Practitioner.number.alias("practitioner"),
            Practitioner.name.alias("practitioner_name"),
            *keys[2:],
            fn.COUNT(Invoice.id).alias("invoices"),
            fn.SUM(Invoice.total).alias("total"),
        )
        .join(Practitioner)
        .where(*_WAITING, Invoice.kind == InvoiceKind.INVOICE)
        .group_by(*keys)
        .order_by(*keys)
    )
    return records(ReadyLot, waiting)


def _ready_dre() -> list[ReadyLot]:
    keys = (Practitioner.number, Practitioner.name, Invoice.amc_number)
    waiting = (
        Invoice.select(
            Practitioner.number.alias("practitioner"),
            Practitioner.name.alias("practitioner_name"),
            Invoice.amc_number,
            fn.COUNT(Invoice.id).alias("invoices"),
            fn.SUM(Invoice.amc).alias("total"),
        )
        .join(Practitioner)
        .where(*_WAITING, Invoice.kind == InvoiceKind.DRE)
        .group_by(*keys)
        .order_by(*keys)
    )
    blank: dict[str, Any] = {"regime": "", "caisse": "", "centre": "", "signature": Signature.UNSECURED}
    return [ReadyLot(**blank, kind=InvoiceKind.DRE, **row) for row in dicts(waiting)]


@spoken()
def own_lots(status: LotStatus | None = None, limit: int = 100) -> list[KnownLot]:
    """Our lots, newest first; of one status if it is given.

    A lot whose lease is free is read once more: whoever wrote it may have come to its end between two looks.
    """
    query = Lot.select(
        Lot.id,
        Lot.number,
        Practitioner.number.alias("practitioner"),
        Lot.status,
        Lot.created_on,
        Lot.destination,
        Lot.signature,
        Lot.file_name,
        Lot.invoices,
        Lot.total,
    )
    query = query.join(Practitioner).where(Lot.origin == Origin.OWN).order_by(Lot.id.desc()).limit(limit)
    if status is not None:
        query = query.where(Lot.status == status)
    lots, writing, arl = records(KnownLot, query), _being_written(), _arl()
    left = [lot.id for lot in lots if lot.status == LotStatus.IN_DOUBT and lot.id not in writing]
    now = {lot.id: lot for lot in records(KnownLot, query.where(Lot.id.in_(left)))} if left else {}
    lots = [now.get(lot.id, lot) for lot in lots if lot.id in now or lot.id not in left]
    return [replace(lot, **writing.get(lot.id, {}), arl=arl.get(lot.id, Arl.NONE)) for lot in lots]


@spoken()
def in_doubt() -> int:
    """How many lots wait for a person to say whether they left; those that somebody is writing are not among them."""
    written = rows(Lot.select(Lot.id, Lot.token).where(Lot.status == LotStatus.IN_DOUBT))
    left = [lot_id for lot_id, token in written if not is_held(token)]
    if not left:
        return 0
    # Whoever wrote it may have come to its end between the two looks: what is so once its lease is free stays so.
    return int(Lot.select().where(Lot.id.in_(left), Lot.status == LotStatus.IN_DOUBT).count())


@spoken()
def lot_place(lot_id: int, own_outbox: Path, found_in: Path | None = None) -> LotPlace:
    """Where the file of a lot en doute should be, and what is there.

    Args:
        lot_id: the lot.
        own_outbox: the practice's own folder of lots.
        found_in: where the lot's folder is now, as a person says.

    Raises:
        PracticeFault: the folder or the database cannot be read.
    """
    lot = Lot.get_by_id(lot_id)
    folder = folder_of(lot.folder, lot.token, own_outbox, found_in)
    if folder is None:
        return LotPlace(lot.folder, None, LotFile.MISSING)
    with spoken_files(folder / lot.file_name, "de lire"):
        return LotPlace(lot.folder, folder, file_state(folder, lot.file_name, lot.content_hash))


@dataclass(frozen=True, slots=True)
class LotMatch:
    """A lot that left, of ours or imported, that bears a number."""

    id: int
    number: int
    practitioner: str
    created_on: date


@spoken()
def sent_lots(number: int, practitioner: str | None = None) -> list[LotMatch]:
    """The lots of this number that left, those that nothing stands in any more too; the latest first.

    Args:
        number: numbers of lots come back.
        practitioner: nine digits; None for all.
    """
    query = Lot.select(Lot.id, Lot.number, Practitioner.number.alias("practitioner"), Lot.created_on).join(Practitioner)
    query = query.where(Lot.number == number, Lot.status.in_([LotStatus.SENT, LotStatus.REDONE]))
    if practitioner is not None:
        query = query.where(Practitioner.number == practitioner)
    return records(LotMatch, query.order_by(Lot.created_on.desc(), Lot.id.desc()))


def _arl() -> dict[int, Arl]:
    """What is noted of the ARL of each lot, and stands; the latest where one invoice after another was refused."""
    noted = Return.select(Return.lot, Return.arl).where(Return.arl != Arl.NONE, Return.undone_at == "")
    return dict(rows(noted.order_by(Return.id)))


def owner_of(writer: str, host: str) -> str:
    """Who writes a lot, and on which machine."""
    return f"{writer} (poste {host})"


def _being_written() -> dict[int, dict[str, Any]]:
    """The lots that somebody is writing at this moment: who, and since when."""
    return {
        lot.id: {
            "owner": owner_of(lot.writer, lot.writer_host),
            "since": stored_moment(lot.writing_since).astimezone(),
        }
        for lot in Lot.select().where(Lot.status == LotStatus.IN_DOUBT)
        if is_held(lot.token)
    }


@dataclass(frozen=True, slots=True)
class KeptRemark:
    """What was odd in the file that brought an invoice's lot, and whether it is about money."""

    weight: RemarkWeight
    text: str


@spoken()
def lot_remarks(invoice_id: int) -> list[KeptRemark]:
    """The remarks on the lot in which this invoice stands, those about money first."""
    query = LotRemark.select(LotRemark.weight, LotRemark.text).join(Invoice, on=(Invoice.lot == LotRemark.lot))
    return records(KeptRemark, query.where(Invoice.id == invoice_id).order_by(LotRemark.weight, LotRemark.id))


@spoken()
def remarks_by_lot() -> dict[int, tuple[KeptRemark, ...]]:
    """The remarks on every lot that has some, by its id, those about money first."""
    found: dict[int, list[KeptRemark]] = {}
    query = LotRemark.select(LotRemark.lot, LotRemark.weight, LotRemark.text)
    for lot_id, weight, text in rows(query.order_by(LotRemark.weight, LotRemark.id)):
        found.setdefault(lot_id, []).append(KeptRemark(weight, text))
    return {lot_id: tuple(remarks) for lot_id, remarks in found.items()}


@dataclass(frozen=True, slots=True)
class OtherLot:
    """A lot that holds an invoice too, though it stands in another one; `redone`: nothing stands in it any more."""

    number: int
    created_on: date
    redone: bool


@spoken()
def other_lots() -> dict[int, tuple[OtherLot, ...]]:
    """The lots beside its own that hold an invoice, by the invoice's id; only of those that have some."""
    found: dict[int, list[OtherLot]] = {}
    query = LotMention.select(LotMention.invoice, Lot.number, Lot.created_on, Lot.status).join(Lot)
    query = query.switch(LotMention).join(Invoice).where(Invoice.lot.is_null() | (Invoice.lot != LotMention.lot))
    for invoice_id, number, created_on, status in rows(query.order_by(LotMention.id)):
        found.setdefault(invoice_id, []).append(OtherLot(number, created_on, status == LotStatus.REDONE))
    return {invoice_id: tuple(lots) for invoice_id, lots in found.items()}
