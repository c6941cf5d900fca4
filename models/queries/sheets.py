"""One invoice whole: its content, where it stands, why it was rejected, what it replaces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from peewee import JOIN

from models.domain.content import InvoiceContent, Line
from models.domain.damage import damaged_among
from models.domain.draft import MENDABLE, MENDABLE_IN_LINES
from models.domain.exchanges import RejectionLevel
from models.domain.filing import FilingNote
from models.domain.lifecycle import why_not_cancel, why_not_dre
from models.domain.notes import NoteMark, SentBack
from models.domain.refusals import Refusal, Refused, RefusedFault
from models.domain.states import InvoiceKind, InvoiceState, Origin, ShareName, ShareState, Signature
from models.queries.notes import notes_of, sent_back_of
from models.store.database import records, rows_among
from models.store.faults import spoken
from models.tables.aside import ASIDE, NOT_WITHDRAWN, TAKEN
from models.tables.content import contents_of, damage_of
from models.tables.fields import Columns, stored_texts
from models.tables.filing_note import FILING, filing_note
from models.tables.invoice import Invoice
from models.tables.lots import Lot
from models.tables.people import Practitioner
from models.tables.returns import Rejection


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
    noted: NoteMark | None = None
    """The latest note in force on the invoice that `reasons` are of."""
    filed_until: date | None = None
    filing: FilingNote | None = None
    sent_back: SentBack | None = None
    """The negative ARL that it comes back from, while it has not left again."""

    @property
    def damage(self) -> Refused | None:
        """What of its row, or of its lines, does not read; None where all does."""
        return damage_of(self.number, ((name, getattr(self, name)) for name in _OWN), self.draft)

    @property
    def mendable(self) -> bool:
        """Whether all that does not read of it is typed in the form."""
        own = damaged_among((name, getattr(self, name)) for name in _OWN)
        said = damaged_among((name, getattr(self.draft, name)) for name in _SAID)
        lines = damaged_among((name, getattr(act, name)) for act in self.draft.acts for name in _OF_LINE)
        return not own and MENDABLE.issuperset(said) and MENDABLE_IN_LINES.issuperset(lines)


_OWN: Final = (
    *("id", "number", "kind", "state", "version", "signature", "origin", "billed_on", "total", "amo", "amc"),
    *("amo_state", "amc_state", "amo_paid", "amc_paid", "amo_rejection", "amc_rejection", "filed_until"),
)
"""What a sheet says that its invoice's row holds under the same name."""

_SAID: Final = tuple(field.name for field in fields(InvoiceContent) if field.name != "acts")
_OF_LINE: Final = tuple(field.name for field in fields(Line))
_ROW: Final = Columns("i", [getattr(Invoice, name) for name in (*_OWN, "settlement")])
_REASON: Final = Columns("r", [getattr(Rejection, field.name) for field in fields(RejectionReason)])

_SHEETS: Final = (
    "SELECT p.number, p.name, l.number, i.replaces_id, old.number, i.dre_of_id, asked.number,"  # noqa: S608
    " (SELECT n.number FROM invoice n WHERE n.replaces_id = i.id),"
    " (SELECT n.number FROM invoice n WHERE n.dre_of_id = i.id AND n.state <> 'given_up'),"
    f" EXISTS (SELECT 1 FROM answer a WHERE a.invoice_id = i.id AND {ASIDE}), {FILING}, {_ROW.sql}"
    " FROM invoice i JOIN practitioner p ON p.id = i.practitioner_id LEFT JOIN batch l ON l.id = i.batch_id"
    " LEFT JOIN invoice old ON old.id = i.replaces_id LEFT JOIN invoice asked ON asked.id = i.dre_of_id"
    " WHERE i.id IN ({set})"
)


@spoken()
def invoice_sheet(invoice_id: int) -> InvoiceSheet:
    """The sheet of this invoice.

    Raises:
        PracticeFault: there is no such invoice.
        RefusedFault: its row refers to a practitioner that is not there.
    """
    found = sheets_of([invoice_id])
    if invoice_id not in found:
        alone: Invoice = Invoice.get_by_id(invoice_id)
        raise RefusedFault(Refused(Refusal.DAMAGED, alone.number, "practitioner_id"))
    return found[invoice_id]


@spoken()
def invoice_version(invoice_id: int) -> int:
    """At which version the invoice is now: later than a form read, someone changed it meanwhile.

    Raises:
        PracticeFault: the database cannot be read.
    """
    return int(Invoice.select(Invoice.version).where(Invoice.id == invoice_id).scalar() or 0)


@spoken()
def sheets_of(ids: Sequence[int]) -> dict[int, InvoiceSheet]:
    """The sheet of each of these invoices, in a few statements for all; one that is not there is left out."""
    names = (*_OWN, "settlement")
    read = [(*row[:11], dict(zip(names, _ROW.read(row[11:]), strict=True))) for row in rows_among(_SHEETS, ids)]
    origins = {row[-1]["id"]: row[3] or row[5] for row in read if row[-1]["state"].unsent}
    told = [origins.get(invoice_id) or invoice_id for invoice_id in ids]
    contents = contents_of([*ids, *(origin for origin in origins.values() if origin)])
    reasons, remarks, notes = reasons_of(told), remarks_of(told), notes_of(told)
    back = sent_back_of([row[-1]["id"] for row in read if row[-1]["state"].unsent])
    found: dict[int, InvoiceSheet] = {}
    for practitioner, name, lot, _, replaces, _, dre_of, replaced_by, again, aside, filed_as, own in read:
        settlement, invoice_id = own.pop("settlement"), own["id"]
        origin, filed = origins.get(invoice_id), own["filed_until"] is not None
        shares = {which: own[which] for which in ("state", "amo_state", "amc_state")}
        damaged = damage_of(own["number"], own.items(), contents[invoice_id])
        cancel = damaged or why_not_cancel(
            **shares, settlement=settlement, kind=own["kind"], replaced_by=replaced_by, aside=bool(aside), filed=filed
        )
        dre = damaged or why_not_dre(**shares, number=own["number"], replaced_by=replaced_by, filed=filed)
        found[invoice_id] = InvoiceSheet(
            **own,
            practitioner=practitioner,
            practitioner_name=name,
            lot=lot,
            draft=contents[invoice_id],
            replaces=replaces,
            replaced_by=replaced_by,
            dre_of=dre_of,
            reasons=reasons[origin or invoice_id],
            remarks=remarks[origin or invoice_id],
            rejected_draft=contents[origin] if origin else None,
            cancel_refusal=cancel,
            dre_refusal=dre if again is None else Refused(Refusal.DRE_DONE, again),
            sent_back=back.get(invoice_id),
            noted=notes[origin or invoice_id][-1].mark if (origin or invoice_id) in notes else None,
            filing=filing_note(filed_as),
        )
    return found


@spoken()
def reasons_of(ids: Sequence[int]) -> dict[int, tuple[RejectionReason, ...]]:
    """Why the caisse rejected each of these invoices: the reasons of the answers applied to it, AMO first."""
    found: dict[int, list[RejectionReason]] = {invoice_id: [] for invoice_id in ids}
    sql = (
        f"SELECT a.invoice_id, {_REASON.sql} FROM rejection r JOIN answer a ON a.id = r.answer_id"  # noqa: S608
        f" WHERE a.invoice_id IN ({{set}}) AND {TAKEN} ORDER BY r.share DESC, r.id"
    )
    for invoice_id, *reason in rows_among(sql, found):
        found[invoice_id].append(RejectionReason(*_REASON.read(reason)))
    return {invoice_id: tuple(reasons) for invoice_id, reasons in found.items()}


@spoken()
def remarks_of(ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """What the caisse commented on each of these invoices (entity 295), oldest first."""
    found: dict[int, list[str]] = {invoice_id: [] for invoice_id in ids}
    said = f"invoice_id IN ({{set}}) AND remarks <> '[]' AND {NOT_WITHDRAWN}"
    sql = f"SELECT invoice_id, remarks FROM answer WHERE {said} ORDER BY id"  # noqa: S608
    for invoice_id, text in rows_among(sql, found):
        found[invoice_id] += stored_texts(text)
    return {invoice_id: tuple(remarks) for invoice_id, remarks in found.items()}


@dataclass(frozen=True, slots=True)
class NumberMatch:
    """An invoice that bears a number: two practitioners may share one, a DRE too, and it comes back the next year."""

    id: int
    number: int
    kind: InvoiceKind
    practitioner: str
    practitioner_name: str
    lot: int | None
    """None while it is in no lot."""
    billed_on: date


@spoken()
def find_number(number: int, practitioner: str | None = None, kind: InvoiceKind | None = None) -> list[NumberMatch]:
    """The invoices and DRE that bear this number: of each practitioner, in each lot in which it came, the latest last.

    Args:
        number: of either series.
        practitioner: nine digits; None for all.
        kind: of one series only; None for both.
    """
    query = Invoice.select(
        Invoice.id,
        Invoice.number,
        Invoice.kind,
        Practitioner.number.alias("practitioner"),
        Practitioner.name.alias("practitioner_name"),
        Lot.number.alias("lot"),
        Invoice.billed_on,
    )
    query = query.join(Practitioner).switch(Invoice).join(Lot, JOIN.LEFT_OUTER)
    query = query.where(Invoice.number == number)
    if practitioner is not None:
        query = query.where(Practitioner.number == practitioner)
    if kind is not None:
        query = query.where(Invoice.kind == kind)
    return records(NumberMatch, query.order_by(Practitioner.number, Invoice.billed_on, Invoice.id))
