"""What a check looks at: the invoice, what the practice knows beside it and of rejections, and the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.checks.exercise import Exercise, exercises_of
from models.domain.content import InvoiceContent
from models.domain.states import InvoiceKind
from models.queries.history import History
from models.queries.sheets import InvoiceSheet
from models.reference.acts import letter
from models.reference.rejections import RejectionBook


@dataclass(frozen=True, slots=True)
class Case:
    """One invoice under check. `sheet.draft` is its content as it stands, in the form or in the database."""

    sheet: InvoiceSheet
    history: History
    today: date
    book: RejectionBook

    @property
    def draft(self) -> InvoiceContent:
        """The invoice's content."""
        return self.sheet.draft

    @property
    def days(self) -> tuple[date, ...]:
        """The days of care, in order, each once."""
        return tuple(sorted({act.done_on for act in self.draft.acts}))

    @property
    def accepted(self) -> bool:
        """Whether the caisse has taken it already: its share was paid, or only the complementary one is asked again.

        Its payment is then the best evidence there is, whatever other invoices say.
        """
        return self.sheet.amo_paid > 0 or self.sheet.kind == InvoiceKind.DRE

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """Who gave the care of each line."""
        return exercises_of(self.draft.acts)

    @property
    def by_physiotherapist(self) -> bool:
        """Whether a line bears a physiotherapist's key letter: the rules of that profession hold."""
        return any(letter(act.code) for act in self.draft.acts)
