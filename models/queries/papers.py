"""The papers that are owed and those that went: sheets by lot and caisse, documents by invoice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from models.domain.damage import stored_day, stored_member
from models.domain.exchanges import LotStatus
from models.domain.papers import DOCUMENTS_FOR, OPEN, SHEETS_FOR, DocumentKind, DocumentStep
from models.domain.states import InvoiceKind, InvoiceState, Signature
from models.store.database import execute, snapshot
from models.store.faults import spoken


@dataclass(frozen=True, slots=True)
class PaperLot:
    """A degraded lot that left, and whether its sheets did. Cents."""

    id: int
    number: int
    created_on: date
    practitioner: str
    practitioner_name: str
    regime: str
    caisse: str
    centre: str
    sheets: int
    cents: int
    amo: int
    sent_on: date | None
    """When its sheets were sent; None while they are owed."""
    note: str
    """Of the last entry: how they were sent, or why that is taken back."""
    noted_by: str
    """Who made it; '' where nobody noted anything."""

    @property
    def owed(self) -> bool:
        """Whether its sheets are still to be sent."""
        return self.sent_on is None


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """The sheet of one invoice of a lot. Cents."""

    id: int
    number: int
    billed_on: date
    nir: str
    last_name: str
    first_name: str
    first_care: date
    last_care: date
    cents: int
    amo: int
    amc: int


@dataclass(frozen=True, slots=True)
class PaperDocument:
    """A document that backs an invoice up, where it stands and since when."""

    invoice: int
    """Its id."""
    number: int
    kind: DocumentKind
    step: DocumentStep
    on: date
    """Of an owed prescription that nobody noted: the day of its lot."""
    last_name: str
    first_name: str
    lot: int | None
    payer: str
    """Régime and caisse."""
    note: str = ""
    noted_by: str = ""
    """'' where it is owed though nobody said so."""


@dataclass(frozen=True, slots=True)
class PapersOwed:
    """How many there are to do something about."""

    lots: int
    documents: int


SENT_FOR: Final = timedelta(days=183)
"""For how long a lot whose sheets went stays in the list."""

SHEETS_SENT_ON: Final = "(SELECT x.sent_on FROM sheet_sending x WHERE x.batch_id = b.id ORDER BY x.id DESC LIMIT 1)"
"""Of a lot « b »: when its sheets were sent; NULL while they are owed."""

_GONE: Final = f"('{InvoiceState.CANCELLED}', '{InvoiceState.GIVEN_UP}')"

_DEGRADED: Final = (
    f"b.signature = '{Signature.DEGRADED}' AND b.status = '{LotStatus.SENT}' AND b.created_on >= ?"
)  # fmt: skip

_SHEET: Final = f"i.kind = '{InvoiceKind.INVOICE}' AND (i.state NOT IN {_GONE} OR {SHEETS_SENT_ON} IS NOT NULL)"
"""An invoice that was cancelled before its sheet went has a successor that owes one; once it went, it counts."""

_LOTS: Final = (
    "SELECT b.id, b.number, b.created_on, p.number, p.name, min(i.regime), min(i.caisse), min(i.centre),"  # noqa: S608
    f" count(*), sum(i.total), sum(i.amo), {SHEETS_SENT_ON},"
    " (SELECT x.note FROM sheet_sending x WHERE x.batch_id = b.id ORDER BY x.id DESC LIMIT 1),"
    " (SELECT x.made_by FROM sheet_sending x WHERE x.batch_id = b.id ORDER BY x.id DESC LIMIT 1)"
    " FROM batch b JOIN practitioner p ON p.id = b.practitioner_id JOIN invoice i ON i.batch_id = b.id"
    f" WHERE {_DEGRADED} AND coalesce({SHEETS_SENT_ON}, ?) >= ? AND {_SHEET}"
    " GROUP BY b.id, b.number, b.created_on, p.number, p.name ORDER BY b.id"
)

_OWED: Final = (
    f"SELECT count(*) FROM batch b WHERE {_DEGRADED} AND {SHEETS_SENT_ON} IS NULL AND EXISTS (SELECT 1 FROM invoice i"  # noqa: S608
    f" WHERE i.batch_id = b.id AND i.kind = '{InvoiceKind.INVOICE}' AND i.state NOT IN {_GONE})"
)

_SHEETS: Final = (
    "SELECT i.id, i.number, i.billed_on, i.nir, i.last_name, i.first_name,"  # noqa: S608
    " coalesce((SELECT min(t.done_on) FROM act t WHERE t.invoice_id = i.id AND t.removed_in = 0), i.billed_on),"
    " coalesce((SELECT max(t.done_on) FROM act t WHERE t.invoice_id = i.id AND t.removed_in = 0), i.billed_on),"
    f" i.total, i.amo, i.amc FROM invoice i JOIN batch b ON b.id = i.batch_id WHERE i.batch_id = ? AND {_SHEET}"
    " ORDER BY i.number, i.id"
)

_NOTED: Final = (
    "SELECT i.id, i.number, n.document, n.step, n.done_on, i.last_name, i.first_name, b.number, i.regime || i.caisse,"
    " n.note, n.made_by FROM document_note n JOIN invoice i ON i.id = n.invoice_id"
    " LEFT JOIN batch b ON b.id = i.batch_id"
    " WHERE n.id = (SELECT max(x.id) FROM document_note x WHERE x.invoice_id = n.invoice_id"
    " AND x.document = n.document)"
)

_IMPLIED: Final = (
    f"SELECT i.id, i.number, '{DocumentKind.PRESCRIPTION}', '{DocumentStep.OWED}', b.created_on, i.last_name,"  # noqa: S608
    " i.first_name, b.number, i.regime || i.caisse, '', ''"
    " FROM batch b JOIN invoice i ON i.batch_id = b.id"
    f" WHERE {_DEGRADED} AND i.kind = '{InvoiceKind.INVOICE}' AND i.state NOT IN {_GONE}"
    " AND i.prescribed_on IS NOT NULL AND i.prescribed_on <> ''"
    " AND NOT EXISTS (SELECT 1 FROM document_note x WHERE x.invoice_id = i.id"
    f" AND x.document = '{DocumentKind.PRESCRIPTION}')"
)


@spoken()
def paper_lots(today: date) -> list[PaperLot]:
    """The degraded lots: those that owe their sheets, by caisse, the oldest first; then what went, the latest first."""
    return sorted(_lots(today), key=_order)


@spoken()
def paper_sheets(lot_id: int) -> list[PaperSheet]:
    """The sheets of a lot, in the order of their numbers."""
    return [
        PaperSheet(
            key, number, stored_day(billed), nir, last_name, first_name,
            stored_day(first), stored_day(last), cents, amo, amc,
        )
        for key, number, billed, nir, last_name, first_name, first, last, cents, amo, amc in execute(
            _SHEETS, (lot_id,)
        ).fetchall()
    ]  # fmt: skip


@spoken()
def paper_documents(today: date) -> list[PaperDocument]:
    """The documents to do something about: to scan first, then to send, the oldest first of each."""
    with snapshot():
        return sorted(_documents(today), key=lambda one: (one.step != DocumentStep.OWED, one.on, one.number))


@spoken()
def documents_of(invoice_id: int) -> list[PaperDocument]:
    """The documents that were noted of an invoice, whatever became of them; and the prescription that it owes."""
    with snapshot():
        noted = execute(f"{_NOTED} AND n.invoice_id = ? ORDER BY n.id", (invoice_id,)).fetchall()
        implied = execute(f"{_IMPLIED} AND i.id = ?", ("", invoice_id)).fetchall()
    return [_document(row) for row in (*noted, *implied)]


@spoken()
def papers_owed(today: date) -> PapersOwed:
    """How many lots owe their sheets, and how many documents are to be scanned or sent."""
    with snapshot():
        (lots,) = execute(_OWED, ((today - SHEETS_FOR).isoformat(),)).fetchone()
        return PapersOwed(lots, len(_documents(today)))


def _lots(today: date) -> list[PaperLot]:
    since, shown = (today - SHEETS_FOR).isoformat(), (today - SENT_FOR).isoformat()
    return [_lot(row) for row in execute(_LOTS, (since, shown, shown)).fetchall()]


def _lot(row: tuple[Any, ...]) -> PaperLot:
    key, number, created, practitioner, name, regime, caisse, centre, sheets, cents, amo, sent_on, note, by = row
    return PaperLot(
        key, number, stored_day(created), practitioner, name, regime, caisse, centre, sheets, int(cents),
        int(amo), stored_day(sent_on) if sent_on else None, note or "", by or "",
    )  # fmt: skip


def _order(lot: PaperLot) -> tuple[Any, ...]:
    """What is owed by envelope, one a caisse and a practitioner; what went by its day, the latest first."""
    if lot.sent_on is None:
        return (0, lot.regime, lot.caisse, lot.practitioner, lot.created_on, lot.id)
    return (1, "", "", "", -lot.sent_on.toordinal(), -lot.id)


def _documents(today: date) -> list[PaperDocument]:
    opened = ", ".join(f"'{step}'" for step in sorted(OPEN))
    noted = execute(f"{_NOTED} AND n.step IN ({opened})").fetchall()
    implied = execute(_IMPLIED, ((today - DOCUMENTS_FOR).isoformat(),)).fetchall()
    return [_document(row) for row in (*noted, *implied)]


def _document(row: tuple[Any, ...]) -> PaperDocument:
    key, number, kind, step, on, *rest = row
    return PaperDocument(
        key, number, stored_member(DocumentKind, kind), stored_member(DocumentStep, step), stored_day(on), *rest
    )
