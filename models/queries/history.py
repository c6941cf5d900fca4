"""What the practice knows beside an invoice: the patient's rights, what was paid or refused, who prescribes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from models.domain.states import InvoiceState, RightSource, ShareName
from models.queries.sheets import InvoiceSheet, invoice_sheet
from models.reference.acts import line_rank
from models.store.database import rows
from models.store.faults import spoken
from models.tables.invoice import Act, Invoice
from models.tables.people import Patient, Practitioner
from models.tables.returns import IS_TAKEN, Answer, Rejection, Return
from models.tables.rights import Right

LATEST = 200
"""How many of the patient's invoices are looked at, the latest first: some four years of weekly care."""


@dataclass(frozen=True, slots=True)
class KnownRight:
    """An exemption seen on a card or an attestation; both ends included, no end: open."""

    exemption: str
    since: date
    until: date | None
    source: RightSource
    seen_on: date

    @property
    def last_day(self) -> date:
        """The last day that it covers; the end of time where it is open."""
        return self.until or date.max

    def covers(self, day: date) -> bool:
        """Whether the right holds on this day."""
        return self.since <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class PastAct:
    """An act of another invoice, travel and supplements left out; its coefficient in hundredths."""

    done_on: date
    code: str
    coefficient: int

    @property
    def care(self) -> tuple[date, str]:
        """What was done, whatever it was billed at."""
        return self.done_on, self.code


@dataclass(frozen=True, slots=True)
class PastInvoice:
    """Another invoice of the same patient that still counts (not cancelled), or the cancelled origin's rejection.

    `refusals` are the codes with which the caisse rejected it, `answered_on` the day on which the last of them was
    read; `payer` régime, caisse and centre; `amo_paid` in cents. `kin`: it is the invoice itself, or one that it comes
    from or became; numbers come back, they do not tell.
    """

    number: int
    kin: bool
    practitioner: str
    state: InvoiceState
    exemption: str
    nature: str
    payer: str
    nir: str
    prescriber: str
    prescribed_on: date | None
    first_day: date
    last_day: date
    amo_paid: int
    refusals: tuple[str, ...]
    answered_on: date | None
    acts: tuple[PastAct, ...]

    @property
    def paid(self) -> bool:
        """Whether the caisse paid its share, whatever it had said before."""
        return self.amo_paid > 0

    def refused(self, *codes: str) -> bool:
        """Whether the caisse rejected it, and left it so, with a code that begins with one of these."""
        return not self.paid and any(code.startswith(codes) for code in self.refusals)


@dataclass(frozen=True, slots=True)
class History:
    """All that the checks may look at beside the invoice itself. `rights` and `past`: the newest first.

    Prescribers: those of the practice's paid invoices, those refused as unknown (0460) and, of these, those refused
    as establishments (0460 053).
    """

    rights: tuple[KnownRight, ...] = ()
    past: tuple[PastInvoice, ...] = ()
    prescribers_paid: frozenset[str] = frozenset()
    prescribers_refused: frozenset[str] = frozenset()
    establishments_refused: frozenset[str] = frozenset()

    def refused(self, *codes: str) -> tuple[PastInvoice, ...]:
        """The patient's invoices that stay rejected with a code that begins with one of these."""
        return tuple(invoice for invoice in self.past if invoice.refused(*codes))


@spoken()
def history_of(sheet: InvoiceSheet) -> History:
    """What is known beside this invoice, in a few queries; the invoice itself and what it replaces left out of `past`.

    What the caisse said of the invoice that this one replaces does count: its rejection is in `past`. A patient whose
    name was written otherwise is the same one: NIR, birth and rank tell.
    """
    patients = _patients(sheet)
    invoices = list(
        Invoice.select(Invoice, Practitioner.number)
        .join(Practitioner)
        .where(Invoice.patient.in_(patients))
        .order_by(Invoice.id.desc())
        .limit(LATEST)
    )
    ids = [invoice.id for invoice in invoices]
    lines: dict[int, list[tuple[date, str, int]]] = {identifier: [] for identifier in ids}
    for owner, day, code, coefficient in rows(
        Act.select(Act.invoice, Act.done_on, Act.code, Act.coefficient).where(Act.invoice.in_(ids), Act.removed_in == 0)
    ):
        lines[owner].append((day, code, coefficient))
    refusals = _refusals(ids)
    kin = _kin(sheet.id)
    past = tuple(
        _past(invoice, invoice.id in kin, lines[invoice.id], refusals.get(invoice.id, []))
        for invoice in invoices
        if lines[invoice.id] and _counts(invoice, sheet, bool(refusals.get(invoice.id)))
    )
    return History(_rights(patients), past, *_prescribers())


def sheet_and_history(invoice_id: int) -> tuple[InvoiceSheet, History]:
    """An invoice and what is known beside it, for the form.

    Raises:
        PracticeFault: there is no such invoice, or the database cannot be read.
    """
    sheet = invoice_sheet(invoice_id)
    return sheet, history_of(sheet)


def _patients(sheet: InvoiceSheet) -> list[int]:
    """The patient of this invoice, under each first name that files gave."""
    this = Patient.select().join(Invoice, on=(Invoice.patient == Patient.id)).where(Invoice.id == sheet.id).get()
    same = (Patient.nir == this.nir) & (Patient.birth == this.birth) & (Patient.birth_rank == this.birth_rank)
    return [identifier for (identifier,) in rows(Patient.select(Patient.id).where(same))]


def _refusals(ids: list[int]) -> dict[int, list[tuple[str, date]]]:
    """The codes of the obligatory share's rejections that stand, each with the day on which it was read."""
    found: dict[int, list[tuple[str, date]]] = {}
    for owner, code, received_at in rows(
        Rejection.select(Answer.invoice, Rejection.code, Return.received_at)
        .join(Answer)
        .join(Return)
        .where(Answer.invoice.in_(ids), Rejection.share == ShareName.AMO, IS_TAKEN)
        .order_by(Rejection.id)
    ):
        found.setdefault(owner, []).append((code, datetime.fromisoformat(received_at).astimezone().date()))
    return found


def _counts(invoice: Invoice, sheet: InvoiceSheet, refused: bool) -> bool:
    if invoice.id == sheet.id:
        return refused
    return invoice.state != InvoiceState.CANCELLED or refused


def _kin(invoice_id: int) -> set[int]:
    """The invoice itself, the one that it replaces or asks a share of again, and the one that replaced it."""
    came_from = rows(Invoice.select(Invoice.replaces, Invoice.dre_of).where(Invoice.id == invoice_id))
    became = rows(Invoice.select(Invoice.id).where(Invoice.replaces == invoice_id))
    return {invoice_id, *(one for row in (*came_from, *became) for one in row if one is not None)}


def _past(
    invoice: Invoice, kin: bool, lines: list[tuple[date, str, int]], refusals: list[tuple[str, date]]
) -> PastInvoice:
    days = [day for day, _, _ in lines]
    return PastInvoice(
        number=invoice.number,
        kin=kin,
        practitioner=invoice.practitioner.number,
        state=invoice.state,
        exemption=invoice.exemption,
        nature=invoice.nature,
        payer=invoice.regime + invoice.caisse + invoice.centre,
        nir=invoice.nir,
        prescriber=invoice.prescriber,
        prescribed_on=invoice.prescribed_on,
        first_day=min(days),
        last_day=max(days),
        amo_paid=invoice.amo_paid,
        refusals=tuple(code for code, _ in refusals),
        answered_on=max((day for _, day in refusals), default=None),
        acts=tuple(PastAct(*line) for line in lines if line_rank(line[1]) == 0),
    )


def _rights(patients: list[int]) -> tuple[KnownRight, ...]:
    query = Right.select(Right.exemption, Right.since, Right.until, Right.source, Right.seen_on)
    return tuple(
        KnownRight(*right) for right in rows(query.where(Right.patient.in_(patients)).order_by(Right.id.desc()))
    )


def _prescribers() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Who was on a paid invoice, whom a caisse refused as unknown, and which of them as an establishment."""
    paid = rows(Invoice.select(Invoice.prescriber).where(Invoice.amo_paid > 0).distinct())
    refused = rows(
        Rejection.select(Invoice.prescriber, Rejection.code)
        .join(Answer)
        .join(Invoice, on=(Answer.invoice == Invoice.id))
        .where(Rejection.share == ShareName.AMO, Rejection.code.startswith("0460"), IS_TAKEN)
        .distinct()
    )
    return (
        frozenset(number for (number,) in paid),
        frozenset(number for number, _ in refused),
        frozenset(number for number, code in refused if code == "0460 053"),
    )
