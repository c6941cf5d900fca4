"""`accueil annuler`: cancel rejected invoices; without `--oui`, only say what would happen."""

from __future__ import annotations

from models.commands.cancel import Cancelled, cancel_invoice
from models.queries.sheets import NumberMatch, invoice_sheet
from tui.command_line.invoices import each_invoice, not_done
from tui.command_line.named_practice import NamedPractice
from tui.command_line.session import Session, session_of
from tui.command_line.speech import out, talk
from tui.command_line.typed import TypedNumber
from tui.text.display import clean, money, person
from tui.text.refusals import refusal_sentence


def run(practice: NamedPractice, numbers: list[TypedNumber], practitioner: str | None, *, confirmed: bool) -> int:
    """Cancel each invoice, or say what that would do; the exit code."""
    session = session_of(practice)
    session.open()
    if confirmed:
        return each_invoice(numbers, practitioner, lambda match: _cancel(session, match))
    code = each_invoice(numbers, practitioner, _announce)
    talk("Rien n’a été changé : ajoutez --oui pour annuler.")
    return code


def _cancel(session: Session, match: NumberMatch) -> str | None:
    outcome = cancel_invoice(match.id, None, session.author())
    if isinstance(outcome, Cancelled):
        out(f"La facture n° {outcome.old_number} devient la facture n° {outcome.new_number}.")
        return None
    return not_done(outcome)


def _announce(match: NumberMatch) -> str | None:
    sheet = invoice_sheet(match.id)
    if sheet.cancel_refusal is not None:
        return refusal_sentence(sheet.cancel_refusal)
    who = clean(person(sheet.draft.last_name, sheet.draft.first_name))
    out(
        f"La facture n° {sheet.number} ({who}, {money(sheet.total)} €, rejet {sheet.amo_rejection}) serait annulée "
        "et remplacée par une nouvelle facture, non validée, à corriger."
    )
    return None
