"""One invoice whole: its content, where it stands, why it was rejected, what it replaces."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import date

from peewee import JOIN

from models.domain.content import InvoiceContent
from models.domain.exchanges import RejectionLevel
from models.domain.lifecycle import why_not_cancel, why_not_dre
from models.domain.refusals import Refusal, Refused
from models.domain.states import InvoiceKind, InvoiceState, Origin, ShareName, ShareState, Signature
from models.store.database import records, rows
from models.store.faults import spoken
from models.tables.content import content_of
from models.tables.invoice import Invoice
from models.tables.lots import Lot
from models.tables.people import Practitioner
from models.tables.returns import IS_ASIDE, IS_TAKEN, Answer, Rejection


@dataclass(frozen=True, slots=True)
class RejectionReason:
    """One reason of a rejection, as the caisse gave it. `line` is the act's position from 1, if it names one."""

    share: ShareName
    code: str
    label: str
    level: RejectionLevel
    act_code: str
    care_date: date | None
    line: int | None
    info: str


@dataclass(frozen=True, slots=True)
class InvoiceSheet:
    """An invoice as a screen shows it; cents.

    `reasons` are its own rejections or, while it has not left and replaces a rejected invoice, those of that one;
    `rejected_draft` is then what had been sent. `cancel_refusal` and `dre_refusal` say why « Annuler » and the DRE's
    own path must not be taken; None where they may.
    """

    id: int
    number: int
    kind: InvoiceKind
    state: InvoiceState
    version: int
    signature: Signature
    origin: Origin
    practitioner: str
    practitioner_name: str
    billed_on: date
    lot: int | None
    draft: InvoiceContent
    total: int
    amo: int
    amc: int
    amo_state: ShareState
    amc_state: ShareState
    amo_paid: int
    amc_paid: int
    amo_rejection: str | None
    amc_rejection: str | None
    replaces: int | None
    replaced_by: int | None
    dre_of: int | None
    reasons: tuple[RejectionReason, ...]
    remarks: tuple[str, ...]
    rejected_draft: InvoiceContent | None
    cancel_refusal: Refused | None
    dre_refusal: Refused | None


@spoken()
def invoice_sheet(invoice_id: int) -> InvoiceSheet:
    """The sheet of this invoice.

    Raises:
        PracticeFault: there is no such invoice.
    """
    return sheet_of(Invoice.get_by_id(invoice_id))


@spoken()
def invoice_version(invoice_id: int) -> int:
    """At which version the invoice is now: later than a form read, someone changed it meanwhile.

    Raises:
        PracticeFault: the database cannot be read.
    """
    return int(Invoice.select(Invoice.version).where(Invoice.id == invoice_id).scalar() or 0)


@spoken()
def sheet_of(invoice: Invoice) -> InvoiceSheet:
    """The sheet of a row that is already at hand."""
    origin = None
    if invoice.state.unsent:
        origin = invoice.replaces if invoice.replaces_id else invoice.dre_of if invoice.dre_of_id else None
    successor = Invoice.get_or_none(Invoice.replaces == invoice.id)
    replaced_by = successor.number if successor else None
    again = Invoice.get_or_none(Invoice.dre_of == invoice.id)
    refusal = why_not_cancel(
        state=invoice.state,
        amo_state=invoice.amo_state,
        amc_state=invoice.amc_state,
        settlement=invoice.settlement,
        kind=invoice.kind,
        replaced_by=replaced_by,
        aside=Answer.select().where(Answer.invoice == invoice.id, IS_ASIDE).exists(),
    )
    dre_refusal = why_not_dre(
        state=invoice.state,
        amo_state=invoice.amo_state,
        amc_state=invoice.amc_state,
        number=invoice.number,
        replaced_by=replaced_by,
    )
    if again is not None:
        dre_refusal = Refused(Refusal.DRE_DONE, again.number)
    return InvoiceSheet(
        id=invoice.id,
        number=invoice.number,
        kind=invoice.kind,
        state=invoice.state,
        version=invoice.version,
        signature=invoice.signature,
        origin=invoice.origin,
        practitioner=invoice.practitioner.number,
        practitioner_name=invoice.practitioner.name,
        billed_on=invoice.billed_on,
        lot=invoice.lot.number if invoice.lot else None,
        draft=content_of(invoice),
        total=invoice.total,
        amo=invoice.amo,
        amc=invoice.amc,
        amo_state=invoice.amo_state,
        amc_state=invoice.amc_state,
        amo_paid=invoice.amo_paid,
        amc_paid=invoice.amc_paid,
        amo_rejection=invoice.amo_rejection,
        amc_rejection=invoice.amc_rejection,
        replaces=invoice.replaces.number if invoice.replaces_id else None,
        replaced_by=replaced_by,
        dre_of=invoice.dre_of.number if invoice.dre_of_id else None,
        reasons=reasons_of(origin.id if origin else invoice.id),
        remarks=remarks_of(origin.id if origin else invoice.id),
        rejected_draft=content_of(origin) if origin else None,
        cancel_refusal=refusal,
        dre_refusal=dre_refusal,
    )


@spoken()
def reasons_of(invoice_id: int) -> tuple[RejectionReason, ...]:
    """Why the caisse rejected this invoice: the reasons of the answers applied to it, AMO first."""
    names = [field.name for field in fields(RejectionReason)]
    found = (
        Rejection.select(*(getattr(Rejection, name) for name in names))
        .join(Answer)
        .where(Answer.invoice == invoice_id, IS_TAKEN)
        .order_by(Rejection.share.desc(), Rejection.id)
    )
    return tuple(records(RejectionReason, found))


@spoken()
def remarks_of(invoice_id: int) -> tuple[str, ...]:
    """What the caisse commented on this invoice (entity 295), oldest first."""
    texts = rows(Answer.select(Answer.remarks).where(Answer.invoice == invoice_id).order_by(Answer.id))
    return tuple(remark for (text,) in texts for remark in json.loads(text))


@dataclass(frozen=True, slots=True)
class NumberMatch:
    """An invoice that bears a number: two practitioners may share one, and it comes back from year to year."""

    id: int
    number: int
    practitioner: str
    practitioner_name: str
    lot: int | None
    """None while it is in no lot."""
    billed_on: date


@spoken()
def find_number(number: int, practitioner: str | None = None) -> list[NumberMatch]:
    """The invoices that bear this number: of each practitioner, in each lot in which it came, the latest last."""
    query = Invoice.select(
        Invoice.id,
        Invoice.number,
        Practitioner.number.alias("practitioner"),
        Practitioner.name.alias("practitioner_name"),
        Lot.number.alias("lot"),
        Invoice.billed_on,
    )
    query = query.join(Practitioner).switch(Invoice).join(Lot, JOIN.LEFT_OUTER)
    query = query.where(Invoice.number == number)
    if practitioner is not None:
        query = query.where(Practitioner.number == practitioner)
    return records(NumberMatch, query.order_by(Practitioner.number, Invoice.billed_on, Invoice.id))
