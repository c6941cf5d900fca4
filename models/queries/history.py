"""What the practice knows beside an invoice: the patient's rights, what was paid or refused, who prescribes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.answers import Answer, Rejection
from models.database import rows
from models.invoice import Act, Invoice
from models.people import Patient
from models.queries.sheets import InvoiceSheet, invoice_sheet
from models.rights import Right

LATEST = 200
"""How many of the patient's invoices are looked at, the latest first: some four years of weekly care."""


@dataclass(frozen=True, slots=True)
class KnownRight:
    """An exemption seen on a card or an attestation; both ends included, no end: open."""

    exemption: str
    since: date
    until: date | None
    source: str
    seen_on: date

    def covers(self, day: date) -> bool:
        """Whether the right holds on this day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class PastInvoice:
    """Another invoice of the same patient that still counts (not cancelled), or the cancelled origin's rejection.

    `refusals` are the codes with which the caisse rejected it; `acts` its days and codes.
    """

    number: int
    state: str
    exemption: str
    nature: str
    payer: str
    prescriber: str
    first_day: date
    last_day: date
    amo_paid: int
    refusals: tuple[str, ...]
    acts: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class History:
    """All that the checks may look at beside the invoice itself."""

    rights: tuple[KnownRight, ...] = ()
    past: tuple[PastInvoice, ...] = ()
    prescribers_paid: frozenset[str] = frozenset()
    prescribers_refused: frozenset[str] = frozenset()

    def paid(self) -> tuple[PastInvoice, ...]:
        """The patient's invoices whose obligatory share was paid."""
        return tuple(invoice for invoice in self.past if invoice.amo_paid > 0)

    def refused(self, *families: str) -> tuple[PastInvoice, ...]:
        """The patient's invoices rejected with a code that begins with one of these."""
        return tuple(invoice for invoice in self.past if any(code.startswith(families) for code in invoice.refusals))


def history_of(sheet: InvoiceSheet) -> History:
    """What is known beside this invoice, in a few queries; the invoice itself and what it replaces left out of `past`.

    What the caisse said of the invoice that this one replaces does count: its rejection is in `past`, its acts not.
    """
    patient = Invoice.select(Invoice.patient).where(Invoice.id == sheet.id)
    invoices = list(Invoice.select().where(Invoice.patient.in_(patient)).order_by(Invoice.id.desc()).limit(LATEST))
    ids = [invoice.id for invoice in invoices]
    acts: dict[int, list[tuple[date, str]]] = {identifier: [] for identifier in ids}
    for owner, day, code in rows(
        Act.select(Act.invoice, Act.done_on, Act.code).where(Act.invoice.in_(ids), Act.removed_in == 0)
    ):
        acts[owner].append((date.fromisoformat(day), code))
    refusals: dict[int, list[str]] = {identifier: [] for identifier in ids}
    for owner, code in rows(
        Rejection.select(Answer.invoice, Rejection.code)
        .join(Answer)
        .where(Answer.invoice.in_(ids), Rejection.share == "amo", Answer.outcome == "applied")
    ):
        refusals[owner].append(code)
    past = tuple(
        _past(invoice, acts[invoice.id], refusals[invoice.id])
        for invoice in invoices
        if acts[invoice.id] and _counts(invoice, sheet, refusals[invoice.id])
    )
    return History(_rights(sheet), past, *_prescribers(sheet))


def sheet_and_history(invoice_id: int) -> tuple[InvoiceSheet, History]:
    """An invoice and what is known beside it, for the form.

    Raises:
        peewee.DoesNotExist: there is no such invoice.
    """
    sheet = invoice_sheet(invoice_id)
    return sheet, history_of(sheet)


def _counts(invoice: Invoice, sheet: InvoiceSheet, refusals: list[str]) -> bool:
    if invoice.id == sheet.id:
        return bool(refusals)
    return invoice.state != "cancelled" or bool(refusals)


def _past(invoice: Invoice, acts: list[tuple[date, str]], refusals: list[str]) -> PastInvoice:
    days = [day for day, _ in acts]
    return PastInvoice(
        number=invoice.number,
        state=invoice.state,
        exemption=invoice.exemption,
        nature=invoice.nature,
        payer=invoice.regime + invoice.caisse + invoice.centre,
        prescriber=invoice.prescriber,
        first_day=min(days),
        last_day=max(days),
        amo_paid=invoice.amo_paid,
        refusals=tuple(refusals),
        acts=tuple(acts),
    )


def _rights(sheet: InvoiceSheet) -> tuple[KnownRight, ...]:
    query = (
        Right.select(Right.exemption, Right.since, Right.until, Right.source, Right.seen_on)
        .join(Patient)
        .join(Invoice, on=(Invoice.patient == Patient.id))
        .where(Invoice.id == sheet.id)
        .order_by(Right.id.desc())
    )
    return tuple(
        KnownRight(
            exemption,
            date.fromisoformat(since),
            date.fromisoformat(until) if until else None,
            source,
            date.fromisoformat(seen_on),
        )
        for exemption, since, until, source, seen_on in rows(query)
    )


def _prescribers(sheet: InvoiceSheet) -> tuple[frozenset[str], frozenset[str]]:
    """Of the prescribers that matter here: who was on a paid invoice, whom a caisse refused (0460)."""
    paid = rows(Invoice.select(Invoice.prescriber).where(Invoice.amo_paid > 0).distinct())
    refused = rows(
        Rejection.select(Invoice.prescriber)
        .join(Answer)
        .join(Invoice, on=(Answer.invoice == Invoice.id))
        .where(Rejection.share == "amo", Rejection.code.startswith("0460"), Answer.outcome == "applied")
        .distinct()
    )
    return frozenset(number for (number,) in paid), frozenset(number for (number,) in refused)
