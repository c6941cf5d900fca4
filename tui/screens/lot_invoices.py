"""The invoices of one lot of ours, as they stand now."""

from __future__ import annotations

from dataclasses import replace

from models.domain.lists import ListName, SortName
from models.queries.invoice_row import InvoiceRow, ListView
from models.queries.lots import KnownLot
from tui.base.invoice_screen import InvoiceScreen
from tui.flows.at_hand import AtHand
from tui.text import display, places
from tui.text.sent_lots import lot_status


class LotInvoices(AtHand, InvoiceScreen):
    """What left in a lot, or would have.

    Args:
        lot: one of ours.
    """

    PLACE = places.LOT
    EMPTY = "Aucune facture n’est plus dans ce lot."
    KEYS = ("cancel", "modify", "resend", "filter", "help", "back")

    @property
    def at_hand(self) -> InvoiceRow | None:
        """The selected one."""
        return self.invoices.row

    def __init__(self, lot: KnownLot) -> None:
        super().__init__()
        self.lot = lot

    @property
    def view(self) -> ListView:
        """This lot's invoices by their day."""
        return replace(super().view, name=ListName.ALL, sort=SortName.DATE, lot_id=self.lot.id)

    async def overview(self) -> str:
        """Which lot, and what it asked."""
        lot = self.lot
        return (
            f"Lot {lot.number:03d} du {display.day(lot.created_on)}, {lot_status(lot)} · "
            f"{display.plural(lot.invoices, 'facture', 'factures')}, {display.money(lot.total)} €"
        )
