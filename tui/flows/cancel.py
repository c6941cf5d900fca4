"""Annuler one invoice (guide, 1.4 to 1.7): OUI/NON, the new number to note, on to its correction."""

from __future__ import annotations

from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.outcomes import Stale
from models.domain.refusals import Refused
from models.domain.states import ShareState
from models.queries.invoice_row import InvoiceRow
from models.reference.rejections import ALREADY_PAID, RejectionBook
from tui.base.desk_screen import DeskScreen
from tui.dialogs.confirm import Confirm
from tui.dialogs.notice import Notice
from tui.flows.meanwhile import tell_not_done
from tui.text import display
from tui.text.columns import patient
from tui.text.refusals import refusal_sentence
from tui.text.sentences import stale_sentence


async def cancel(screen: DeskScreen, row: InvoiceRow) -> None:
    """Ask, cancel, tell the new number, go on to correct it."""
    if not await screen.ask(Confirm(f"Annuler la facture n° {row.number} ?", question_lines(row, screen.book))):
        tell_not_done(screen, [row], f"La facture n° {row.number} n’a pas été annulée.")
        return
    author = screen.desk.author()
    outcome = await screen.perform(lambda: cancel_invoice(row.id, row.version, author))
    screen.command_done()
    match outcome:
        case Cancelled(old, new, new_id):
            await _tell_number(screen, old, new, new_id)
        case Refused() as refused:
            await screen.show("La facture n’a pas été annulée", refusal_sentence(refused))
        case Stale():
            await screen.show("La facture n’a pas été annulée", stale_sentence(outcome))
        case None:
            pass  # `perform` has said why


async def _tell_number(screen: DeskScreen, old: int, new: int, new_id: int) -> None:
    title = f"La facture n° {old} devient la facture n° {new}"
    lines = (
        "Notez ce nouveau numéro.",
        "Elle vous attend dans « Vérifier factures non validées » ; l’ancien numéro la retrouve aussi.",
    )
    if await screen.ask(Notice(title, lines, onward="Corriger maintenant")):
        screen.desk.open_correction(new_id)


def question_lines(row: InvoiceRow, book: RejectionBook) -> tuple[str, ...]:
    """What OUI would do, to which invoice, and why it was rejected."""
    known = book.explain(row.amo_rejection, row.amo_label or "", "amo") if row.amo_rejection else None
    lines = [
        f"{patient(row)} · {display.money(row.total)} €",
        f"Rejet {known.code} {known.label}" if known else "Rejetée par la caisse, sans code.",
    ]
    if known and known.code.startswith(ALREADY_PAID):
        lines.append("La caisse dit l’avoir payée : cherchez d’abord le paiement.")
    if row.amc_state == ShareState.PENDING:
        lines.append("La complémentaire n’a pas encore répondu : elle pourrait payer aussi l’ancienne facture.")
    if row.amc_rejection:
        lines.append(f"La DRE est rejetée aussi ({row.amc_rejection}) : elle se corrige avec la nouvelle facture.")
    lines += ["OUI : définitif, nouveau numéro.", "NON : rien ne change."]
    return tuple(lines)
