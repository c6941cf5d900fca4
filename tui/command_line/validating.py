"""`accueil valider`: validate corrected invoices; what stops one is said, and so is what is only advised."""

from __future__ import annotations

from argparse import Namespace

from models.commands.bill import Billed, bill_invoice
from models.commands.outcomes import Refused
from models.commands.validate import Faulty, Validated, validate_invoice
from models.queries.sheets import NumberMatch, invoice_sheet
from tui.command_line.desk import Desk, desk_of
from tui.command_line.invoices import each_invoice
from tui.command_line.speech import out, talk
from tui.text.display import clean


def run(options: Namespace, _: object) -> int:
    """Validate each invoice; the exit code."""
    desk = desk_of(options)
    desk.open()
    return each_invoice(options.numbers, options.professionnel, lambda match: _validate(desk, match))


def _validate(desk: Desk, match: NumberMatch) -> str | None:
    sheet = invoice_sheet(match.id)
    if sheet.state == "unvalidated" and not sheet.signature:
        billed = bill_invoice(sheet.id, sheet.version, "degraded", desk.author())
        if isinstance(billed, Billed):
            talk(f"Facture n° {billed.number} facturée en dégradé, sans carte : joignez la feuille signée.")
    outcome = validate_invoice(match.id, None, desk.author())
    if isinstance(outcome, Validated):
        out(f"La facture n° {outcome.number} est validée.")
        for advice in outcome.advice:
            talk(clean(f"Facture n° {outcome.number}, à vérifier : {advice.message}", 1000))
        return None
    if isinstance(outcome, Faulty):
        blocking = [finding.message.rstrip(".") for finding in outcome.findings if finding.blocking]
        return f"pas validée ; {' ; '.join(blocking)}."
    return outcome.reason if isinstance(outcome, Refused) else "Un autre poste l’a changée entre-temps : relisez-la."
