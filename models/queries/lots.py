"""The lots: what is ready to leave, what left, what is in doubt."""

from __future__ import annotations

from dataclasses import dataclass

from peewee import fn

from models.store.database import rows
from models.store.faults import spoken
from models.tables.invoice import Invoice
from models.tables.lots import Batch
from models.tables.people import Practitioner


@dataclass(frozen=True, slots=True)
class ReadyLot:
    """The validated invoices that would make one lot. Cents."""

    practitioner: str
    practitioner_name: str
    regime: str
    caisse: str
    centre: str
    signature: str
    invoices: int
    total: int


@dataclass(frozen=True, slots=True)
class KnownLot:
    """A lot of ours that was written. Cents."""

    id: int
    number: int
    practitioner: str
    status: str
    created_on: str
    destination: str
    signature: str
    file_name: str
    invoices: int
    total: int


@spoken()
def ready_lots() -> list[ReadyLot]:
    """The lots that « Transmettre » would make now: one per practitioner, payer centre and signature mode."""
    keys = (
        Practitioner.number,
        Practitioner.name,
        Invoice.regime,
        Invoice.caisse,
        Invoice.centre,
        Invoice.signature,
    )
    waiting = (
        Invoice.select(*keys, fn.COUNT(Invoice.id), fn.SUM(Invoice.total))
        .join(Practitioner)
        .where(Invoice.desk_rank == 9, Invoice.state == "validated", Invoice.batch.is_null())
        .group_by(*keys)
        .order_by(*keys)
    )
    return [ReadyLot(*row) for row in rows(waiting)]


@spoken()
def own_lots(status: str | None = None, limit: int = 100) -> list[KnownLot]:
    """Our lots, newest first; of one status (« in_doubt », « sent », « void ») if it is given."""
    query = Batch.select(
        Batch.id,
        Batch.number,
        Practitioner.number,
        Batch.status,
        Batch.created_on,
        Batch.destination,
        Batch.signature,
        Batch.file_name,
        Batch.invoices,
        Batch.total,
    )
    query = query.join(Practitioner).where(Batch.origin == "own").order_by(Batch.id.desc()).limit(limit)
    if status is not None:
        query = query.where(Batch.status == status)
    return [KnownLot(*row) for row in rows(query)]
