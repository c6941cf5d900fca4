"""Vérifier factures non validées (guide, steps 2.2 to 2.5): Modifier, Valider."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from models.domain.lists import ListName
from models.domain.states import InvoiceState
from models.queries.invoice_row import InvoiceRow, ListView
from tui.base.picking_screen import PickingScreen
from tui.text import places
from tui.text.columns import UNSENT

if TYPE_CHECKING:
    from models.queries.counts import Counts


class Unvalidated(PickingScreen):
    """What waits to be corrected, billed and validated; each with the rejection that it comes from.

    Args:
        correct: an invoice to take up at once, the one just cancelled.
    """

    PLACE = places.VERIFY
    VIEW = ListView(ListName.UNVALIDATED)
    COLUMNS = UNSENT
    EMPTY = "Aucune facture non validée."
    WRITES = frozenset({"validate"})
    KEYS = ("modify", "validate", "filter", "sort", "help", "back")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m,f2", "modify", "Modifier", key_display="M/F2",
                tooltip="Préparer le chargement, lire la carte ou facturer en dégradé, puis corriger."),
        Binding("v,f4", "validate", "Valider", key_display="V/F4",
                tooltip="Contrôler et valider la facture, ou celles marquées."),
        Binding("p,f7", "alike", "Corriger pareil", key_display="P/F7",
                tooltip="Corriger comme la dernière celles du même rejet ou du même patient, chacune montrée d’abord."),
        Binding("r,f10", "give_up", "Retirer", key_display="R/F10",
                tooltip="Retirer la facture sans l’envoyer : celle qu’elle remplace attend de nouveau."),
        Binding("enter", "detail", "Modifier", key_display="Entrée",
                tooltip="Préparer la facture pour la corriger, comme M."),
    ]  # fmt: skip

    def __init__(self, correct: int | None = None) -> None:
        super().__init__()
        self._correct = correct

    def on_screen_resume(self) -> None:
        """Stand on the invoice just cancelled, and take it up."""
        if self._correct is not None:
            wanted, self._correct = self._correct, None
            self.begin(self._take_up(wanted))  # at once: no key typed ahead takes another one up meanwhile

    async def _take_up(self, invoice_id: int) -> None:
        laid_out = asyncio.Event()
        self.call_after_refresh(laid_out.set)
        await laid_out.wait()
        self.invoices.stand_on(invoice_id)
        await self._bill_again(invoice_id)

    async def _bill_again(self, invoice_id: int) -> None:
        from tui.flows.bill import bill_again

        await bill_again(self, invoice_id)

    def refusal(self, action: str) -> str | None:
        """Nothing to modify where nothing is selected."""
        if action in {"modify", "validate"} and self.invoices.row is None:
            return "Aucune facture sélectionnée."
        return super().refusal(action)

    def in_figures(self, known: Counts) -> str:
        """What waits here, and what is ready to leave."""
        ready, unsent = known.of(InvoiceState.VALIDATED), known.of(InvoiceState.UNVALIDATED)
        return f"Non validées {unsent} · validées, à transmettre {ready}"

    def chosen(self, row: InvoiceRow) -> None:
        """Enter takes the invoice up."""
        self.action_modify()

    def action_modify(self) -> None:
        """From « OK » to the form."""
        row = self.invoices.row
        if row is not None:
            self.begin(self._bill_again(row.id))

    def action_give_up(self) -> None:
        """Ask why the selected one is given up."""
        row = self.invoices.row
        if row is not None:
            from tui.flows.give_up import give_up_row

            self.begin(give_up_row(self, row))

    def action_alike(self) -> None:
        """Show those that have the mistake that was corrected last."""
        if self.desk.corrected is None:
            self.tell("Corrigez et validez d’abord une facture : P montre ensuite celles qui ont la même erreur.")
        else:
            self.desk.open_alike(self.desk.corrected)

    def action_validate(self) -> None:
        """Check and validate the selected one, or all that are marked after a question."""
        if self.picked:
            from tui.flows.validate_several import validate_several

            self.begin(validate_several(self, self.picked))
            return
        row = self.invoices.row
        if row is not None:
            from tui.flows.validate import validate

            self.begin(validate(self, row))
