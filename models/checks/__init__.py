"""The checks before billing: one small module per family, each a function from a sheet to findings.

Adding a check is adding a module with a `check(sheet, today)` function and naming it in `CHECKS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from models.checks import acts, carried_over, dates, insured, travel
from models.checks.finding import Finding
from models.queries.sheets import InvoiceSheet

Check = Callable[[InvoiceSheet, date], Iterable[Finding]]

CHECKS: tuple[Check, ...] = (insured.check, dates.check, acts.check, travel.check, carried_over.check)
"""Every check, in the order in which their findings are shown."""


def run_checks(sheet: InvoiceSheet, today: date) -> tuple[Finding, ...]:
    """What all checks find on this invoice; the blocking findings first."""
    found = [finding for check in CHECKS for finding in check(sheet, today)]
    return tuple(sorted(found, key=lambda finding: not finding.blocking))
