"""Toutes les factures: whatever their state, to look one up."""

from __future__ import annotations

from models.queries.windows import ListView
from tui.screens.invoice_screen import InvoiceScreen


class AllInvoices(InvoiceScreen):
    """Every invoice of the practice, found by any of its numbers."""

    PLACE = ("Accueil", "Toutes les factures")
    VIEW = ListView("all", sort="date", descending=True)
    KEYS = ("detail", "filter", "sort", "help", "back")
