"""Annuler factures transmises (guide, steps 1.2 to 1.4); what « Annuler » does is in `cancelling`."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from models.domain.lists import ListName
from models.queries.invoice_row import InvoiceRow, ListView
from tui.base.picking_screen import PickingScreen
from tui.flows.at_hand import AtHand
from tui.flows.come_back import bring_back
from tui.text import places
from tui.text.columns import SENT
from tui.text.refusals import refusal_or_none


class Transmitted(AtHand, PickingScreen):
    """What was sent; the rejected first, the oldest of them first."""

    PLACE = places.CANCEL
    VIEW = ListView(ListName.TRANSMITTED)
    COLUMNS = SENT
    EMPTY = "Aucune facture transmise : importez vos lots depuis le menu Accueil."
    PANEL = ("Annuler", lambda row: refusal_or_none(row.cancel_refusal))
    KEYS = ("cancel", "classify", "filter", "detail", "help", "back")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,f4", "cancel", "Annuler", key_display="A/F4",
                tooltip="Annuler la facture, ou celles marquées : un nouveau n° chacune."),
    ]  # fmt: skip

    @property
    def at_hand(self) -> InvoiceRow | None:
        """The selected one."""
        return self.invoices.row

    def refusal(self, action: str) -> str | None:
        """« Annuler » is off where it must not be done."""
        if action == "cancel" and self.picked:
            refused = [picked.cancel_refusal for picked in self.picked]
            return None if None in refused else f"Aucune ne s’annule. {refusal_or_none(refused[0])}"
        if action == "classify" and self.picked:
            refused = [picked.file_refusal for picked in self.picked]
            return None if None in refused else f"Aucune ne se classe. {refusal_or_none(refused[0])}"
        return super().refusal(action)

    def action_print(self) -> None:
        """The list, or the rejections in it for each practitioner."""
        self.begin(self._print())

    async def _print(self) -> None:
        from tui.dialogs.printing import PrintChoice
        from tui.flows.letters import print_rejections

        view = self.invoices.view
        match await self.ask(PrintChoice()):
            case "list":
                await self.print_list()
            case "practitioner":
                await print_rejections(self, view, *self.taken_out(view))
            case None:
                self.tell("Rien n’a été imprimé.")

    def read_again(self) -> None:
        """The window, and on a new day what comes back with it."""
        super().read_again()
        self.run_worker(self._bring_back(), exclusive=True, group="due")

    async def _bring_back(self) -> None:
        if await bring_back(self):
            super().read_again()

    def action_classify(self) -> None:
        """Classify the selected invoice, or all that are marked."""
        if not self.picked:
            super().action_classify()
        elif reason := self.refusal("classify"):
            self.refuse(reason)
        else:
            self.begin(self._classify_marked())

    async def _classify_marked(self) -> None:
        from tui.flows.classify import classify_several

        if await classify_several(self, self.picked):
            self.invoices.pick({})

    def action_cancel(self) -> None:
        """Ask whether to cancel the selected invoice, or all that are marked, unless it must not be."""
        if self.picked:
            from tui.flows.cancel_several import cancel_several

            if reason := self.refusal("cancel"):
                self.refuse(reason)
            else:
                self.begin(cancel_several(self, self.picked))
            return
        super().action_cancel()
