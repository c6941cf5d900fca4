"""Valider, and its way back while the invoice has not left: checks first, then the state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from models.checks import run_checks
from models.checks.finding import Finding
from models.commands.outcomes import Refused, Stale, stale
from models.commands.outgoing import b2_file
from models.commands.records import save_changed, set_state
from models.formats.b2.write import write_b2
from models.formats.errors import FormatError
from models.queries.history import history_of
from models.queries.sheets import sheet_of
from models.store.database import transaction
from models.store.faults import spoken
from models.tables import journal
from models.tables.invoice import Invoice
from models.tables.journal import Author
from models.tables.rights import Override


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


@dataclass(frozen=True, slots=True)
class Advised:
    """Nothing was changed: advice to follow, or to set aside with a reason."""

    number: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Reopened:
    """Done and committed: the invoice is unvalidated again, now at this version."""

    number: int
    version: int


NO_REASON: Final = "sans motif"
"""What is recorded where nobody was asked (the command line)."""


def validate_invoice(
    invoice_id: int, version: int | None, author: Author, *, reason: str | None = NO_REASON
) -> Validated | Faulty | Advised | Refused | Stale:
    """Validate an unvalidated invoice if nothing blocks it.

    Args:
        invoice_id: the invoice.
        version: as it was read; None from the command line.
        author: who validates; the day counts for dates in the future.
        reason: why advice is set aside, kept with the invoice; None to stop at it.

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
        sheet = sheet_of(invoice)
        findings = run_checks(sheet, author.day, history_of(sheet))
        if not any(finding.blocking for finding in findings):
            findings = (*_writable(invoice, author), *findings)
        if any(finding.blocking for finding in findings):
            return Faulty(invoice.number, findings)
        if findings and reason is None:
            return Advised(invoice.number, findings)
        for finding in findings:
            _set_aside(invoice, finding, reason or NO_REASON, author)
        set_state(invoice, "validated")
        save_changed(invoice)
        detail: dict[str, object] = {"overrides": len(findings)} if findings else {}
        journal.append(author, "validate", f"invoice {invoice.id}", detail, touched=(invoice.id,))
        return Validated(invoice.number, invoice.version, findings)


def _set_aside(invoice: Invoice, finding: Finding, reason: str, author: Author) -> None:
    Override.create(
        invoice=invoice.id,
        check_name=finding.check,
        message=finding.message,
        reason=reason,
        decided_at=author.at.isoformat(),
        decided_by=author.operator,
    )


def _writable(invoice: Invoice, author: Author) -> Iterator[Finding]:
    """What the B2 file could not hold of this invoice: once validated, it would stop its whole lot."""
    try:
        write_b2(b2_file(invoice.practitioner, [invoice], 1, invoice.signature, author.day))
    except FormatError as error:
        yield Finding("fichier B2", "blocking", "lines", str(error), "Cahier des charges B2, zones des types 2, 4 et 5")


def reopen_invoice(invoice_id: int, version: int, author: Author) -> Reopened | Refused | Stale:
    """Bring a validated invoice that has not left back among the unvalidated ones.

    Args:
        invoice_id: the invoice.
        version: as it was read.
        author: who takes it back.

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
        return Reopened(invoice.number, invoice.version)
