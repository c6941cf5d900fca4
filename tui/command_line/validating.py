"""`accueil valider`: validate corrected invoices; what stops one is said, and so is what is only advised."""

from __future__ import annotations

from models.commands.bill import Billed, bill_invoice
from models.commands.validate import Advised, Faulty, Validated, validate_invoice
from models.domain.states import InvoiceState, Signature
from models.queries.sheets import NumberMatch, invoice_sheet
from models.reference.rejections import RejectionBook
from tui.command_line.invoices import each_invoice, not_done
from tui.command_line.named_practice import NamedPractice
from tui.command_line.session import Session, session_of
from tui.command_line.speech import out, talk
from tui.command_line.typed import TypedNumber
from tui.text.display import clean
from tui.text.state_words import document, head


def run(practice: NamedPractice, numbers: list[TypedNumber], practitioner: str | None) -> int:
    """Validate each invoice; the exit code."""
    session = session_of(practice)
    book = session.open().book.current
    return each_invoice(numbers, practitioner, lambda match: _validate(session, match, book))


def _validate(session: Session, match: NumberMatch, book: RejectionBook) -> str | None:
    sheet = invoice_sheet(match.id)
    if sheet.state == InvoiceState.UNVALIDATED and not sheet.signature:
        billed = bill_invoice(sheet.id, sheet.version, Signature.DEGRADED, session.author())
        if isinstance(billed, Billed):
            talk(f"{head(match.kind, billed.number)} facturée en dégradé, sans carte : joignez la feuille signée.")
    outcome = validate_invoice(match.id, None, session.author(), book=book)
    if isinstance(outcome, Validated):
        out(f"La {document(match.kind, outcome.number)} est validée.")
        for advice in outcome.advice:
            talk(clean(f"{head(match.kind, outcome.number)}, à vérifier : {advice.message}", 1000))
        return None
    if isinstance(outcome, Faulty):
        blocking = [finding.message.rstrip(".") for finding in outcome.findings if finding.blocking]
        return f"pas validée ; {' ; '.join(blocking)}."
    assert not isinstance(outcome, Advised), "nobody is asked here: advice is set aside"
    return not_done(outcome)
