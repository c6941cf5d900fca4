"""Traiter les rejets de DRE: the complementary share alone, after the invoice, never before."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from models.commands.outcomes import Stale
from models.commands.resend_dre import DreMade, resend_dre
from models.commands.validate import Faulty, Validated, validate_invoice
from models.domain.lists import ListName
from models.domain.refusals import Refused
from models.queries.invoice_row import InvoiceRow, ListView
from models.queries.sheets import invoice_sheet
from tui.base.invoice_screen import InvoiceScreen
from tui.dialogs.amc import AmcDialog
from tui.dialogs.confirm import Confirm
from tui.text import display, places
from tui.text.columns import DRE, patient
from tui.text.faults import finding_sentence
from tui.text.refusals import refusal_or_none, refusal_sentence
from tui.text.sentences import stale_sentence


class Dre(InvoiceScreen):
    """The rejected DRE; off while the invoice's own rejection is not treated."""

    PLACE = places.DRE
    VIEW = ListView(ListName.DRE)
    COLUMNS = DRE
    EMPTY = "Aucun rejet de DRE à traiter."
    PANEL = ("Refaire", lambda row: refusal_or_none(row.dre_refusal))
    KEYS = ("resend", "filter", "sort", "detail", "help", "back")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d,f4", "resend", "Refaire la DRE", key_display="D/F4",
                tooltip="Corriger l’organisme complémentaire et renvoyer cette part seule."),
    ]  # fmt: skip

    def refusal(self, action: str) -> str | None:
        """The invoice first, the DRE after."""
        row = self.invoices.row
        if action == "resend":
            return "Aucune DRE sélectionnée." if row is None else refusal_or_none(row.dre_refusal)
        return super().refusal(action)

    async def overview(self) -> str:
        """The order in which rejections are treated."""
        return "D’abord le rejet de la facture, ensuite celui de la DRE."

    def action_resend(self) -> None:
        """Ask for the payer, make the DRE, validate it."""
        self.begin_on_row("resend", self._resend)

    async def _resend(self, row: InvoiceRow) -> None:
        sheet = await self.perform(lambda: invoice_sheet(row.id))
        if sheet is None:
            return
        known = self.book.explain(row.amc_rejection or "", row.amc_label or "", "amc")
        lines = (
            f"{patient(row)} · part complémentaire {display.money(row.amc)} € ; la part obligatoire est payée.",
            f"Rejet {known.code} {known.label}",
            known.todo,
        )
        number = await self.ask(AmcDialog(f"DRE de la facture n° {row.number}", lines, sheet.draft.amc_number))
        if number is None:
            self.tell("La DRE n’a pas été refaite.")
            return
        if number == sheet.draft.amc_number:
            same = ("Le numéro de l’organisme complémentaire n’a pas changé : la même DRE reviendrait.",
                    "OUI la renvoie quand même. NON ne change rien.")  # fmt: skip
            if not await self.ask(Confirm("Renvoyer la même DRE ?", same)):
                return
        made = await self.perform(lambda: resend_dre(row.id, row.version, number, self.desk.author()))
        self.invoices.refill()
        self.refresh_news()
        match made:
            case DreMade():
                await self._validate(made)
            case Refused() as refused:
                await self.show("La DRE n’a pas été refaite", refusal_sentence(refused))
            case Stale():
                await self.show("La DRE n’a pas été refaite", stale_sentence(made))
            case None:
                pass  # `perform` has said why

    async def _validate(self, made: DreMade) -> None:
        outcome = await self.perform(
            lambda: validate_invoice(made.new_id, made.new_version, self.desk.author(), book=self.book)
        )
        title = f"La DRE de la facture n° {made.old_number} repart sous le n° {made.new_number}"
        match outcome:
            case Validated():
                await self.show(
                    title,
                    "Elle est validée : elle partira avec « Transmettre les factures validées », dans un lot à part.",
                    "Le format d’une DRE n’est pas public : faites contrôler ce lot par votre logiciel avant l’envoi.",
                )
            case Faulty(_, findings):
                blocking = [f"– {finding_sentence(finding)}" for finding in findings if finding.blocking]
                await self.show(title, "À corriger dans « Vérifier factures non validées » :", *blocking)
            case _:
                await self.show(title, "Elle attend dans « Vérifier factures non validées ».")
