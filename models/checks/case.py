"""What a check looks at: the invoice, what the practice knows beside it and of rejections, and the day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from models.checks.exercise import Exercise, exercises_of
from models.checks.rules import Rule, rule_for
from models.domain.content import InvoiceContent
from models.domain.states import InvoiceKind
from models.queries.history import History
from models.queries.sheets import InvoiceSheet
from models.reference.rejections import RejectionBook


@dataclass(frozen=True, slots=True)
class Case:
    """One invoice under check. `sheet.draft` is its content as it stands, in the form or in the database."""

    sheet: InvoiceSheet
    history: History
    today: date
    book: RejectionBook
    draft: InvoiceContent = field(init=False)
    """The invoice's content."""
    exercises: tuple[Exercise, ...] = field(init=False)
    """Who gave the care of each line, in their order."""
    days: tuple[date, ...] = field(init=False)
    """The days of care, in order, each once."""

    def __post_init__(self) -> None:
        draft = self.sheet.draft
        object.__setattr__(self, "draft", draft)
        object.__setattr__(self, "exercises", exercises_of(draft.acts))
        object.__setattr__(self, "days", tuple(sorted({act.done_on for act in draft.acts})))

    @property
    def accepted(self) -> bool:
        """Whether the caisse has taken it already: its share was paid, or only the complementary one is asked again.

        Its payment is then the best evidence there is, whatever other invoices say.
        """
        return self.sheet.amo_paid > 0 or self.sheet.kind == InvoiceKind.DRE

    def rule_of(self, name: str, place: int) -> Rule | None:
        """The rule of this name that holds for the line at `place` (from 0): for who did it, on its day."""
        return rule_for(name, self.exercises[place].profession, self.draft.acts[place].done_on)

    def asked(self, name: str) -> Rule | None:
        """The rule of this name for the first line of whose profession and day it holds; None where for no line."""
        return next(filter(None, (self.rule_of(name, place) for place in range(len(self.draft.acts)))), None)
