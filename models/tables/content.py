"""An invoice's rows to its content and back: each field has the column of its name, and stands nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any, Final

from models.domain.content import InvoiceContent, Line
from models.tables.invoice import Act, Invoice

_LINE: Final = tuple(field.name for field in fields(Line))
_CONTENT: Final = tuple(field.name for field in fields(InvoiceContent) if field.name != "acts")
_TOTALS: Final = ("total", "amo", "amc")


def live_lines(invoice_id: int) -> tuple[Line, ...]:
    """The lines that stand, in order."""
    query = Act.select().where(Act.invoice == invoice_id, Act.removed_in == 0).order_by(Act.position)
    return tuple(Line(**{name: getattr(act, name) for name in _LINE}) for act in query)


def content_of(invoice: Invoice) -> InvoiceContent:
    """What this invoice says, as its rows hold it."""
    named: dict[str, Any] = {name: getattr(invoice, name) for name in _CONTENT}
    return InvoiceContent(**named, acts=live_lines(invoice.id))


def columns_of(content: InvoiceContent) -> dict[str, Any]:
    """The columns of an invoice that says this, its totals with them; its lines have their own rows."""
    return {name: getattr(content, name) for name in (*_CONTENT, *_TOTALS)}


def write_lines(invoice_id: int, lines: Iterable[Line]) -> None:
    """Write these as the invoice's standing lines, from position 1."""
    rows = [
        {"invoice": invoice_id, "position": position, "removed_in": 0, **{name: getattr(line, name) for name in _LINE}}
        for position, line in enumerate(lines, start=1)
    ]
    if rows:
        Act.insert_many(rows).execute()


def drop_lines(invoice: Invoice) -> None:
    """Let the standing lines go with the version that the invoice is about to get; their rows stay."""
    Act.update(removed_in=invoice.version + 1).where(Act.invoice == invoice.id, Act.removed_in == 0).execute()
