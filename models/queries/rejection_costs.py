"""What each rejection code costs: the money that it held up, for how many days, and what of it was lost.

Days count from the return that rejects a share to the answer that pays it, on the invoice itself, on what replaces it
or on its DRE made again, or to the day on which it was given up. Where a successor was rejected too, each rejection
has its days; what is lost or still waits stands under the last one, so that no cent is lost twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from models.domain.damage import is_damaged, stored_day
from models.domain.filing import FiledAs
from models.domain.states import InvoiceState, ShareName, ShareState
from models.queries.overview import NO_CODE
from models.reference.rejection_entry import display_code
from models.reference.rejections import RejectionBook
from models.store.database import execute
from models.tables.aside import TAKEN

FEWEST_ENDED: Final = 5
"""Invoices that were paid or given up, from which their median is a usual delay."""


@dataclass(frozen=True, slots=True)
class CodeCost:
    """One code on one share. Cents; days are calendar days."""

    code: str
    """As printed: « 0450 054 »; empty where the return gave no reason."""
    label: str
    share: ShareName
    count: int
    """Invoices whose share it was the first reason to reject."""
    cents: int
    """What was asked for them."""
    ended: int
    """Of them, those that were paid in the end, or given up: of these the days are known."""
    days: int | None
    """The median from the rejection to the end; None where none ended yet."""
    total_days: int
    lost: int
    lost_cents: int
    """Given up: classified as abandoned, or the successor renounced."""
    waiting: int
    waiting_cents: int


@dataclass(slots=True)
class _Cost:
    label: str = ""
    count: int = 0
    cents: int = 0
    days: list[int] = field(default_factory=list)
    lost: int = 0
    lost_cents: int = 0
    waiting: int = 0
    waiting_cents: int = 0


def _sql(share: ShareName) -> str:
    """Each rejected invoice: code, label, cents, its day, the day of payment, of giving up, whether rejected again."""
    paid = (
        '(SELECT min(r.created_on) FROM chain c JOIN answer a ON a.invoice_id = c.id JOIN "return" r'  # noqa: S608
        f" ON r.id = a.return_id WHERE c.root = m.root AND a.id > m.answer_id AND a.{share}_state = '{ShareState.PAID}'"
        f" AND {TAKEN})"
    )
    filed = (
        "(SELECT min(substr(f.made_at, 1, 10)) FROM chain c JOIN invoice n ON n.id = c.id"
        " JOIN filing f ON f.invoice_id = c.id WHERE c.root = m.root AND ({which}))"
    )
    lost = (
        f"f.filed_as = '{FiledAs.ABANDONED}' AND n.filed_until IS NOT NULL"
        f" OR f.filed_as = '{FiledAs.RENOUNCED}' AND n.state = '{InvoiceState.GIVEN_UP}'"
    )
    settled = f"f.filed_as = '{FiledAs.SETTLED}' AND n.filed_until IS NOT NULL"
    first = f"SELECT {{what}} FROM rejection j WHERE j.answer_id = m.answer_id AND j.share = '{share}'"  # noqa: S608
    return (
        "WITH RECURSIVE met(root, answer_id) AS (SELECT a.invoice_id, min(a.id) FROM answer a"  # noqa: S608
        f" WHERE a.invoice_id IS NOT NULL AND a.{share}_state = '{ShareState.REJECTED}' AND {TAKEN}"
        " GROUP BY a.invoice_id),"
        " chain(root, id) AS (SELECT root, root FROM met UNION"
        " SELECT c.root, i.id FROM chain c JOIN invoice i ON i.replaces_id = c.id OR i.dre_of_id = c.id)"
        f" SELECT ({first.format(what='j.code')} ORDER BY j.id LIMIT 1),"
        f" ({first.format(what='j.label')} ORDER BY j.id LIMIT 1),"
        f" i.{share}, r.created_on, {paid}, {filed.format(which=settled)}, {filed.format(which=lost)},"
        " EXISTS (SELECT 1 FROM chain c JOIN met o ON o.root = c.id WHERE c.root = m.root AND c.id <> m.root)"
        ' FROM met m JOIN invoice i ON i.id = m.root JOIN answer a ON a.id = m.answer_id JOIN "return" r'
        " ON r.id = a.return_id"
    )


_SQL: Final = {share: _sql(share) for share in ShareName}


def rejection_costs(book: RejectionBook) -> tuple[CodeCost, ...]:
    """Every code that was ever received, that which held most money up first.

    Args:
        book: names a code that was received without its wording.
    """
    costs = [line for share in ShareName for line in _of_share(share, book)]
    return tuple(sorted(costs, key=lambda line: (-line.cents, -line.count, line.code, line.share)))


def _of_share(share: ShareName, book: RejectionBook) -> Iterator[CodeCost]:
    from statistics import median_low  # half a megabyte, which every desk would keep for this one list

    found: dict[str, _Cost] = {}
    for code, label, cents, day, paid, settled, lost, again in execute(_SQL[share]).fetchall():
        cost = found.setdefault(code or "", _Cost(label or ""))
        cost.count += 1
        cost.cents += cents
        end = min(filter(None, (paid, settled)), default=None) or lost
        if end is not None and not (is_damaged(stored_day(end)) or is_damaged(stored_day(day))):
            cost.days.append(max((stored_day(end) - stored_day(day)).days, 0))
        if again or paid or settled:
            continue
        if lost is None:
            cost.waiting += 1
            cost.waiting_cents += cents
        else:
            cost.lost += 1
            cost.lost_cents += cents
    for code, cost in found.items():
        label = book.explain(code, cost.label, share).label if code else NO_CODE
        days = median_low(cost.days) if cost.days else None
        yield CodeCost(
            display_code(code), label, share, cost.count, cost.cents, len(cost.days), days, sum(cost.days),
            cost.lost, cost.lost_cents, cost.waiting, cost.waiting_cents,
        )  # fmt: skip
