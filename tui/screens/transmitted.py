"""Annuler factures transmises (guide, steps 1.2 to 1.7)."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.outcomes import Refused, Stale
from models.explanations import explain
from models.queries.windows import InvoiceRow, ListView
from tui import display
from tui.dialogs.confirm import Confirm
from tui.dialogs.notice import Notice
from tui.screens.invoice_screen import InvoiceScreen
from tui.screens.sentences import stale_sentence
from tui.widgets.columns import SENT, patient


class Transmitted(InvoiceScreen):
    """What was sent; the rejected first, the oldest of them first."""

    PLACE = ("Accueil", "Télétransmission", "Annuler factures transmises")
    VIEW = ListView("transmitted")
    COLUMNS = SENT
    EMPTY = "Aucune facture transmise : importez vos lots depuis le menu Accueil."
    PANEL = ("Annuler", lambda row: row.cancel_refusal)
    KEYS = ("cancel", "filter", "sort", "detail", "help", "back")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,f4", "cancel", "Annuler", key_display="A/F4",
                tooltip="Annuler la facture sélectionnée : elle reçoit un nouveau numéro, à corriger."),
    ]  # fmt: skip

    def refusal(self, action: str) -> str | None:
        """« Annuler » is off where it must not be done."""
        row = self.invoices.row
        if action == "cancel":
            return "Aucune facture sélectionnée." if row is None else row.cancel_refusal
        return super().refusal(action)

    def action_cancel(self) -> None:
        """Ask, cancel, tell the new number, go on to correct it."""
        row = self.invoices.row
        reason = self.refusal("cancel")
        if reason is not None or row is None:
            self.tell(reason or "")
            return
        self.begin(self._cancel(row))

    async def _cancel(self, row: InvoiceRow) -> None:
        if not await self.ask(Confirm(f"Annuler la facture n° {row.number} ?", question_lines(row))):
            self.tell(f"La facture n° {row.number} n’a pas été annulée.")
            return
        outcome = await self.perform(lambda: cancel_invoice(row.id, row.version, self.desk.author()))
        self.invoices.refill()
        self.refresh_news()
        match outcome:
            case Cancelled(old, new, new_id):
                await self._tell_number(old, new, new_id)
            case Refused(reason):
                await self.show("La facture n’a pas été annulée", reason)
            case Stale():
                await self.show("La facture n’a pas été annulée", stale_sentence(outcome))

    async def _tell_number(self, old: int, new: int, new_id: int) -> None:
        title = f"La facture n° {old} devient la facture n° {new}"
        lines = (
            "Notez ce nouveau numéro.",
            "Elle vous attend dans « Vérifier factures non validées » ; l’ancien numéro la retrouve aussi.",
        )
        if await self.ask(Notice(title, lines, onward="Corriger maintenant")):
            self.desk.open_correction(new_id)


def question_lines(row: InvoiceRow) -> tuple[str, ...]:
    """What OUI would do, to which invoice, and why it was rejected."""
    known = explain(row.amo_rejection, row.amo_label or "", "amo") if row.amo_rejection else None
    lines = [
        f"{patient(row)} · {display.money(row.total)} €",
        f"Rejet {known.code} {known.label}" if known else "Rejetée par la caisse, sans code.",
    ]
    if row.amc_state == "pending":
        lines.append("La complémentaire n’a pas encore répondu : elle pourrait payer aussi l’ancienne facture.")
    if row.amc_rejection:
        lines.append(f"La DRE est rejetée aussi ({row.amc_rejection}) : elle se corrige avec la nouvelle facture.")
    lines += ["OUI : annulée pour de bon, refaite sous un nouveau numéro.", "NON : rien ne change."]
    return tuple(lines)
