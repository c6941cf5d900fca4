"""One patient: everything of one person on a screen, « où en est ma facture ? »."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.widgets import Static

from models.domain.accesses import Looked
from models.domain.lists import ListName, SortName
from models.queries.invoice_row import InvoiceRow, ListView
from models.queries.people import PersonSheet, person_sheet
from tui.base.invoice_screen import InvoiceScreen
from tui.flows.at_hand import AtHand
from tui.screens.rights import Rights
from tui.text import orders, places
from tui.text.entries import entries
from tui.text.people import identity, person_pairs

if TYPE_CHECKING:
    from models.queries.counts import Counts

_LABEL, _ROOM = 10, 8
"""Cells of the words above the list, and lines that they may take from it."""


class Patient(AtHand, InvoiceScreen):
    """What waits and why, what is done, the rights seen; the invoices, the latest first.

    Args:
        sheet: what is known of the person.
    """

    PLACE = places.PATIENT
    EMPTY = "Aucune facture de ce patient."
    FALLING = frozenset({SortName.DATE, SortName.AMOUNT})
    KEYS = ("cancel", "modify", "resend", "rights", "filter", "help", "back")
    DEFAULT_CSS = "Patient #person { height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "v,f8",
            "rights",
            "Droits vus",
            key_display="V/F8",
            tooltip="Les droits vus de ce patient, par qui ; en retirer un.",
        ),
    ]

    said = getters.query_one("#person", Static)

    def __init__(self, sheet: PersonSheet) -> None:
        super().__init__()
        self.sheet = sheet

    @property
    def at_hand(self) -> InvoiceRow | None:
        """The selected one."""
        return self.invoices.row

    @property
    def view(self) -> ListView:
        """The person's invoices, the latest first."""
        view = replace(super().view, name=ListName.ALL, sort=SortName.DATE, descending=True)
        return replace(view, patients=self.sheet.records)

    def compose_body(self) -> ComposeResult:
        """What is known of the person, then the list."""
        yield Static("", id="person")
        yield from super().compose_body()

    def on_resize(self, event: Resize) -> None:
        """Wrap again what is known of the person."""
        super().on_resize(event)
        self._show_person()

    def read_again(self) -> None:
        """The list, and what stands above it."""
        super().read_again()
        self.read_person()

    @work(exclusive=True, group="person")
    async def read_person(self) -> None:
        """What is known of the person now."""
        sheet = await self.perform(partial(person_sheet, self.sheet.person))
        if sheet is not None:
            self.sheet = sheet
            self.desk.looked_at(Looked.SHEET, f"patient {sheet.person.id}")
            self._show_person()

    def _show_person(self) -> None:
        today = self.desk.today()
        said = [("Patient", identity(self.sheet.person, today)), *person_pairs(self.sheet, self.book, today)]
        self.said.update(entries(said, max(self.size.width, 40), _LABEL, room=max(_ROOM, len(said))))

    def in_figures(self, known: Counts) -> str:
        """What the order begins with."""
        return f"Ses factures, {orders.begins(self.invoices.view) or 'triées'}"

    def taken_out(self, view: ListView) -> tuple[Looked, str]:
        """It is this person's data."""
        return Looked.EXPORT, f"patient {self.sheet.person.id}"

    def action_rights(self) -> None:
        """Every right that was seen."""
        self.app.push_screen(Rights(self.sheet.person))
