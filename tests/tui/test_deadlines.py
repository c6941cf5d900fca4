"""What is late: only what is, by how much, of which deadline; a new number does not restart the delay."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.commands.cancel import Cancelled, cancel_invoice
from models.domain.lists import ListName
from models.domain.place import Practice
from models.domain.states import InvoiceState
from models.queries.counts import unsent_sheet_days
from models.queries.invoice_row import ListView
from models.queries.windows import page
from models.reference.workdays import working_days_late
from tests.models.practice import SOPHIE, sheet
from tests.tui.desk import MENU, MORNING, UNVALIDATED, at_desk
from tui.text.deadlines import late_count, lateness

SHEET = date(2026, 11, 5)
LAST = date(2026, 11, 18)
"""The eighth working day after it: the eleventh is a holiday."""


@pytest.mark.parametrize(
    ("today", "days"),
    [(LAST, 0), (date(2026, 11, 19), 1), (date(2026, 11, 21), 2), (date(2026, 11, 23), 3), (date(2026, 11, 4), 0)],
)
def test_late_is_counted_in_working_days(today: date, days: int) -> None:
    assert working_days_late(LAST, today) == days
    said = (f"{2 if days else ''} en retard", f" ({days} j)") if days else ("", "")
    assert late_count({SHEET: 2, today: 5}, today) == said


async def test_of_a_late_invoice_the_panel_says_by_how_much_and_of_which_deadline(practice: Practice) -> None:
    made = cancel_invoice(sheet(1009).id, None, SOPHIE)
    assert isinstance(made, Cancelled)
    (row,) = page(ListView(ListName.UNVALIDATED), None, 9)
    assert (row.first_sheet, unsent_sheet_days(InvoiceState.UNVALIDATED)) == (SHEET, {SHEET: 1})
    assert lateness(row, LAST) == ""
    assert lateness(row, LAST + timedelta(days=1)).startswith("1 jour ouvré. Soins facturés le 05/11/2026")
    async with at_desk(practice, now=MORNING) as desk:
        await desk.opens(MENU, UNVALIDATED)
        await desk.sees("Retard 3 jours ouvrés. Soins facturés le 05/11/2026", "en 8 jours ouvrés", "(R. 161-47 CSS)")
    async with at_desk(practice, now=MORNING.replace(day=18)) as desk:
        await desk.opens(MENU, UNVALIDATED)
        await desk.sees("0450")
        assert "Retard" not in desk.screen_text()
