"""`accueil annuler`: cancel rejected invoices, all that can be at once; without `--oui`, say what would happen."""

from __future__ import annotations

from models.commands.cancel import cancel_invoices
from models.domain.lists import ListName
from models.queries.invoice_row import ListView
from models.queries.sheets import NumberMatch, invoice_sheet
from models.queries.windows import every_row
from tui.command_line.invoices import each_invoice, not_done
from tui.command_line.named_practice import NamedPractice
from tui.command_line.progress import bar
from tui.command_line.session import session_of
from tui.command_line.speech import REFUSED, out, talk
from tui.command_line.typed import TypedNumber
from tui.text.display import clean, money, person
from tui.text.refusals import refusal_sentence


def run(
    practice: NamedPractice, numbers: list[TypedNumber], practitioner: str | None, typed: str, *, confirmed: bool
) -> int:
    """Cancel the invoices, or say what that would do; the exit code.

    Args:
        practice: which, and who works.
        numbers: the invoices that are named.
        practitioner: of `--professionnel`.
        typed: of `--filtre`: all that it finds among those that can be cancelled; none where it is empty.
        confirmed: whether `--oui` was typed.
    """
    session = session_of(practice)
    session.open()
    found = [row.id for row in every_row(ListView(ListName.CANCELLABLE, typed=typed))] if typed else []
    if typed and not found:
        talk(clean(f"Aucune facture à annuler ne répond au filtre « {typed} ».", 1000))
        code = REFUSED
    else:
        code = 0
    if not confirmed:
        code = max(code, each_invoice(numbers, practitioner, _announce_match))
        for invoice_id in found:
            _announce(invoice_id)
        talk("Rien n’a été changé : ajoutez --oui pour annuler.")
        return code
    wanted: dict[int, None] = {}
    code = max(code, each_invoice(numbers, practitioner, lambda match: _want(match, wanted)))
    wanted.update(dict.fromkeys(found))
    with bar("Factures à annuler") as step:
        outcome = cancel_invoices([(invoice_id, None) for invoice_id in wanted], session.author(), step)
    for one in outcome.cancelled:
        out(f"La facture n° {one.old_number} devient la facture n° {one.new_number}.")
    for left in outcome.left:
        code = REFUSED
        talk(clean(f"Facture n° {left.number} : {not_done(left.why)}", 1000))
    return code


def _want(match: NumberMatch, wanted: dict[int, None]) -> str | None:
    """Note it to be cancelled with the others, or say why it is not."""
    refused = invoice_sheet(match.id).cancel_refusal
    if refused is None:
        wanted[match.id] = None
    return None if refused is None else refusal_sentence(refused)


def _announce_match(match: NumberMatch) -> str | None:
    return _announce(match.id)


def _announce(invoice_id: int) -> str | None:
    sheet = invoice_sheet(invoice_id)
    if sheet.cancel_refusal is not None:
        return refusal_sentence(sheet.cancel_refusal)
    who = clean(person(sheet.draft.last_name, sheet.draft.first_name))
    out(
        f"La facture n° {sheet.number} ({who}, {money(sheet.total)} €, rejet {sheet.amo_rejection}) serait annulée "
        "et remplacée par une nouvelle facture, non validée, à corriger."
    )
    return None
