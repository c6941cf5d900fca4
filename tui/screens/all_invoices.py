"""Toutes les factures: whatever their state, to look one up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.domain.lists import ListName, SortName
from models.queries.invoice_row import InvoiceRow, ListView
from tui.base.invoice_screen import InvoiceScreen
from tui.flows.at_hand import AtHand
from tui.text import display, orders, places

if TYPE_CHECKING:
    from models.queries.counts import Counts


class AllInvoices(AtHand, InvoiceScreen):
    """Every invoice of the practice, found by any of its numbers."""

    PLACE = places.ALL
    VIEW = ListView(ListName.ALL, sort=SortName.DATE, descending=True)
    FALLING = frozenset({SortName.DATE, SortName.AMOUNT})
    KEYS = ("cancel", "modify", "resend", "filter", "help", "back")

    @property
    def at_hand(self) -> InvoiceRow | None:
        """The selected one."""
        return self.invoices.row

    def in_figures(self, known: Counts) -> str:
        """How many there are and what the order begins with: short, so that the order is never cut."""
        begins = orders.begins(self.invoices.view)
        return display.plural(known.total, "facture", "factures") + (f" · {begins}" if begins else "")
