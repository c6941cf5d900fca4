"""The validated invoices one by one, before they leave: look at them, take one back to correct it."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from models.commands.outcomes import Stale
from models.commands.validate import Reopened, reopen_invoice
from models.domain.lists import ListName
from models.domain.refusals import Refused
from models.domain.states import InvoiceState
from models.queries.counts import Counts
from models.queries.invoice_row import InvoiceRow, ListView
from tui.base.invoice_screen import InvoiceScreen
from tui.text import places
from tui.text.columns import UNSENT
from tui.text.refusals import refusal_sentence
from tui.text.sentences import stale_sentence
from tui.text.state_words import document


def why_not_take_back(row: InvoiceRow) -> str | None:
    """Why a validated invoice must stay so: it may have left with a lot that nobody has decided on."""
    return None if row.lot is None else f"Elle est dans le lot {row.lot:03d}, en doute : tranchez-le d’abord."


class ReadyInvoices(InvoiceScreen):
    """What « Transmettre » would send; one validated by mistake goes back among the unvalidated ones.

    Nothing is asked before: it changes nothing of the invoice, and validating it again undoes it.
    """

    PLACE = places.READY
    VIEW = ListView(ListName.VALIDATED)
    COLUMNS = UNSENT
    EMPTY = "Aucune facture validée."
    PANEL = ("Reprendre", why_not_take_back)
    WRITES = frozenset({"take_back"})
    KEYS = ("take_back", "filter", "sort", "detail", "help", "back")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r,f2", "take_back", "Reprendre", key_display="R/F2",
                tooltip="Remettre la facture sélectionnée parmi les non validées, pour la corriger."),
    ]  # fmt: skip

    def refusal(self, action: str) -> str | None:
        """« Reprendre » is off where nothing is selected, or where the invoice may have left."""
        if action == "take_back":
            row = self.invoices.row
            return "Aucune facture sélectionnée." if row is None else why_not_take_back(row)
        return super().refusal(action)

    def in_figures(self, known: Counts) -> str:
        """What waits here, and what is still to validate."""
        ready, unsent = known.of(InvoiceState.VALIDATED), known.of(InvoiceState.UNVALIDATED)
        return f"Validées, à transmettre {ready} · non validées {unsent}"

    def action_take_back(self) -> None:
        """Take the selected invoice back."""
        self.begin_on_row("take_back", self._take_back)

    async def _take_back(self, row: InvoiceRow) -> None:
        author = self.desk.author()
        outcome = await self.perform(lambda: reopen_invoice(row.id, row.version, author))
        self.invoices.refill()
        match outcome:
            case Reopened(number, _):
                self.tell(
                    f"La {document(row.kind, number)} est de nouveau à vérifier (Vérifier factures non validées)."
                )
            case Refused() as refused:
                await self.show("La facture n’a pas été reprise", refusal_sentence(refused))
            case Stale():
                await self.show("La facture n’a pas été reprise", stale_sentence(outcome))
            case None:
                pass  # `perform` has said why
