"""Lists in which several invoices are marked, and treated with one key: one by one, or all that the filter shows."""

from __future__ import annotations

from itertools import islice
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType

from models.queries.invoice_row import InvoiceRow
from models.queries.windows import every_row
from tui.base.invoice_screen import InvoiceScreen
from tui.text import display
from tui.widgets.invoice_list import InvoiceList

MOST: Final = 999
"""Invoices that are marked at once, at the most: what a person can still answer for."""


class PickingScreen(InvoiceScreen):
    """A list of invoices that marks some of them; what is marked stays so while the filter and the order change."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,f8", "pick", "Marquer", key_display="Espace/F8",
                tooltip="Marquer la facture, ou non ; la suite vaut pour toutes."),
        Binding("s,f9", "pick_all", "Tout marquer", key_display="S/F9",
                tooltip="Marquer tout ce que la liste montre ; ou plus rien."),
    ]  # fmt: skip

    def __init__(self, typed: str = "") -> None:
        super().__init__(typed)
        self._picked_before: dict[int, InvoiceRow] = {}

    @property
    def picked(self) -> tuple[InvoiceRow, ...]:
        """The marked invoices as they were read, in the order in which they were marked."""
        return tuple(self.invoices.picked.values())

    def action_pick(self) -> None:
        """Mark the selected one, or no longer; on to the next."""
        self.invoices.action_pick()

    def action_pick_all(self) -> None:
        """Mark all of the list as it is filtered, or none where all of them are marked."""
        self.begin(self._pick_all())

    async def _pick_all(self) -> None:
        view = self.invoices.view
        rows = await self.perform(lambda: list(islice(every_row(view), MOST + 1)))
        if rows is None:
            return
        if len(rows) > MOST:
            self.tell(f"Plus de {MOST} factures : filtrez d’abord (F).")
        elif all(row.id in self.invoices.picked for row in rows):
            self.invoices.pick({})
        else:
            self.invoices.pick({**self.invoices.picked, **{row.id: row for row in rows}})

    @on(InvoiceList.Picked)
    def tell_picked(self) -> None:
        """How many are marked, and the keys as they are now."""
        self.refresh_keys()
        self.refresh_news()

    def news_prefix(self) -> str:
        """How many are marked and what they come to."""
        picked = self.picked
        if not picked:
            return ""
        total = display.money(sum(row.total for row in picked))
        return f"{display.plural(len(picked), 'marquée', 'marquées')}, {total} € · "

    async def overview(self) -> str:
        """What is marked matters more than what the list is about."""
        return "Échap les démarque" if self.picked else await super().overview()

    def action_back(self) -> None:
        """Escape clears the filter first, then the marks, then leaves."""
        if self.invoices.picked and not self.filter_field.display:
            self.invoices.pick({})
        else:
            super().action_back()

    def remember(self) -> None:
        """S marks at once: the marks of before come back where S begins a name."""
        super().remember()
        self._picked_before = dict(self.invoices.picked)

    def put_back(self) -> None:
        """The marks of before."""
        super().put_back()
        self.invoices.pick(self._picked_before)
