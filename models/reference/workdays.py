"""Working days and the legal deadlines counted with them.

« Jours ouvrés » are Monday to Friday except public holidays; Alsace-Moselle has two more (Good Friday and
26 December). `holidays` is imported on first use: it is slow to load.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import date, timedelta
from functools import cache

DIRECT_PAYMENT_DAYS = 3
"""Working days to send an invoice that the patient has paid (CSS, art. R. 161-47)."""

THIRD_PARTY_DAYS = 8
"""Working days to send an invoice in third-party payment (CSS, art. R. 161-47)."""


def add_working_days(start: date, days: int, alsace: bool = False) -> date:
    """Return the day that is so many working days after another, which itself does not count.

    Args:
        start: Any day, worked or not.
        days: Number of working days, 0 or more; 0 gives the start itself.
        alsace: Whether the holidays of Alsace-Moselle apply.

    Raises:
        ValueError: The number of days is negative.
    """
    if days < 0:
        raise ValueError(f"nombre de jours ouvrés négatif : {days} ; donner 0 ou plus")
    closed = _public_holidays(alsace)
    day = start
    while days:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in closed:
            days -= 1
    return day


def deadline(billed_on: date, third_party: bool, alsace: bool = False) -> date:
    """Return the last day to send an invoice: 8 working days in third-party payment, else 3 (R161-47)."""
    return add_working_days(billed_on, THIRD_PARTY_DAYS if third_party else DIRECT_PAYMENT_DAYS, alsace)


def working_days_late(last_day: date, today: date, alsace: bool = False) -> int:
    """Return how many working days have gone by since the last day to send; 0 as long as it is not over."""
    closed = _public_holidays(alsace)
    days = (last_day + timedelta(days=passed) for passed in range(1, (today - last_day).days + 1))
    return sum(day.weekday() < 5 and day not in closed for day in days)


def prescription_limit(care: date) -> date:
    """Return the day when claiming becomes too late: act before it.

    Two years from the first day of the quarter that follows the care (CSS, art. L. 332-1).
    """
    next_quarter = (care.month - 1) // 3 + 1
    return date(care.year + 2 + next_quarter // 4, next_quarter % 4 * 3 + 1, 1)


@cache
def _public_holidays(alsace: bool) -> Container[date]:
    from holidays import country_holidays

    return country_holidays("FR", subdiv="57" if alsace else None)  # 57 Moselle: same days as Alsace
