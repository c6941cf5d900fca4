"""What the practice learns from its own invoices: advice set aside, the cost of rejections, the rate of acceptance."""

from __future__ import annotations

from dataclasses import dataclass

from models.queries.advice_record import AdviceLine, advice_record
from models.queries.first_answers import FirstTime, first_time
from models.queries.rejection_costs import CodeCost, rejection_costs
from models.reference.rejections import RejectionBook
from models.store.database import snapshot
from models.store.faults import spoken


@dataclass(frozen=True, slots=True)
class Lessons:
    """All of it, as it stood at one moment."""

    advice: tuple[AdviceLine, ...]
    costs: tuple[CodeCost, ...]
    first_time: FirstTime


@spoken()
def lessons(book: RejectionBook) -> Lessons:
    """The lessons as they are now: six statements, whatever the number of invoices.

    Args:
        book: names codes that came without their wording, and tells the fields that each points to.
    """
    with snapshot():
        return Lessons(advice_record(book), rejection_costs(book), first_time())
