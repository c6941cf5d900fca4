"""Toutes les factures: whatever their state, to look one up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from models.domain.lists import ListName, SortName
from models.queries.invoice_row import ListView
from tui.base.invoice_screen import InvoiceScreen
from tui.text import display, places

if TYPE_CHECKING:
    from models.queries.counts import Counts

_NEXT: Final[dict[SortName, SortName]] = {
    SortName.DATE: SortName.PATIENT,
    SortName.PATIENT: SortName.AMOUNT,
    SortName.AMOUNT: SortName.DESK,
    SortName.DESK: SortName.DATE,
}
_FALLING: Final = frozenset({SortName.DATE, SortName.AMOUNT})
"""The orders that begin with the greatest: the newest invoice, the largest amount."""
_BEGINS: Final[dict[SortName, str]] = {
    SortName.DATE: "récentes d’abord",
    SortName.PATIENT: "de A à Z",
    SortName.AMOUNT: "plus gros montants d’abord",
    SortName.DESK: "rejets d’abord · tri : urgence",
}
"""What each order begins with; the line of news itself adds the name of the first three."""


class AllInvoices(InvoiceScreen):
    """Every invoice of the practice, found by any of its numbers."""

    PLACE = places.ALL
    VIEW = ListView(ListName.ALL, sort=SortName.DATE, descending=True)
    KEYS = ("detail", "filter", "sort", "help", "back")

    def in_figures(self, known: Counts) -> str:
        """How many there are and what the order begins with: short, so that the order is never cut."""
        return f"{display.plural(known.total, 'facture', 'factures')} · {_BEGINS[self.invoices.view.sort]}"

    def action_sort(self) -> None:
        """The next order, each in the direction that one looks things up in."""
        sort = _NEXT[self.invoices.view.sort]
        self.invoices.view = replace(self.invoices.view, sort=sort, descending=sort in _FALLING)
        self.refresh_news()
