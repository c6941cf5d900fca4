"""The overview of rejections: by code, by month and by share, and the amounts that wait, oldest first.

Everything counts invoices. What was rejected is history: a cancelled or paid invoice stays in it, counted once
whatever the number of answers that repeated it. What waits is what is rejected now: the amount that nobody has
paid and that no successor has taken over, neither by « Annuler » nor by a DRE made again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from peewee import JOIN, SQL, Case, fn

from models.domain.lifecycle import DESK_RANK, FILED_RANK
from models.domain.states import InvoiceKind, InvoiceState, ShareName, ShareState
from models.reference.rejection_entry import display_code
from models.reference.rejections import RejectionBook
from models.store.database import execute, records, rows, snapshot
from models.store.faults import spoken
from models.tables.invoice import Invoice
from models.tables.returns import IS_TAKEN, Answer, Rejection, Return
from models.tables.standing_notes import STANDING

OLDEST: Final = 10
"""How many of the invoices that wait are named."""

NO_CODE: Final = "(rejet reçu sans code)"
"""The label where the return gave no reason."""

_ANSWERED: Final[dict[ShareName, Any]] = {ShareName.AMO: Answer.amo_state, ShareName.AMC: Answer.amc_state}
_STATE: Final[dict[ShareName, Any]] = {ShareName.AMO: Invoice.amo_state, ShareName.AMC: Invoice.amc_state}
_CODE: Final[dict[ShareName, Any]] = {ShareName.AMO: Invoice.amo_rejection, ShareName.AMC: Invoice.amc_rejection}
_CENTS: Final[dict[ShareName, Any]] = {ShareName.AMO: Invoice.amo, ShareName.AMC: Invoice.amc}
_PAID: Final[dict[ShareName, Any]] = {ShareName.AMO: Invoice.amo_paid, ShareName.AMC: Invoice.amc_paid}


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One rejection code on one share.

    `count` is every invoice that ever drew it. `waiting`, `waiting_cents` and `oldest` (date of billing) are of those
    that wait: an amount stands under the first code of its share, so that the lines add up to the whole.
    """

    code: str
    """As printed: « 0450 054 »; empty where the return gave no reason."""

    label: str
    share: ShareName
    count: int
    waiting: int
    waiting_cents: int
    oldest: date | None
    resembles: tuple[str, ...] = ()
    """Of a code that is unknown, the known labels that its own resembles; a likelihood."""


@dataclass(frozen=True, slots=True)
class MonthLine:
    """The invoices first rejected by a return of this month, and the amounts then rejected, paid since or not."""

    month: str
    """« 2026-11 », of the return's own date."""

    rejected: int
    amount_cents: int


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One share: the invoices on which it was ever rejected, those on which it waits, for how much."""

    share: ShareName
    count: int
    waiting: int
    waiting_cents: int


@dataclass(frozen=True, slots=True)
class WaitingInvoice:
    """An invoice with a rejected share that waits. Cents of the shares that wait, the other left out."""

    id: int
    number: int
    kind: InvoiceKind
    billed_on: date
    last_name: str
    first_name: str
    amo_rejection: str | None
    amc_rejection: str | None
    waiting_cents: int
    amo_label: str | None = None
    """As received with the code; so is the other share's."""

    amc_label: str | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """All of it, as it stood at one moment."""

    by_code: tuple[CodeLine, ...]
    """The largest amount that waits first, then the most frequent."""

    by_month: tuple[MonthLine, ...]
    """The latest first."""

    by_share: tuple[ShareLine, ...]
    oldest: tuple[WaitingInvoice, ...]
    """The ten that have waited longest, by date of billing."""

    waiting: int
    """Invoices that wait; one whose two shares wait counts once."""

    waiting_cents: int
    filed: int = 0
    """Invoices that are classified: they wait for their day, and are not among those that wait here."""

    filed_cents: int = 0
    """What of them nobody has paid, of the shares that were asked."""

    noted: int = 0
    """Of those that wait, the invoices of which a person noted it, and no file said it yet."""


@spoken()
def overview(book: RejectionBook) -> Overview:
    """The overview as it is now: eleven statements, whatever the number of invoices.

    Args:
        book: names a code that was received without its wording.
    """
    with snapshot():
        codes = sorted(
            (line for share in ShareName for line in _codes(share, book)),
            key=lambda line: (-line.waiting_cents, -line.count, line.code, line.share),
        )
        waiting = Invoice.select().where(_waits(ShareName.AMO) | _waits(ShareName.AMC)).count()
        shares = tuple(
            ShareLine(
                share,
                count,
                sum(line.waiting for line in codes if line.share == share),
                sum(line.waiting_cents for line in codes if line.share == share),
            )
            for share, count in zip(ShareName, _ever_rejected(), strict=True)
        )
        cents = sum(line.waiting_cents for line in shares)
        return Overview(tuple(codes), _months(), shares, _oldest(), waiting, cents, *_filed(), _noted())


def _noted() -> int:
    """How many of the invoices that wait a person noted."""
    ids = [row_id for (row_id,) in execute(_NOTED).fetchall()]
    waits = Invoice.select(Invoice.id).where(_waits(ShareName.AMO) | _waits(ShareName.AMC))
    return int(waits.where(Invoice.id.in_(ids)).count()) if ids else 0


_NOTED: Final = (
    'SELECT DISTINCT a.invoice_id FROM "return" r JOIN answer a ON a.return_id = r.id'  # noqa: S608
    f" WHERE a.invoice_id IS NOT NULL AND {STANDING}"
)


def _filed() -> tuple[int, int]:
    """How many invoices are classified, and what is still owed on them."""
    owed = [Case(None, ((_STATE[share] != ShareState.NONE, _CENTS[share] - _PAID[share]),), 0) for share in ShareName]
    counted = Invoice.select(fn.COUNT(Invoice.id), fn.SUM(owed[0] + owed[1])).where(Invoice.desk_rank == FILED_RANK)
    ((count, cents),) = rows(counted)
    return int(count), int(cents or 0)


def _waits(share: ShareName) -> Any:
    """Whether this share of an invoice is rejected and nothing has taken its place yet."""
    still = (Invoice.desk_rank <= DESK_RANK[InvoiceState.TRANSMITTED]) & (_STATE[share] == ShareState.REJECTED)
    if share == ShareName.AMO:
        return still
    again = Invoice.alias()
    return still & ~fn.EXISTS(
        again.select(again.id).where(again.dre_of == Invoice.id, again.state != InvoiceState.GIVEN_UP)
    )


def _codes(share: ShareName, book: RejectionBook) -> Iterator[CodeLine]:
    """The codes that this share ever drew, each with what waits under it."""
    reason = (Rejection.answer == Answer.id) & (Rejection.share == share)
    history = (
        Answer.select(Rejection.code, fn.MIN(Rejection.label), fn.COUNT(Answer.invoice.distinct()))
        .join(Rejection, JOIN.LEFT_OUTER, on=reason)
        .where(IS_TAKEN, Answer.invoice.is_null(False), _ANSWERED[share] == ShareState.REJECTED)
        .group_by(Rejection.code)
    )
    now = (
        Invoice.select(_CODE[share], fn.COUNT(Invoice.id), fn.SUM(_CENTS[share]), fn.MIN(Invoice.billed_on))
        .where(_waits(share))
        .group_by(_CODE[share])
    )
    waiting = {code or "": (count, int(cents), day) for code, count, cents, day in rows(now)}
    drawn = {code or "": (label or "", count) for code, label, count in rows(history)}
    for code in {**drawn, **waiting}:
        label, count = drawn.get(code, ("", 0))
        held, cents, oldest = waiting.get(code, (0, 0, None))
        known = book.explain(code, label, share) if code else None
        said, resembles = (known.label, known.resembles) if known else (NO_CODE, ())
        yield CodeLine(display_code(code), said, share, count, held, cents, oldest, resembles)


def _ever_rejected() -> tuple[int, int]:
    """On how many invoices each share was ever rejected."""
    counted = [
        fn.COUNT(Case(None, ((_ANSWERED[share] == ShareState.REJECTED, Answer.invoice),), None).distinct())
        for share in ShareName
    ]
    (found,) = rows(Answer.select(*counted).where(IS_TAKEN))
    return int(found[0]), int(found[1])


def _months() -> tuple[MonthLine, ...]:
    """The invoices by the month in which a return first rejected one of their shares."""
    rejected = (Answer.amo_state == ShareState.REJECTED) | (Answer.amc_state == ShareState.REJECTED)
    cents = [fn.MAX(Case(None, ((_ANSWERED[share] == ShareState.REJECTED, _CENTS[share]),), 0)) for share in ShareName]
    first = (
        Answer.select(fn.SUBSTR(fn.MIN(Return.created_on), 1, 7).alias("month"), (cents[0] + cents[1]).alias("cents"))
        .join(Return)
        .switch(Answer)
        .join(Invoice, on=(Answer.invoice == Invoice.id))
        .where(IS_TAKEN, rejected)
        .group_by(Answer.invoice)
        .alias("first")
    )
    months = (
        Answer.select(first.c.month, fn.COUNT(SQL("*")), fn.SUM(first.c.cents))
        .from_(first)
        .group_by(first.c.month)
        .order_by(first.c.month.desc())
    )
    return tuple(MonthLine(month, count, int(amount)) for month, count, amount in rows(months))


def _oldest() -> tuple[WaitingInvoice, ...]:
    """The invoices that have waited longest."""
    cents = [Case(None, ((_waits(share), _CENTS[share]),), 0) for share in ShareName]
    query = (
        Invoice.select(
            Invoice.id,
            Invoice.number,
            Invoice.kind,
            Invoice.billed_on,
            Invoice.last_name,
            Invoice.first_name,
            Invoice.amo_rejection,
            Invoice.amc_rejection,
            (cents[0] + cents[1]).alias("waiting_cents"),
        )
        .where(_waits(ShareName.AMO) | _waits(ShareName.AMC))
        .order_by(Invoice.billed_on, Invoice.id)
        .limit(OLDEST)
    )
    found = tuple(records(WaitingInvoice, query))
    labels = _labels([invoice.id for invoice in found])
    return tuple(
        replace(
            invoice,
            amo_label=labels.get((invoice.id, ShareName.AMO, invoice.amo_rejection)),
            amc_label=labels.get((invoice.id, ShareName.AMC, invoice.amc_rejection)),
        )
        for invoice in found
    )


def _labels(invoices: list[int]) -> dict[tuple[int, str, str | None], str]:
    """The wording received with each code, by invoice, share and code: of a few invoices, from their answers on."""
    query = (
        Answer.select(Answer.invoice, Rejection.share, Rejection.code, fn.MIN(Rejection.label))
        .join(Rejection)
        .where(Answer.invoice.in_(invoices))
        .group_by(Answer.invoice, Rejection.share, Rejection.code)
    )
    return {(invoice, share, code): label for invoice, share, code, label in rows(query)}
