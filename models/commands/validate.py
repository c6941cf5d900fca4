"""Valider, and its way back while the invoice has not left: checks first, then the state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from models import journal
from models.checks import run_checks
from models.checks.finding import Finding
from models.commands.outcomes import Refused, Stale, stale
from models.commands.outgoing import b2_file
from models.commands.records import save_changed, set_state
from models.database import transaction
from models.faults import spoken
from models.formats.b2 import write_b2
from models.formats.errors import FormatError
from models.invoice import Invoice
from models.journal import Author
from models.queries.sheets import sheet_of


@dataclass(frozen=True, slots=True)
class Validated:
    """Done and committed; `advice` are the findings that did not stop it."""

    number: int
    version: int
    advice: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Faulty:
    """Nothing was changed: what must be corrected first."""

    number: int
    findings: tuple[Finding, ...]


def validate_invoice(invoice_id: int, version: int | None, author: Author) -> Validated | Faulty | Refused | Stale:
    """Validate an unvalidated invoice if nothing blocks it.

    Args:
        invoice_id: the invoice.
        version: as it was read; None from the command line.
        author: who validates; the day counts for dates in the future.

    Raises:
        PracticeFault: the database refused; nothing was changed.
    """
    with spoken(), transaction():
        invoice = Invoice.get_by_id(invoice_id)
        if version is not None and (late := stale(invoice, version)):
            return late
        if invoice.state != "unvalidated":
            return Refused("Seule une facture non validée se valide.")
        if invoice.signature == "":
            return Refused("À facturer d’abord : « Modifier », puis carte Vitale ou « Facturer en dégradé ».")
        findings = run_checks(sheet_of(invoice), author.day)
        if not any(finding.blocking for finding in findings):
            findings = (*_writable(invoice, author), *findings)
        if any(finding.blocking for finding in findings):
            return Faulty(invoice.number, findings)
        set_state(invoice, "validated")
        save_changed(invoice)
        journal.append(author, "validate", f"invoice {invoice.id}", {}, touched=(invoice.id,))
        return Validated(invoice.number, invoice.version, findings)


def _writable(invoice: Invoice, author: Author) -> Iterator[Finding]:
    """What the B2 file could not hold of this invoice: once validated, it would stop its whole lot."""
    try:
        write_b2(b2_file(invoice.practitioner, [invoice], 1, invoice.signature, author.day))
    except FormatError as error:
        yield Finding("fichier B2", "blocking", "lines", str(error), "Cahier des charges B2, zones des types 2, 4 et 5")


def reopen_invoice(invoice_id: int, version: int, author: Author) -> date | Refused | Stale:
    """Bring a validated invoice that has not left back among the unvalidated ones.

    Returns:
        The day of the change once committed.

    Raises:
        PracticeFault: the database refused; nothing was changed.
    """
    with spoken(), transaction():
        invoice = Invoice.get_by_id(invoice_id)
        if late := stale(invoice, version):
            return late
        if invoice.state != "validated" or invoice.batch_id is not None:
            return Refused("Seule une facture validée qui n’est dans aucun lot redevient modifiable.")
        set_state(invoice, "unvalidated")
        save_changed(invoice)
        journal.append(author, "reopen", f"invoice {invoice.id}", {}, touched=(invoice.id,))
        return author.day
