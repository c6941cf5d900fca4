"""Vérifier factures non validées (guide, steps 2.2 to 2.5): Modifier, Valider."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from models.commands.outcomes import Refused, Stale
from models.commands.validate import Advised, Faulty, Validated, validate_invoice
from models.queries.counts import counts
from models.queries.windows import InvoiceRow, ListView
from tui.dialogs.advice import AdviceDialog
from tui.screens.billing import bill_again
from tui.screens.invoice_screen import InvoiceScreen
from tui.screens.sentences import stale_sentence
from tui.widgets.columns import UNSENT


class Unvalidated(InvoiceScreen):
    """What waits to be corrected, billed and validated; each with the rejection that it comes from.

    Args:
        correct: an invoice to take up at once, the one just cancelled.
    """

    PLACE = ("Accueil", "Télétransmission", "Vérifier factures non validées")
    VIEW = ListView("unvalidated")
    COLUMNS = UNSENT
    EMPTY = "Aucune facture non validée."
    KEYS = ("modify", "validate", "filter", "sort", "help", "back")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m,f2", "modify", "Modifier", key_display="M/F2",
                tooltip="Préparer le chargement, lire la carte ou facturer en dégradé, puis corriger."),
        Binding("v,f4", "validate", "Valider", key_display="V/F4",
                tooltip="Contrôler la facture sélectionnée et la valider."),
    ]  # fmt: skip

    def __init__(self, correct: int | None = None) -> None:
        super().__init__()
        self._correct = correct

    def on_screen_resume(self) -> None:
        """Stand on the invoice just cancelled, and take it up."""
        super().on_screen_resume()
        if self._correct is not None:
            wanted, self._correct = self._correct, None
            self.call_after_refresh(self._take_up, wanted)

    def _take_up(self, invoice_id: int) -> None:
        self.invoices.stand_on(invoice_id)
        self.action_modify()

    def refusal(self, action: str) -> str | None:
        """Nothing to modify where nothing is selected."""
        if action in {"modify", "validate"} and self.invoices.row is None:
            return "Aucune facture sélectionnée."
        return super().refusal(action)

    async def overview(self) -> str:
        """What waits here, and what is ready to leave."""
        known = await self.perform(counts)
        if known is None:
            return ""
        return f"Non validées {known.of('unvalidated')} · validées, à transmettre {known.of('validated')}"

    def chosen(self, row: InvoiceRow) -> None:
        """Enter takes the invoice up."""
        self.action_modify()

    def action_modify(self) -> None:
        """From « OK » to the form."""
        row = self.invoices.row
        if row is not None:
            self.begin(bill_again(self, row.id))

    def action_validate(self) -> None:
        """Check and validate."""
        row = self.invoices.row
        if row is not None:
            self.begin(self._validate(row))

    async def _validate(self, row: InvoiceRow) -> None:
        author = self.desk.author()
        outcome = await self.perform(lambda: validate_invoice(row.id, row.version, author, reason=None))
        if isinstance(outcome, Advised):
            reason = await self.ask(AdviceDialog(outcome.findings))
            if reason is None:
                self.tell(f"La facture n° {row.number} n’est pas validée.")
                return
            outcome = await self.perform(lambda: validate_invoice(row.id, row.version, author, reason=reason))
        self.invoices.refill()
        match outcome:
            case Validated(number, _, _):
                self.tell(f"La facture n° {number} est validée, prête à transmettre.")
            case Faulty(number, findings):
                await self.show(f"La facture n° {number} n’est pas validée", *(f"– {f.message}" for f in findings))
            case Refused(reason):
                await self.show("La facture n’est pas validée", reason)
            case Stale():
                await self.show("La facture n’est pas validée", stale_sentence(outcome))
