"""The checks before billing: one small module per family, each a function from a case to findings.

Adding a check is adding a module with a `check(case)` function and naming it in `CHECKS`; its test goes to
`tests/models/test_checks_*.py`. A rule that is general knowledge (`verified = false`) advises, it never blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from models.checks import (
    accident,
    acts,
    carried_over,
    dates,
    duplicate,
    exemption,
    insured,
    nature,
    order,
    prescriber,
    prescription,
    travel,
)
from models.checks.case import Case
from models.checks.finding import Finding
from models.domain.findings import CheckName, FindingLevel
from models.queries.history import History
from models.queries.sheets import InvoiceSheet
from models.reference.rejections import RejectionBook

Check = Callable[[Case], Iterable[Finding]]

CHECKS: tuple[Check, ...] = (
    insured.check,
    exemption.check,
    nature.check,
    accident.check,
    prescriber.check,
    prescription.check,
    dates.check,
    acts.check,
    travel.check,
    order.check,
    duplicate.check,
    carried_over.check,
)
"""Every check, in the order in which their findings are shown."""


_DAMAGED: Final = "Abîmée dans la base ({}) : restaurez une sauvegarde."
_OWN: Final = "Contrôle de la base"


def run_checks(
    sheet: InvoiceSheet, today: date, history: History | None = None, *, book: RejectionBook
) -> tuple[Finding, ...]:
    """What all checks find on this invoice; the blocking findings first.

    Args:
        sheet: the invoice.
        today: the day of the check.
        history: what is known beside it (`models.queries.histories.history_of`); nothing, if it is not given.
        book: what is known of rejections.
    """
    if (damaged := sheet.damage) is not None:
        return (Finding(CheckName.BASE, FindingLevel.BLOCKING, "number", _DAMAGED.format(damaged.typed)[:80], _OWN),)
    case = Case(sheet, history or History(), today, book)
    found = [finding for check in CHECKS for finding in check(case)]
    return tuple(sorted(found, key=lambda finding: not finding.blocking))
