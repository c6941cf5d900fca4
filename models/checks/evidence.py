"""What the caisse's answers on the patient's other invoices tell about a day of care.

A payment speaks for what the invoice said, a rejection against it; the nearest earlier care is the best witness.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from models.queries.history import History, PastInvoice

STILL_LIKELY: Final = timedelta(days=92)
"""How long after care that the caisse answered the same is taken for granted: a quarter. No source gives a figure, so
nothing that rests on it blocks."""


def last_word(
    history: History, day: date, about: Callable[[PastInvoice], bool], against: tuple[str, ...] = ()
) -> PastInvoice | None:
    """The answered invoice that tells most about this day.

    Args:
        history: the patient's other invoices.
        day: of care.
        about: which invoices say something of the question.
        against: the beginnings of the rejection codes that count as a no; a payment counts as a yes.

    Returns:
        The one with the latest care up to the day, else with the earliest care after it; among equals the newest
        invoice. None where no answer tells anything.
    """

    def tells(one: PastInvoice) -> bool:
        return about(one) and (one.paid or one.refused(*against))

    covering: list[PastInvoice] = []
    for one in history.answered:
        if one.first_day > day:
            continue
        if one.last_day < day and covering:
            break
        if tells(one):
            if one.last_day < day:
                return one
            covering.append(one)
    if covering:
        return min(covering, key=history.past.index)
    return min(filter(tells, history.past), key=lambda one: one.first_day, default=None)


def near(invoice: PastInvoice, day: date) -> bool:
    """Whether its care is close enough to the day for its answer to hold."""
    return invoice.first_day - STILL_LIKELY <= day <= invoice.last_day + STILL_LIKELY
