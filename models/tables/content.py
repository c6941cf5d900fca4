"""An invoice's rows to its content and back: each field has the column of its name, and stands nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any, Final

from models.domain.content import InvoiceContent, Line
from models.domain.damage import damaged_among
from models.domain.refusals import Refusal, Refused
from models.store.database import rows_among
from models.tables.fields import Columns
from models.tables.invoice import Act, Invoice
from models.tables.sets import insert_values

_LINE: Final = tuple(field.name for field in fields(Line))
_CONTENT: Final = tuple(field.name for field in fields(InvoiceContent) if field.name != "acts")
_COLUMNS: Final = (*_CONTENT, "total", "amo", "amc")

_SAID: Final[Callable[[InvoiceContent], tuple[Any, ...]]] = attrgetter(*_COLUMNS)
_LINE_SAID: Final[Callable[[Line], tuple[Any, ...]]] = attrgetter(*_LINE)


_LINES: Final = Columns("a", [getattr(Act, name) for name in _LINE])
_CONTENTS: Final = Columns("i", [getattr(Invoice, name) for name in _CONTENT])


def live_lines(ids: Sequence[int]) -> dict[int, tuple[Line, ...]]:
    """The lines that stand, in order, of each of these invoices."""
    found: dict[int, list[Line]] = {invoice_id: [] for invoice_id in ids}
    sql = f"SELECT a.invoice_id, {_LINES.sql} FROM act a WHERE a.removed_in = 0 AND a.invoice_id IN ({{set}})"  # noqa: S608
    for invoice_id, *line in rows_among(f"{sql} ORDER BY a.invoice_id, a.position", found):
        found[invoice_id].append(_line_of(tuple(line)))
    return {invoice_id: tuple(lines) for invoice_id, lines in found.items()}


@lru_cache(maxsize=4096)
def _line_of(row: tuple[Any, ...]) -> Line:
    """The line of this row: on one day a practice does few different acts, each on many invoices."""
    return Line(*_LINES.read(row))


def contents_of(ids: Sequence[int]) -> dict[int, InvoiceContent]:
    """What each of these invoices says; one that is not there is left out."""
    lines = live_lines(ids)
    sql = f"SELECT i.id, {_CONTENTS.sql} FROM invoice i WHERE i.id IN ({{set}})"  # noqa: S608
    return {
        invoice_id: InvoiceContent(**dict(zip(_CONTENT, _CONTENTS.read(said), strict=True)), acts=lines[invoice_id])
        for invoice_id, *said in rows_among(sql, ids)
    }


def content_of(invoice: Invoice) -> InvoiceContent:
    """What this invoice says, as its row at hand has it."""
    return contents_in([invoice])[invoice.id]


def contents_in(invoices: Sequence[Invoice]) -> dict[int, InvoiceContent]:
    """What each of these invoices says, as their rows at hand have it; their lines are read."""
    lines = live_lines([invoice.id for invoice in invoices])
    named: list[tuple[int, dict[str, Any]]] = [
        (invoice.id, {name: invoice.__data__[name] for name in _CONTENT}) for invoice in invoices
    ]
    return {invoice_id: InvoiceContent(**said, acts=lines[invoice_id]) for invoice_id, said in named}


def damage_of(number: int, own: Iterable[tuple[str, object]], content: InvoiceContent) -> Refused | None:
    """Why nothing can be done with an invoice of which a value does not read; None where all do.

    Args:
        number: the invoice's.
        own: what its row holds beside its content, by the names of the columns.
        content: what it says.
    """
    said = ((name, getattr(content, name)) for name in _CONTENT)
    columns = (*damaged_among(chain(own, said)), *_damaged_lines(content.acts))
    return Refused(Refusal.DAMAGED, number, ", ".join(dict.fromkeys(columns))) if columns else None


def _damaged_lines(lines: Iterable[Line]) -> Iterator[str]:
    for position, line in enumerate(lines, start=1):
        yield from (f"ligne {position}, {name}" for name in _damaged_in_line(line))


@lru_cache(maxsize=4096)
def _damaged_in_line(line: Line) -> tuple[str, ...]:
    return damaged_among((name, getattr(line, name)) for name in _LINE)


def row_damage(invoice: Invoice, lines: Iterable[Line] = ()) -> Refused | None:
    """The same of a row at hand; of its lines, of those that are given."""
    columns = (*damaged_among(invoice.__data__.items()), *_damaged_lines(lines))
    return Refused(Refusal.DAMAGED, invoice.number, ", ".join(columns)) if columns else None


def columns_of(content: InvoiceContent) -> dict[str, Any]:
    """The columns of an invoice that says this, its totals with them; its lines have their own rows."""
    return dict(zip(_COLUMNS, _SAID(content), strict=True))


def write_lines(lines: Mapping[int, Iterable[Line]]) -> None:
    """Write these as the standing lines of each invoice, from position 1."""
    insert_values(
        Act,
        ("invoice", "position", *_LINE),
        [
            (invoice_id, position, *_LINE_SAID(line))
            for invoice_id, those in lines.items()
            for position, line in enumerate(those, start=1)
        ],
    )


def drop_lines(invoice: Invoice) -> None:
    """Let the standing lines go with the version that the invoice is about to get; their rows stay."""
    Act.update(removed_in=invoice.version + 1).where(Act.invoice == invoice.id, Act.removed_in == 0).execute()
