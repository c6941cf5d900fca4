"""Traiter les rejets de DRE: the complementary share alone, after the invoice, never before."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from models.domain.lists import ListName
from models.queries.invoice_row import InvoiceRow, ListView
from tui.base.invoice_screen import InvoiceScreen
from tui.flows.at_hand import AtHand
from tui.text import places
from tui.text.columns import DRE
from tui.text.refusals import refusal_or_none


class Dre(AtHand, InvoiceScreen):
    """The rejected DRE; off while the invoice's own rejection is not treated."""

    PLACE = places.DRE
    VIEW = ListView(ListName.DRE)
    COLUMNS = DRE
    EMPTY = "Aucun rejet de DRE à traiter."
    PANEL = ("Refaire", lambda row: refusal_or_none(row.dre_refusal))
    KEYS = ("resend", "waiting", "filter", "detail", "help", "back")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d,f4", "resend", "Refaire la DRE", key_display="D/F4",
                tooltip="Corriger l’organisme complémentaire et renvoyer cette part seule."),
        Binding("s,f6", "waiting", "Suivi", key_display="S/F6",
                tooltip="Toutes les parts complémentaires attendues : où, depuis quand, que faire."),
        Binding("a,f7", "cancel", "Annuler", key_display="A/F7",
                tooltip="Annuler la facture, rejetée aussi : d’abord elle, sa DRE ensuite."),
    ]  # fmt: skip

    @property
    def at_hand(self) -> InvoiceRow | None:
        """The selected one."""
        return self.invoices.row

    def action_waiting(self) -> None:
        """All that is asked of the complementary payers."""
        from tui.screens.dre_waiting import DreWaiting

        self.app.push_screen(DreWaiting())

    async def overview(self) -> str:
        """The order in which rejections are treated."""
        return "D’abord le rejet de la facture, ensuite celui de la DRE."
