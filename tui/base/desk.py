"""The desk, as the screens see it: the practice, its card reader, and the person who acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from models.checks.finding import Finding
    from models.commands.cancel import CancelledTogether
    from models.domain.accesses import Looked
    from models.domain.author import Author
    from models.domain.card import CardReader
    from models.domain.content import InvoiceContent
    from models.practice import OpenPractice
    from models.queries.history import History
    from models.queries.invoice_row import ListView
    from models.queries.sheets import InvoiceSheet
    from models.queries.unsaved import Unsaved
    from tui.terminal.pace import Pace


class Desk(Protocol):
    """What a screen may ask of the application; `tui.app.AccueilApp` is one."""

    practice: OpenPractice
    card_reader: CardReader
    ascii_signs: bool
    pace: Pace
    operator: str
    confined: bool
    """Whether files are read from the practice's own folders alone: whoever is here has no shell."""
    corrected: int | None
    """The invoice that was last corrected and validated in its form: others may have the same mistake."""
    looked_on: date | None
    """The last day on which what was classified until then was brought back."""

    def practice_name(self) -> str:
        """What the practice is called; '' as long as nothing tells."""
        ...

    def author(self) -> Author:
        """Who acts, now."""
        ...

    def today(self) -> date:
        """The day of whoever acts now."""
        ...

    def open_detail(
        self,
        invoice_id: int,
        among: ListView | tuple[int, ...] | None = None,
        left_on: Callable[[int], None] = lambda invoice_id: None,
    ) -> None:
        """Show an invoice whole, and those beside it in the list; `left_on` is told which was shown last."""
        ...

    def open_form(
        self,
        sheet: InvoiceSheet,
        draft: InvoiceContent,
        history: History,
        unsaved: Sequence[Unsaved],
        at: Finding | None = None,
    ) -> None:
        """Open « Modifier » on an unvalidated invoice, starting from `draft`; `unsaved` was typed there before.

        The cursor stands on what the finding `at` is about.
        """
        ...

    def look_up(self) -> None:
        """Look at other invoices, above what is being done."""
        ...

    def open_correction(self, invoice_id: int) -> None:
        """Go straight to the correction of the invoice that was just made."""
        ...

    def open_new_numbers(self, outcome: CancelledTogether) -> None:
        """Show which number became which, and what was not cancelled."""
        ...

    def open_alike(self, invoice_id: int) -> None:
        """Show the invoices that can be corrected as this one was."""
        ...

    def looked_at(self, looked: Looked, subject: str) -> None:
        """Somebody looked at this (« invoice 12 », « patient 3 »): noted once nobody types."""
        ...

    def keep_typed(self) -> None:
        """Keep what stands unsaved on the screens, before an end that asks nobody."""
        ...

    def leave_for_demo(self) -> None:
        """Close this practice and open the demonstration."""
        ...

    def spend_keys(self) -> None:
        """What the last keys acted on is gone: until they are let go they act on nothing else."""
        ...

    def announce(self, text: str) -> None:
        """Leave something to say to the screen that is shown next."""
        ...

    def take_announcement(self) -> str:
        """What was left to say, once."""
        ...
