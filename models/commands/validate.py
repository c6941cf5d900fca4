"""Valider, and its way back while the invoice has not left: checks first, then the state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from models.checks import run_checks
from models.checks.finding import Finding
from models.commands.change import answers_stale, open_change
from models.commands.outcomes import Stale
from models.commands.outgoing import b2_file
from models.commands.outgoing_dre import dre_file
from models.commands.records import set_state
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.findings import CheckName, FindingLevel
from models.domain.refusals import Refusal, Refused
from models.domain.states import InvoiceKind, InvoiceState, Signature
from models.formats.b2.write import write_b2
from models.formats.errors import FormatError
from models.queries.histories import history_of
from models.queries.sheets import invoice_sheet
from models.reference.rejections import RejectionBook
from models.tables.content import contents_of
from models.tables.invoice import Invoice
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


@answers_stale
def validate_invoice(
    invoice_id: int, version: int | None, author: Author, *, book: RejectionBook, reason: str | None = NO_REASON
) -> Validated | Faulty | Advised | Refused | Stale:
    """Validate an unvalidated invoice if nothing blocks it.

    Args:
        invoice_id: the invoice.
        version: as it was read; None from the command line.
        author: who validates; the day counts for dates in the future.
        book: what the practice knows of rejections.
        reason: why advice is set aside, kept with the invoice; None to stop at it.

    Raises:
        PracticeFault: the database refused; nothing was changed.
    """
    with open_change(author, Action.VALIDATE) as change:
        invoice = change.invoice(invoice_id, version)
        if invoice.state != InvoiceState.UNVALIDATED:
            return Refused(Refusal.NOT_UNVALIDATED)
        if invoice.signature == Signature.UNBILLED:
            return Refused(Refusal.NOT_BILLED)
        sheet = invoice_sheet(invoice.id)
        if sheet.damage:
            return sheet.damage
        findings = run_checks(sheet, author.day, history_of(sheet), book=book)
        if not any(finding.blocking for finding in findings):
            findings = (*_writable(invoice, author), *findings)
        if any(finding.blocking for finding in findings):
            return Faulty(invoice.number, findings)
        if findings and reason is None:
            return Advised(invoice.number, findings)
        for finding in findings:
            _set_aside(invoice, finding, reason or NO_REASON, author)
        set_state(invoice, InvoiceState.VALIDATED)
        change.save(invoice)
        change.record(f"invoice {invoice.id}", {"overrides": len(findings)} if findings else {})
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
        contents = contents_of([invoice.id])
        if invoice.kind == InvoiceKind.DRE:
            write_b2(dre_file(invoice.practitioner, [invoice], contents, 1, author.day))
        else:
            write_b2(b2_file(invoice.practitioner, [invoice], contents, 1, invoice.signature, author.day))
    except FormatError as error:
        yield Finding(
            CheckName.B2_FILE,
            FindingLevel.BLOCKING,
            "lines",
            str(error),
            "Cahier des charges B2, zones des types 2, 4 et 5",
        )


@answers_stale
def reopen_invoice(invoice_id: int, version: int, author: Author) -> Reopened | Refused | Stale:
    """Bring a validated invoice that has not left back among the unvalidated ones.

    Args:
        invoice_id: the invoice.
        version: as it was read.
        author: who takes it back.

    Raises:
        PracticeFault: the database refused; nothing was changed.
    """
    with open_change(author, Action.REOPEN) as change:
        invoice = change.invoice(invoice_id, version)
        if invoice.state != InvoiceState.VALIDATED or invoice.lot_id is not None:
            return Refused(Refusal.NOT_TAKEN_BACK)
        set_state(invoice, InvoiceState.UNVALIDATED)
        change.save(invoice)
        change.record(f"invoice {invoice.id}")
        return Reopened(invoice.number, invoice.version)
