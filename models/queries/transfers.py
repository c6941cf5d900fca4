"""A transfer seen whole: the invoices that it pays, what is withheld or paid beside them, whether the sums agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from models.domain.damage import stored_day, stored_member
from models.domain.states import InvoiceKind
from models.formats.noemie.values import Movement, Transfer
from models.queries.received_returns import ReceivedReturn, received_return
from models.store.database import execute
from models.store.faults import spoken
from models.tables.aside import TAKEN


@dataclass(frozen=True, slots=True)
class PaidInvoice:
    """What a return pays of an invoice. Cents; `id` is None where the invoice is not known, or the answer waits."""

    id: int | None
    number: int
    kind: InvoiceKind
    billed_on: date | None
    last_name: str
    first_name: str
    amo_paid: int
    amc_paid: int
    stands: bool
    """Whether the answer was taken; else it repeats, waits, or was set aside."""

    @property
    def paid(self) -> int:
        """Both shares."""
        return self.amo_paid + self.amc_paid


@dataclass(frozen=True, slots=True)
class TransferSheet:
    """A transfer, or what a return pays without one. Cents."""

    transfer: Transfer | None
    invoices: tuple[PaidInvoice, ...]
    movements: tuple[Movement, ...]

    @property
    def paid(self) -> int:
        """What it pays of invoices."""
        return sum(invoice.paid for invoice in self.invoices)

    @property
    def moved(self) -> int:
        """What is withheld or paid beside them."""
        return sum(movement.amount for movement in self.movements)

    @property
    def total(self) -> int:
        """What comes to the bank, as far as the return tells."""
        return self.paid + self.moved


@dataclass(frozen=True, slots=True)
class ReturnMoney:
    """All the money of a return, by transfer; `announced` is the sum that the return itself says."""

    received: ReceivedReturn
    transfers: tuple[TransferSheet, ...]

    @property
    def announced(self) -> int:
        """What the return says that it pays."""
        return self.received.paid

    @property
    def total(self) -> int:
        """What its transfers come to."""
        return sum(sheet.total for sheet in self.transfers)

    @property
    def agrees(self) -> bool:
        """Whether the return announces that: it may count what is moved beside the invoices, or leave it out."""
        paid = sum(sheet.paid for sheet in self.transfers)
        return self.announced in {paid, self.total}


@spoken()
def return_money(return_id: int) -> ReturnMoney:
    """The money of this return.

    Raises:
        PracticeFault: there is no such return.
    """
    received = received_return(return_id)
    kept = execute("SELECT id FROM return_transfer WHERE return_id = ? ORDER BY id", (return_id,)).fetchall()
    paid: dict[int | None, list[PaidInvoice]] = {}
    for transfer_id, *row in execute(_PAID, (return_id,)).fetchall():
        paid.setdefault(transfer_id, []).append(_invoice(row))
    sheets = [
        TransferSheet(paying.transfer, tuple(paid.get(transfer_id, ())), paying.movements)
        for (transfer_id,), paying in zip(kept, received.transfers, strict=True)
    ]
    if None in paid or received.movements:
        sheets.append(TransferSheet(None, tuple(paid.get(None, ())), received.movements))
    return ReturnMoney(received, tuple(sheets))


_PAID: Final = (
    "SELECT a.transfer_id, i.id, coalesce(i.number, a.number), i.kind, coalesce(i.billed_on, a.billed_on),"  # noqa: S608
    " coalesce(i.last_name, a.last_name), coalesce(i.first_name, a.first_name), a.amo_paid, a.amc_paid,"
    f" CASE WHEN {TAKEN} THEN 1 ELSE 0 END"
    " FROM answer a LEFT JOIN invoice i ON i.id = a.invoice_id WHERE a.return_id = ?"
    " AND (a.amo_paid <> 0 OR a.amc_paid <> 0) ORDER BY a.id"
)


def _invoice(row: list[Any]) -> PaidInvoice:
    one, number, kind, billed_on, last, first, amo, amc, stands = row
    day = stored_day(billed_on) if billed_on else None
    return PaidInvoice(
        one, number, stored_member(InvoiceKind, kind or InvoiceKind.INVOICE), day, last, first, amo, amc, bool(stands)
    )
