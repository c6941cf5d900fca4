"""À relancer: what payers owe the practice a word or money for, the most money for the longest time first.

What is looked at is what waits, by its rank in the desk's order, the oldest of each first and `MOST` at the most: the
menu asks it too, whatever the number of invoices.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from models.domain.damage import is_damaged, stored_day, stored_member
from models.domain.follow_up import (
    DEFERRED_DAYS,
    LAST_DAYS,
    TAKEN_BACK_DAYS,
    UNMEASURED_DAYS,
    Usual,
    Waiting,
)
from models.domain.lifecycle import DESK_RANK, FILED_RANK
from models.domain.states import InvoiceKind, InvoiceState, ShareName, ShareState, Signature
from models.queries.papers import SHEETS_SENT_ON
from models.queries.usual_days import Payer, usual_days
from models.reference.workdays import prescription_limit
from models.store.database import execute, snapshot
from models.store.faults import spoken
from models.tables.aside import TAKEN

MOST: Final = 1000
"""Invoices of each rank that are looked at, the oldest first."""


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to remind a payer of. Cents; `id` and `number` are None of money that no invoice is told of."""

    waiting: Waiting
    id: int | None
    number: int | None
    kind: InvoiceKind
    version: int
    last_name: str
    first_name: str
    share: ShareName
    payer: str
    """Régime and caisse, or the complementary payer's number."""
    cents: int
    """What is missing, or was taken back."""
    since: date
    """Sent, answered, taken back on this day."""
    days: int
    """How many went by since."""
    usual: Usual | None
    """The payer's days, where they were measured."""
    last_day: date | None
    """The day on which the claim is lost."""
    days_left: int | None
    lot: int | None
    cause: str = ""
    """Of money taken back: what the return calls it."""
    transfer: str = ""
    """Of money taken back: its transfer."""
    reminded_on: date | None = None
    reminder: int | None = None
    """The reminder that stands, to be withdrawn."""
    again: bool = False
    """Whether it was reminded so short ago that an answer may be on its way."""
    dre_of: int | None = None
    """Of a DRE, the number of the invoice whose complementary share it asks."""

    @property
    def weight(self) -> tuple[bool, int, int]:
        """What orders the list: those to be reminded now, then by money times days, then by age."""
        return (self.again, -self.cents * max(self.days, 1), -self.days)


@spoken()
def due(today: date) -> list[Due]:
    """Everything that is to be followed up on this day, in the list's order."""
    with snapshot():
        known = usual_days()
        found = [one for row in _rows(today) for one in _of_invoice(row, known, today)]
        found += _taken_back(today)
    return sorted(found, key=lambda one: one.weight)


@spoken()
def due_counts(today: date) -> dict[Waiting, int]:
    """How many of each kind are to be reminded now."""
    counts: dict[Waiting, int] = {}
    for one in due(today):
        if not one.again:
            counts[one.waiting] = counts.get(one.waiting, 0) + 1
    return counts


_COLUMNS: Final = (
    "SELECT i.id, i.number, i.kind, i.version, i.state, i.desk_rank, i.billed_on, i.last_name, i.first_name,"  # noqa: S608
    " i.regime || i.caisse, i.amc_number, i.signature, i.amo_state, i.amo, i.amo_paid, i.amc_state, i.amc, i.amc_paid,"
    " i.total, b.number, b.created_on,"
    ' (SELECT max(r.created_on) FROM answer a JOIN "return" r ON r.id = a.return_id WHERE a.invoice_id = i.id'
    f" AND {TAKEN}),"
    " (SELECT min(t.done_on) FROM act t WHERE t.invoice_id = i.id AND t.removed_in = 0),"
    " (SELECT max(m.id) FROM reminder m WHERE m.invoice_id = i.id AND m.withdrawn_at = ''),"
    " (SELECT m.reminded_on FROM reminder m WHERE m.invoice_id = i.id AND m.withdrawn_at = ''"
    " ORDER BY m.reminded_on DESC, m.id DESC LIMIT 1),"
    f" {SHEETS_SENT_ON}, (SELECT o.number FROM invoice o WHERE o.id = i.dre_of_id)"
    " FROM invoice i LEFT JOIN batch b ON b.id = i.batch_id WHERE "
)
_SENT: Final = (
    DESK_RANK[InvoiceState.TRANSMITTED],
    DESK_RANK[InvoiceState.PARTLY_PAID],
    DESK_RANK[InvoiceState.REPROCESSING],
)
_ELSEWHERE: Final = (
    DESK_RANK[InvoiceState.REJECTED],
    FILED_RANK,
    DESK_RANK[InvoiceState.UNVALIDATED],
    DESK_RANK[InvoiceState.VALIDATED],
)
"""Where somebody has something to do already: listed here only when the claim is about to be lost."""

_OLD: Final = timedelta(days=15 * 30)
"""From this age on the claim of care that was billed some months late may be about to be lost."""


def _rows(today: date) -> Iterator[tuple[Any, ...]]:
    order = f" ORDER BY i.billed_on, i.id LIMIT {MOST}"
    for rank in _SENT:
        yield from execute(f"{_COLUMNS} i.desk_rank = {rank}{order}").fetchall()
    for rank in _ELSEWHERE:
        old = f"i.desk_rank = {rank} AND i.billed_on <= ?"
        yield from execute(f"{_COLUMNS} {old}{order}", ((today - _OLD).isoformat(),)).fetchall()


def _of_invoice(row: tuple[Any, ...], known: dict[Payer, Usual], today: date) -> Iterator[Due]:
    """What is to be followed up of an invoice: the gravest thing alone."""
    (row_id, number, kind, version, _, rank, billed_on, last_name, first_name, caisse, amc_number, signature) = row[:12]
    amo, amc = _Share(ShareName.AMO, caisse, *row[12:15]), _Share(ShareName.AMC, amc_number, *row[15:18])
    total, lot, lot_day, answered, care, reminder, reminded, sheets_sent, dre_of = row[18:]
    document = stored_member(InvoiceKind, kind)
    sent, care = stored_day(lot_day or billed_on), stored_day(care or billed_on)
    told = stored_day(answered) if answered else sent
    if is_damaged(sent) or is_damaged(told) or is_damaged(care):
        return  # since when it waits is not known
    last_day = prescription_limit(care)
    reminded_on = stored_day(reminded) if reminded else None
    shares = [share for share in (amo, amc) if share.state != ShareState.NONE]
    owed = sum(share.owed for share in shares) if shares else total
    leading = next((share for share in shares if share.owed), amo if not shares else shares[0])

    def one(waiting: Waiting, share: _Share, cents: int, since: date) -> Due:
        measured = known.get((share.name, share.payer))
        patience = measured.most if measured else UNMEASURED_DAYS
        return Due(
            waiting, row_id, number, document, version, last_name, first_name, share.name, share.payer,
            cents, since, (today - since).days, measured, last_day, (last_day - today).days, lot,
            reminded_on=reminded_on, reminder=reminder,
            again=reminded_on is not None and (today - reminded_on).days <= patience, dre_of=dre_of,
        )  # fmt: skip

    if (last_day - today).days <= LAST_DAYS and owed:
        yield one(Waiting.DEADLINE, leading, owed, sent)
        return
    if rank not in _SENT:
        return
    short = [share for share in shares if share.state == ShareState.PAID and share.owed]
    if short:
        yield one(Waiting.PARTLY_PAID, short[0], sum(share.owed for share in short), told)
        return
    deferred = [share for share in shares if share.state == ShareState.DEFERRED]
    if deferred and (today - told).days > DEFERRED_DAYS:
        yield one(Waiting.DEFERRED, deferred[0], sum(share.owed for share in deferred), told)
        return
    silent = [share for share in shares if share.state == ShareState.PENDING and _is_silent(share, known, sent, today)]
    waits_for_sheets = signature == Signature.DEGRADED and kind == InvoiceKind.INVOICE and not sheets_sent
    if waits_for_sheets and not (silent and silent[0].name == ShareName.AMC):
        yield one(Waiting.PAPERS, amo, owed, sent)
    elif silent:
        yield one(Waiting.SILENT, silent[0], sum(share.owed for share in silent), sent)


@dataclass(frozen=True, slots=True)
class _Share:
    name: ShareName
    payer: str
    state: str
    asked: int
    paid: int

    @property
    def owed(self) -> int:
        return max(self.asked - self.paid, 0)


def _is_silent(share: _Share, known: dict[Payer, Usual], sent: date, today: date) -> bool:
    measured = known.get((share.name, share.payer))
    return (today - sent).days > (measured.most if measured else UNMEASURED_DAYS)


_OF_ANSWERS: Final = (
    "SELECT i.id, coalesce(i.number, a.number), coalesce(i.kind, 'invoice'), coalesce(i.version, 0),"
    " coalesce(i.last_name, a.last_name), coalesce(i.first_name, a.first_name), coalesce(i.regime || i.caisse, ''),"
    " coalesce(i.amc_number, a.amc_number), a.amo_paid, a.amc_paid, r.created_on, b.number,"
    " t.label, t.sent_on, (SELECT min(x.label) FROM rejection x WHERE x.answer_id = a.id)"
    ' FROM answer a JOIN "return" r ON r.id = a.return_id LEFT JOIN invoice i ON i.id = a.invoice_id'
    " LEFT JOIN batch b ON b.id = i.batch_id LEFT JOIN return_transfer t ON t.id = a.transfer_id"
    " WHERE a.return_id IN (SELECT id FROM \"return\" WHERE created_on >= ? AND undone_at = '')"
    " AND (a.amo_paid < 0 OR a.amc_paid < 0) AND a.settled NOT IN ('dismissed', 'withdrawn') ORDER BY a.id"
)
_OF_MOVEMENTS: Final = (
    "SELECT m.amount, m.reference, m.labels, r.created_on, t.label, t.sent_on, t.payer FROM return_movement m"
    ' JOIN "return" r ON r.id = m.return_id LEFT JOIN return_transfer t ON t.id = m.transfer_id'
    " WHERE m.return_id IN (SELECT id FROM \"return\" WHERE created_on >= ? AND undone_at = '')"
    " AND m.withheld AND m.amount < 0 ORDER BY m.id"
)


def _taken_back(today: date) -> Iterator[Due]:
    """Money that the latest returns take back, of invoices and outside of them."""
    first = ((today - timedelta(days=TAKEN_BACK_DAYS)).isoformat(),)
    for row in execute(_OF_ANSWERS, first).fetchall():
        row_id, number, kind, version, last_name, first_name, caisse, amc_number, amo, amc, day, lot, *transfer = row
        document = stored_member(InvoiceKind, kind)
        share, payer = (ShareName.AMO, caisse) if amo < 0 else (ShareName.AMC, amc_number)
        since = stored_day(day)
        yield Due(
            Waiting.TAKEN_BACK, row_id, number, document, version, last_name, first_name, share, payer,
            -min(amo, 0) - min(amc, 0), since, (today - since).days, None, None, None, lot,
            cause=transfer[2] or "", transfer=_transfer(*transfer[:2]),
        )  # fmt: skip
    for amount, reference, labels, day, label, sent_on, payer in execute(_OF_MOVEMENTS, first).fetchall():
        since = stored_day(day)
        yield Due(
            Waiting.TAKEN_BACK, None, None, InvoiceKind.INVOICE, 0, "", "", ShareName.AMO, payer or "",
            -amount, since, (today - since).days, None, None, None, None,
            cause=_cause(reference, labels), transfer=_transfer(label, sent_on),
        )  # fmt: skip


def _cause(reference: str, labels: str) -> str:
    told = ", ".join(json.loads(labels)) if labels else ""
    return " · ".join(part for part in (f"créance {reference}" if reference else "", told) if part)


def _transfer(label: str | None, sent_on: str | None) -> str:
    day = f"du {stored_day(sent_on):%d/%m/%Y} " if sent_on else ""
    return f"{day}{label}".strip() if label else ""
