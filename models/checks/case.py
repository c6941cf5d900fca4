"""What a check looks at: the invoice, what the practice knows beside it, and the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.draft import InvoiceDraft
from models.queries.history import History
from models.queries.sheets import InvoiceSheet


@dataclass(frozen=True, slots=True)
class Case:
    """One invoice under check. `sheet.draft` is its content as it stands, in the form or in the database."""

    sheet: InvoiceSheet
    history: History
    today: date

    @property
    def draft(self) -> InvoiceDraft:
        """The invoice's content."""
        return self.sheet.draft

    @property
    def days(self) -> tuple[date, ...]:
        """The days of care, in order, each once."""
        return tuple(sorted({act.done_on for act in self.draft.acts}))
