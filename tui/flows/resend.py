"""Refaire a rejected DRE: the complementary share alone, under a number of its own, to a payer put right."""

from __future__ import annotations

from models.commands.outcomes import Stale
from models.commands.resend_dre import DreMade, resend_dre
from models.commands.validate import Faulty, Validated, validate_invoice
from models.domain.refusals import Refused
from models.queries.invoice_row import InvoiceRow
from models.queries.sheets import invoice_sheet
from tui.base.desk_screen import DeskScreen
from tui.dialogs.amc import AmcDialog
from tui.dialogs.confirm import Confirm
from tui.flows.meanwhile import tell_not_done
from tui.text import display
from tui.text.columns import patient
from tui.text.faults import finding_sentence
from tui.text.refusals import refusal_sentence
from tui.text.sentences import stale_sentence


async def resend(screen: DeskScreen, row: InvoiceRow) -> None:
    """Ask for the complementary payer, make the DRE anew, validate it."""
    sheet = await screen.perform(lambda: invoice_sheet(row.id))
    if sheet is None:
        return
    known = screen.book.explain(row.amc_rejection or "", row.amc_label or "", "amc")
    lines = (
        f"{patient(row)} · part complémentaire {display.money(row.amc)} € ; la part obligatoire est payée.",
        f"Rejet {known.code} {known.label}",
        known.todo,
    )
    number = await screen.ask(AmcDialog(f"DRE de la facture n° {row.number}", lines, sheet.draft.amc_number))
    if number is None:
        tell_not_done(screen, [row], "La DRE n’a pas été refaite.")
        return
    if number == sheet.draft.amc_number:
        same = ("Le numéro de l’organisme complémentaire n’a pas changé : la même DRE reviendrait.",
                "OUI la renvoie quand même. NON ne change rien.")  # fmt: skip
        if not await screen.ask(Confirm("Renvoyer la même DRE ?", same)):
            tell_not_done(screen, [row], "La DRE n’a pas été refaite.")
            return
    made = await screen.perform(lambda: resend_dre(row.id, row.version, number, screen.desk.author()))
    screen.command_done()
    match made:
        case DreMade():
            await _validate(screen, made)
        case Refused() as refused:
            await screen.show("La DRE n’a pas été refaite", refusal_sentence(refused))
        case Stale():
            await screen.show("La DRE n’a pas été refaite", stale_sentence(made))
        case None:
            pass  # `perform` has said why


async def _validate(screen: DeskScreen, made: DreMade) -> None:
    outcome = await screen.perform(
        lambda: validate_invoice(made.new_id, made.new_version, screen.desk.author(), book=screen.book)
    )
    title = f"La DRE de la facture n° {made.old_number} repart sous le n° {made.new_number}"
    match outcome:
        case Validated():
            await screen.show(
                title,
                "Elle est validée : elle partira avec « Transmettre les factures validées », dans un lot à part.",
                "Le format d’une DRE n’est pas public : faites contrôler ce lot par votre logiciel avant l’envoi.",
            )
        case Faulty(_, findings):
            blocking = [f"– {finding_sentence(finding)}" for finding in findings if finding.blocking]
            await screen.show(title, "À corriger dans « Vérifier factures non validées » :", *blocking)
        case _:
            await screen.show(title, "Elle attend dans « Vérifier factures non validées ».")
