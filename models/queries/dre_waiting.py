"""The complementary shares that are not paid yet: what waits, for how long, what was refused and why.

Looked at are the DRE themselves, and the shares that were asked along with an invoice that the caisse has accepted,
refused or seen cancelled; `MOST` of each at most, the oldest first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from models.domain.damage import stored_day, stored_member
from models.domain.dre import DreStep
from models.domain.follow_up import UNMEASURED_DAYS, Usual
from models.domain.lifecycle import DESK_RANK
from models.domain.states import InvoiceKind, InvoiceState, ShareName, ShareState, Signature
from models.queries.usual_days import usual_days
from models.store.database import execute, snapshot
from models.store.faults import spoken
from models.tables.aside import TAKEN

MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class WaitingDre:
    """One complementary share. Cents."""

    step: DreStep
    id: int
    number: int
    kind: InvoiceKind
    """A DRE of its own, or an invoice that asks this share along."""
    of: int | None
    """Of a DRE, the number of what it asks the share of; of a cancelled invoice, of the one that replaces it."""
    last_name: str
    first_name: str
    amc_number: str
    cents: int
    """What is missing."""
    since: date
    """Sent, or answered, on this day; of one that was not sent, billed."""
    days: int
    usual: Usual | None
    """The payer's days, where they were measured."""
    code: str | None
    """Of a refusal."""
    label: str
    lot: int | None
    practitioner: str
    billed_on: date
    signature: Signature

    @property
    def late(self) -> bool:
        """Whether its payer is silent beyond its usual days."""
        return self.step == DreStep.WAITING and self.days > (self.usual.most if self.usual else UNMEASURED_DAYS)


@spoken()
def waiting_dre(today: date) -> list[WaitingDre]:
    """All of them on this day, the most urgent first, then by age."""
    with snapshot():
        known = usual_days()
        found = [_line(row, known.get((ShareName.AMC, row[9])), today) for row in _rows()]
    order = list(DreStep)
    return sorted(found, key=lambda one: (order.index(one.step), -one.days, one.id))


@spoken()
def dre_of_invoice(invoice_id: int, today: date) -> WaitingDre | None:
    """The complementary share of this invoice, or DRE, as it waits; of an invoice, its DRE where it was made again."""
    with snapshot():
        for which in (_AGAIN, "i.id = ?"):
            for row in execute(f"{_COLUMNS} {which} AND {_ASKED}", (invoice_id,)).fetchall():
                return _line(row, usual_days().get((ShareName.AMC, row[9])), today)
    return None


_LIVE: Final = f"d.state <> '{InvoiceState.GIVEN_UP}'"
_AGAIN: Final = f"i.id = (SELECT max(d.id) FROM invoice d WHERE d.dre_of_id = ? AND {_LIVE})"  # noqa: S608
_COLUMNS: Final = (
    "SELECT i.id, i.number, i.kind, i.state, i.amo_state, i.amc_state,"  # noqa: S608
    " CASE i.kind WHEN 'dre' THEN (SELECT o.number FROM invoice o WHERE o.id = i.dre_of_id)"
    " ELSE (SELECT n.number FROM invoice n WHERE n.replaces_id = i.id) END,"
    " i.last_name, i.first_name, i.amc_number, i.amc, i.amc_paid, i.billed_on, b.created_on, b.number,"
    ' (SELECT max(r.created_on) FROM answer a JOIN "return" r ON r.id = a.return_id WHERE a.invoice_id = i.id'
    f" AND a.amc_state <> '{ShareState.NONE}' AND {TAKEN}), i.amc_rejection,"
    " (SELECT j.label FROM rejection j JOIN answer a ON a.id = j.answer_id"
    " WHERE a.invoice_id = i.id AND j.share = 'amc' ORDER BY j.id DESC LIMIT 1), p.number, i.signature"
    " FROM invoice i JOIN practitioner p ON p.id = i.practitioner_id LEFT JOIN batch b ON b.id = i.batch_id WHERE"
)
_ASKED: Final = (
    f"i.state NOT IN ('{InvoiceState.PAID}', '{InvoiceState.GIVEN_UP}') AND i.filed_until IS NULL"  # noqa: S608
    f" AND NOT EXISTS (SELECT 1 FROM invoice d WHERE d.dre_of_id = i.id AND {_LIVE})"
    f" AND (i.kind = '{InvoiceKind.DRE}' OR i.amc_state IN ('{ShareState.PENDING}', '{ShareState.REJECTED}',"
    f" '{ShareState.DEFERRED}'))"
    f" AND NOT (i.state = '{InvoiceState.CANCELLED}' AND EXISTS (SELECT 1 FROM invoice n WHERE n.replaces_id = i.id"
    f" AND n.amc_state = '{ShareState.PAID}'))"
)
_DOCUMENTS: Final = "SELECT d.id FROM invoice d WHERE d.dre_of_id > 0"
"""By the index of what a DRE asks: with the order beside it, SQLite would read every invoice, the oldest first."""
_ALONG: Final = (
    (ShareState.PENDING, InvoiceState.CANCELLED),
    (ShareState.PENDING, InvoiceState.PARTLY_PAID),
    (ShareState.DEFERRED, InvoiceState.PARTLY_PAID),
    (ShareState.REJECTED, InvoiceState.REJECTED),
    (ShareState.REJECTED, InvoiceState.REPROCESSING),
    (ShareState.REJECTED, InvoiceState.PARTLY_PAID),
    (ShareState.REJECTED, InvoiceState.TRANSMITTED),
)
"""The share that an invoice asks along, and where its invoice stands: before the caisse's word, its silence is told of
the invoice."""


def _rows() -> Iterator[tuple[Any, ...]]:
    order = f"ORDER BY i.billed_on, i.id LIMIT {MOST}"
    yield from execute(f"{_COLUMNS} i.id IN ({_DOCUMENTS}) AND {_ASKED} {order}").fetchall()
    for share, state in _ALONG:
        along = f"i.amc_state = '{share}' AND i.desk_rank = {DESK_RANK[state]} AND i.kind = '{InvoiceKind.INVOICE}'"
        yield from execute(f"{_COLUMNS} {along} AND {_ASKED} {order}").fetchall()


def _line(row: tuple[Any, ...], usual: Usual | None, today: date) -> WaitingDre:
    (row_id, number, kind, state, amo_state, amc_state, of, last_name, first_name, amc_number, amc, paid) = row[:12]
    billed_on, sent, lot, told, code, label, practitioner, signature = row[12:]
    step = _step(
        stored_member(InvoiceState, state),
        stored_member(ShareState, amo_state),
        stored_member(ShareState, amc_state),
        amc - paid,
    )
    answered = step in {DreStep.REFUSED, DreStep.AFTER_INVOICE, DreStep.SHORT, DreStep.DEFERRED}
    since = stored_day((told if answered else None) or sent or billed_on)
    return WaitingDre(
        step, row_id, number, stored_member(InvoiceKind, kind), of, last_name, first_name, amc_number, amc - paid,
        since, (today - since).days, usual, code, label or "", lot, practitioner, stored_day(billed_on),
        stored_member(Signature, signature),
    )  # fmt: skip


def _step(state: InvoiceState, amo: ShareState, amc: ShareState, owed: int) -> DreStep:
    if state.unsent:
        return DreStep.TO_SEND
    if state == InvoiceState.CANCELLED:
        return DreStep.TO_CANCEL
    if amc == ShareState.REJECTED:
        accepted = amo in {ShareState.PAID, ShareState.NONE}
        return DreStep.REFUSED if accepted else DreStep.AFTER_INVOICE
    if amc == ShareState.DEFERRED:
        return DreStep.DEFERRED
    return DreStep.SHORT if amc == ShareState.PAID and owed > 0 else DreStep.WAITING
