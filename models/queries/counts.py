"""The live counts beside each entry of the menu."""

from __future__ import annotations

from collections import Counter as Tally
from dataclasses import dataclass
from datetime import date
from typing import Final

from peewee import fn

from models.domain.damage import stored_day
from models.domain.exchanges import AnswerOutcome
from models.domain.lifecycle import DESK_RANK, FILED_RANK
from models.domain.states import InvoiceKind, InvoiceState, ShareState
from models.queries.lots import in_doubt
from models.store.database import db, rows
from models.store.faults import spoken
from models.tables.first_sheet import FIRST_SHEET
from models.tables.invoice import Invoice
from models.tables.returns import IS_ASIDE, Answer

_SHEET: Final = InvoiceKind.INVOICE
_DRE_STATES: Final = (InvoiceState.REJECTED, InvoiceState.REPROCESSING, InvoiceState.PARTLY_PAID)
"""The states in which a rejected DRE waits for the desk."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many invoices stand in each state, and what else asks for attention."""

    by_state: dict[InvoiceState, int]
    dre: int
    aside: int
    """Answers that wait each for a decision of its own."""
    held: int
    """Returns that wait whole."""
    in_doubt: int
    filed: int = 0
    """Classified, whatever their state: `by_state` has them not."""

    def of(self, *states: InvoiceState) -> int:
        """How many are in any of these states."""
        return sum(self.by_state.get(state, 0) for state in states)

    @property
    def sent(self) -> int:
        """How many were transmitted, whatever came of them."""
        return self.total - self.of(*(state for state in InvoiceState if state.unsent))

    @property
    def total(self) -> int:
        """How many invoices there are."""
        return sum(self.by_state.values()) + self.filed


@spoken()
def counts() -> Counts:
    """The counts as they are now: a millisecond on SQLite, whatever the number of invoices."""
    ranks = by_rank()
    again = Invoice.alias()
    dre = Invoice.select().where(
        Invoice.amc_state == ShareState.REJECTED,
        Invoice.desk_rank.in_([DESK_RANK[state] for state in _DRE_STATES]),
        # « is not null »: a server that plans for any state would read all invoices, of which few are DRE.
        ~fn.EXISTS(
            again.select(again.id).where(
                again.dre_of == Invoice.id, again.dre_of.is_null(False), again.state != InvoiceState.GIVEN_UP
            )
        ),
    )
    return Counts(
        {state: ranks[rank] for state, rank in DESK_RANK.items() if rank in ranks},
        dre.count(),
        Answer.select().where(IS_ASIDE, Answer.outcome != AnswerOutcome.WRONG_TOTAL).count(),
        Answer.select(Answer.source).where(IS_ASIDE, Answer.outcome == AnswerOutcome.WRONG_TOTAL).distinct().count(),
        in_doubt(),
        ranks.get(FILED_RANK, 0),
    )


@spoken()
def by_rank() -> dict[int, int]:
    """How many invoices stand at each desk rank, tallied as they come (migrations 0003 and 0021)."""
    tallied = "SELECT desk_rank, sum(invoices) FROM invoice_tally GROUP BY desk_rank HAVING sum(invoices) > 0"
    return dict(db.execute_sql(tallied).fetchall())


@spoken()
def counted_by_rank() -> dict[int, int]:
    """The same, counted one by one: slow on a large practice (`DECISIONS.md`, lists as windows)."""
    return dict(rows(Invoice.select(Invoice.desk_rank, fn.COUNT(Invoice.id)).group_by(Invoice.desk_rank)))


@spoken()
def unsent_sheet_days(state: InvoiceState) -> dict[date, int]:
    """How many invoices of an unsent state there are, by the day on which their care was first billed.

    A new number after a cancellation does not restart the delay; a DRE is no sheet, none runs for it (R.161-47 CSS).
    """
    sheets = f"SELECT {FIRST_SHEET} FROM invoice i WHERE i.desk_rank = {DESK_RANK[state]} AND i.kind = '{_SHEET}'"  # noqa: S608
    days = Tally(stored_day(day) for (day,) in db.execute_sql(sheets).fetchall())
    return dict(sorted(days.items()))
