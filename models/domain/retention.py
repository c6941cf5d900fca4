"""How long what names a person is kept, in years; what the practice's configuration may say otherwise, and the sources.

Billing: the CNIL's reference for medical and paramedical practices (délibération n° 2020-081, 18 June 2020) keeps what
is in use for five years after the last intervention; the copies of what was sent, three months (R.161-47 CSS, ninety
days at least), which one year at the least covers. Accesses: its recommendation on logging (délibération n° 2021-122,
14 October 2021) keeps them for six months to a year, three where that is justified. Neither binds; a practice that
keeps longer says why.
"""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

LONGEST: Final = 20
"""Years: what the same reference keeps of a medical file, active and archived."""


class Retention(NamedTuple):
    """Years."""

    billing: int = 5
    accesses: int = 1

    def billing_goes_before(self, today: date) -> date:
        """The day before which what was billed need not name anybody any more."""
        return years_before(today, self.billing)

    def accesses_go_before(self, today: date) -> date:
        """The day before which nobody needs to know who looked."""
        return years_before(today, self.accesses)


def years_before(day: date, years: int) -> date:
    """The same day so many years ago; of 29 February, the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
