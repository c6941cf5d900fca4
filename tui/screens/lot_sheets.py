"""The invoices of a degraded lot, each of which owes its sheet, as they stand now."""

from __future__ import annotations

from dataclasses import replace

from models.domain.lists import ListName, SortName
from models.queries.invoice_row import InvoiceRow, ListView
from models.queries.papers import PaperLot
from tui.base.invoice_screen import InvoiceScreen
from tui.flows.at_hand import AtHand
from tui.text import display, places
from tui.text.papers import lot_payer


class LotSheets(AtHand, InvoiceScreen):
    """What the bordereau of a lot lists.

    Args:
        lot: a degraded one.
    """

    PLACE = places.SHEETS
    EMPTY = "Aucune facture n’est plus dans ce lot."
    KEYS = ("cancel", "modify", "note", "filter", "help", "back")

    def __init__(self, lot: PaperLot) -> None:
        super().__init__()
        self.lot = lot

    @property
    def at_hand(self) -> InvoiceRow | None:
        """The selected one."""
        return self.invoices.row

    @property
    def view(self) -> ListView:
        """This lot's invoices by their day."""
        return replace(super().view, name=ListName.ALL, sort=SortName.DATE, lot_id=self.lot.id)

    async def overview(self) -> str:
        """Which lot, and whether its sheets went."""
        lot = self.lot
        sent = f"envoyées le {display.day(lot.sent_on)}" if lot.sent_on else "à envoyer"
        return (
            f"Lot {lot.number:03d} · {display.clean(lot_payer(lot), 30)} · "
            f"{display.plural(lot.sheets, 'feuille', 'feuilles')} {sent}"
        )
