"""Valider one invoice from the list (guide, 2.5): its checks, a reason where one is asked for, the outcome."""

from __future__ import annotations

from functools import partial

from models.checks.finding import Finding
from models.commands.outcomes import Stale
from models.commands.validate import Advised, Faulty, Validated, validate_invoice
from models.domain.refusals import Refused
from models.queries.invoice_row import InvoiceRow
from tui.base.invoice_screen import InvoiceScreen
from tui.dialogs.notice import Notice
from tui.flows.advice import ask_reason
from tui.flows.meanwhile import tell_not_done
from tui.text.faults import located_sentence
from tui.text.refusals import refusal_sentence
from tui.text.sentences import stale_sentence
from tui.text.state_words import document


async def validate(screen: InvoiceScreen, row: InvoiceRow) -> None:
    """Check and validate; a doubt asks for a reason, or opens the form where « Corriger » is taken."""
    author, book = screen.desk.author(), screen.book
    outcome = await screen.perform(lambda: validate_invoice(row.id, row.version, author, book=book, reason=None))
    while isinstance(outcome, Advised):
        reason, given_up = await ask_reason(screen, outcome.findings)
        if reason is None:
            tell_not_done(screen, [row], f"La {document(row.kind, row.number)} n’est pas validée.")
            if not given_up:
                await _correct(screen, row.id, outcome.findings[0])
            return
        outcome = await screen.perform(partial(validate_invoice, row.id, row.version, author, book=book, reason=reason))
    screen.invoices.refill()
    match outcome:
        case Validated(number, _, _):
            screen.tell(f"La {document(row.kind, number)} est validée, prête à transmettre.")
        case Faulty(number, findings):
            title = f"La {document(row.kind, number)} n’est pas validée"
            lines = tuple(f"– {located_sentence(finding)}" for finding in findings)
            if await screen.ask(Notice(title, lines, onward="Corriger")):
                await _correct(screen, row.id, findings[0])
        case Refused() as refused:
            await screen.show("La facture n’est pas validée", refusal_sentence(refused))
        case Stale():
            await screen.show("La facture n’est pas validée", stale_sentence(outcome))
        case None:
            pass  # `perform` has said why


async def _correct(screen: InvoiceScreen, invoice_id: int, at: Finding) -> None:
    from tui.flows.bill import bill_again  # the form, which validating alone does without

    await bill_again(screen, invoice_id, at)
