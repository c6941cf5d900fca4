"""What is late: by how many working days, and of which deadline; nothing as long as it is in time.

The delay is that of R. 161-47 CSS, counted from the day on which the sheet was made. The first call loads `holidays`,
which is slow: it is for a worker (`know_working_days`).
"""

from __future__ import annotations

from datetime import date

from models.domain.states import InvoiceKind, Settlement
from models.queries.invoice_row import InvoiceRow
from models.reference.workdays import DIRECT_PAYMENT_DAYS, THIRD_PARTY_DAYS, deadline, working_days_late
from tui.text.display import day, plural


def know_working_days(today: date) -> None:
    """Load what tells working days; the other calls then cost next to nothing."""
    deadline(today, third_party=True)


def late_count(sheets: dict[date, int], today: date) -> tuple[str, str]:
    """« 3 en retard », « (12 j) »: how many of these are late, the latest by how many working days; '' where none is.

    Args:
        sheets: how many were made on each day.
        today: the day.
    """
    late = {made: working_days_late(deadline(made, third_party=True), today) for made in sheets}
    count = sum(sheets[made] for made, days in late.items() if days)
    return (f"{count} en retard", f" ({max(late.values())} j)") if count else ("", "")


def lateness(row: InvoiceRow, today: date) -> str:
    """By how much an invoice that has not left is late, and of which deadline; '' where it is in time, or has none."""
    if row.first_sheet is None or row.kind == InvoiceKind.DRE:
        return ""
    third_party = row.settlement != Settlement.PATIENT
    last = deadline(row.first_sheet, third_party=third_party)
    late = working_days_late(last, today)
    if not late:
        return ""
    delay = THIRD_PARTY_DAYS if third_party else DIRECT_PAYMENT_DAYS
    return (
        f"{plural(late, 'jour ouvré', 'jours ouvrés')}. Soins facturés le {day(row.first_sheet)} : à envoyer en "
        f"{delay} jours ouvrés, le {day(last)} au plus tard (R. 161-47 CSS)."
    )
