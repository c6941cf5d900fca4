"""`accueil annuler`: cancel rejected invoices; without `--oui`, only say what would happen."""

from __future__ import annotations

from argparse import Namespace

from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.outcomes import Refused
from models.queries.sheets import NumberMatch, invoice_sheet
from tui.command_line.desk import Desk, desk_of
from tui.command_line.invoices import each_invoice
from tui.command_line.speech import out, talk
from tui.text.display import clean, money


def run(options: Namespace, _: object) -> int:
    """Cancel each invoice, or say what that would do; the exit code."""
    desk = desk_of(options)
    desk.open()
    if options.oui:
        return each_invoice(options.numbers, options.professionnel, lambda match: _cancel(desk, match))
    code = each_invoice(options.numbers, options.professionnel, _announce)
    talk("Rien n’a été changé : ajoutez --oui pour annuler.")
    return code


def _cancel(desk: Desk, match: NumberMatch) -> str | None:
    outcome = cancel_invoice(match.id, None, desk.author())
    if isinstance(outcome, Cancelled):
        out(f"La facture n° {outcome.old_number} devient la facture n° {outcome.new_number}.")
        return None
    return outcome.reason if isinstance(outcome, Refused) else "Un autre poste l’a changée entre-temps : relisez-la."


def _announce(match: NumberMatch) -> str | None:
    sheet = invoice_sheet(match.id)
    if sheet.cancel_refusal is not None:
        return sheet.cancel_refusal
    who = clean(f"{sheet.draft.last_name} {sheet.draft.first_name.title()}")
    out(
        f"La facture n° {sheet.number} ({who}, {money(sheet.total)} €, rejet {sheet.amo_rejection}) serait annulée "
        "et remplacée par une nouvelle facture, non validée, à corriger."
    )
    return None
