"""The columns of the lists: how a row of each list is written in the width that there is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from models.domain.lists import SortName
from models.domain.notes import UNCODED, NoteMark
from models.domain.states import InvoiceKind, InvoiceState, Signature
from models.queries.invoice_row import InvoiceRow
from models.reference.payers import payer_label
from tui.terminal import pens
from tui.text import display
from tui.text.state_words import DOCUMENTS, SHARES, SIGNATURES, STATES

Pieces = list[tuple[str, str]]
"""A line as texts, each with the pen that it is written with."""


MUCH: Final = 12
"""Cells more from which a column says more."""


class Column(NamedTuple):
    """One column: its heading, its width in cells, what it shows of a row. `grow` shares the width that is left.

    Columns with a pen of their own tell what became of the invoice; they stand last, and keep it under the cursor.
    """

    heading: str
    width: int
    text: Callable[[InvoiceRow], str]
    right: bool = False
    grow: int = 0
    most: int = 0
    """Cells that it grows to; what is left then goes to the first column that has `whole`."""
    whole: Callable[[InvoiceRow], str] | None = None
    """What it shows where it has `MUCH` cells more than it needs."""
    pen: Callable[[InvoiceRow], str] | None = None
    sort: SortName = SortName.DESK
    """The order that follows it."""
    cut: Callable[[InvoiceRow, int], str] | None = None
    """What it shows in so many cells, where it is not simply cut at its end."""

    def said(self, row: InvoiceRow, size: int) -> str:
        """A row's cell, in exactly so many cells."""
        if self.cut is not None:
            return self.cut(row, size)
        text = self.text if self.whole is None or size < self.width + MUCH else self.whole
        return display.fit(text(row), size, right=self.right)


def patient(row: InvoiceRow) -> str:
    """Name then first name."""
    return display.person(row.last_name, row.first_name)


def patient_cut(row: InvoiceRow, size: int) -> str:
    """Something of both names, however long the first is."""
    return display.fit_person(row.last_name, row.first_name, size)


def payer(row: InvoiceRow) -> str:
    """The caisse by its name, or by its numbers where it has none."""
    return payer_label(row.regime, row.caisse) or f"{row.regime} {row.caisse} {row.centre}"


def outcome(row: InvoiceRow) -> str:
    """The last column: the rejection, or what became of the invoice."""
    if row.damage:
        return "abîmée"
    if row.filed_until is not None:
        return "classée"
    if row.state == InvoiceState.CANCELLED:
        return f"→{row.replaced_by}" if row.replaced_by else "annulée"
    if row.amo_rejection:
        return _code(row.amo_rejection, row.amo_more, row.noted)
    return _code(row.amc_rejection, row.amc_more, row.noted) if row.amc_rejection else _state(row)


def outcome_whole(row: InvoiceRow) -> str:
    """The last column where there is room: the rejection with its label, or the state in full."""
    if row.damage:
        return "abîmée dans la base"
    if row.filed_until is not None:
        return f"classée jusqu’au {display.day(row.filed_until)}"
    if row.state == InvoiceState.CANCELLED:
        return f"annulée, remplacée par {row.replaced_by}" if row.replaced_by else "annulée"
    label = row.amo_label if row.amo_rejection else row.amc_label
    rejected = row.amo_rejection or row.amc_rejection
    return f"{outcome(row):<8} {label or ''}".rstrip() if rejected else STATES[row.state].whole


def outcome_cut(row: InvoiceRow, size: int) -> str:
    """The last column in so many cells: of a long new number the end, which tells it from the others of our range."""
    text = outcome_whole(row) if size >= 8 + MUCH else outcome(row)
    if text.startswith("→") and len(text) > size:
        text = f"→{display.ELLIPSIS}{text[2 - size :]}"
    return display.fit(text, size)


def outcome_pen(row: InvoiceRow) -> str:
    """What the last column is written with."""
    if row.damage:
        return pens.REJECTED
    if row.filed_until is not None:
        return pens.OFF
    if row.state != InvoiceState.CANCELLED and (row.amo_rejection or row.amc_rejection):
        return pens.REJECTED
    return STATES[row.state].pen


def amo(row: InvoiceRow) -> str:
    """What became of the obligatory share; a DRE, which asks none, is named as such."""
    return DOCUMENTS[row.kind] if row.kind == InvoiceKind.DRE else SHARES[row.amo_state].letters


def billed(row: InvoiceRow) -> str:
    """How the invoice is billed; a DRE, which no card signs, is named as such."""
    return DOCUMENTS[row.kind] if row.kind == InvoiceKind.DRE else SIGNATURES[row.signature]


def carried(row: InvoiceRow) -> str:
    """The rejection that the invoice comes from, or the negative ARL."""
    if row.sent_back and not row.carried:
        return "ARL nég."
    return (
        _code(row.carried, row.amo_more, row.noted) if row.carried else _code(row.carried_amc, row.amc_more, row.noted)
    )


def carried_whole(row: InvoiceRow) -> str:
    """The same with its label."""
    return f"{carried(row):<8} {(row.amo_label if row.carried else row.amc_label) or ''}".rstrip()


def _signature_pen(row: InvoiceRow) -> str:
    return pens.WAITING if row.signature == Signature.UNBILLED else pens.PLAIN


def _code(code: str | None, more: tuple[tuple[str, str], ...], noted: NoteMark | None = None) -> str:
    """The rejection; « 0450054+ » where the share has others, « 0450054n » if it was noted, in the same eight cells."""
    mark = "+" if more else "n" if noted and code != UNCODED else ""
    return f"{(code or '').replace(' ', '')}{mark}" if mark else code or ""


def _state(row: InvoiceRow) -> str:
    """The state in a word; « payée n » where a person noted it."""
    return f"{STATES[row.state].short:<7.7}n" if row.noted else STATES[row.state].short


_NUMBER = Column("N°", 9, lambda row: display.number(row.number), sort=SortName.NUMBER)
_DAY = Column("Date", 5, lambda row: display.short_day(row.billed_on), sort=SortName.DATE)
_PATIENT = Column("Patient", 20, patient, grow=3, most=32, cut=patient_cut, sort=SortName.PATIENT)
_PAYER = Column("Organisme", 13, payer, grow=2, most=20, sort=SortName.PAYER)
_AMOUNT = Column("Montant", 9, lambda row: display.money(row.total), right=True, sort=SortName.AMOUNT)
_AMO = Column("AMO", 3, amo, pen=lambda row: SHARES[row.amo_state].pen, sort=SortName.AMO)
_AMC = Column(
    "AMC", 3, lambda row: SHARES[row.amc_state].letters, pen=lambda row: SHARES[row.amc_state].pen, sort=SortName.AMC
)

SENT = (
    *(_NUMBER, _DAY, _PATIENT, _PAYER, _AMOUNT, _AMO, _AMC),
    Column("Rejet", 8, outcome, whole=outcome_whole, pen=outcome_pen, sort=SortName.REJECTION, cut=outcome_cut),
)
"""Annuler factures transmises."""

UNSENT = (
    _NUMBER,
    _DAY,
    Column("Patient", 19, patient, grow=1, most=32, cut=patient_cut, sort=SortName.PATIENT),
    Column("Montant", 9, lambda row: display.money(row.total), right=True, sort=SortName.AMOUNT),
    Column("Remplace", 9, lambda row: display.number(row.replaces) if row.replaces else "", sort=SortName.REPLACES),
    Column("Rejet", 8, carried, whole=carried_whole, pen=lambda row: pens.REJECTED, sort=SortName.CARRIED),
    Column("Facturée", 10, billed, pen=lambda row: _signature_pen(row), sort=SortName.BILLED),
)
"""Vérifier factures non validées."""

DRE = (
    _NUMBER,
    _DAY,
    Column("Patient", 19, patient, grow=1, most=32, cut=patient_cut, sort=SortName.PATIENT),
    _AMOUNT,
    Column("Part AMC", 9, lambda row: display.money(row.amc), right=True, sort=SortName.AMC_AMOUNT),
    _AMO,
    _AMC,
    Column(
        "Rejet DRE",
        9,
        lambda row: _code(row.amc_rejection, row.amc_more, row.noted),
        whole=lambda row: f"{_code(row.amc_rejection, row.amc_more, row.noted):<8} {row.amc_label or ''}".rstrip(),
        pen=lambda row: pens.REJECTED,
        sort=SortName.REJECTION,
    ),
)
"""Traiter les rejets de DRE."""


def widths(columns: tuple[Column, ...], total: int) -> list[int]:
    """Each column's width so that the row, with a cell between columns and two for the mark, fills `total`."""
    spare = total - 2 - sum(column.width for column in columns) - (len(columns) - 1)
    growers = sum(column.grow for column in columns)
    found = [column.width for column in columns]
    for index, column in enumerate(columns if spare > 0 else ()):
        found[index] += min(spare * column.grow // growers, max(column.most - column.width, 0)) if column.grow else 0
    left = total - 2 - sum(found) - (len(columns) - 1)
    last = next((index for index, column in enumerate(columns) if column.whole and left >= MUCH), None)
    first = next(index for index, column in enumerate(columns) if column.grow)
    found[first if last is None else last] += left
    return found


def line(columns: tuple[Column, ...], sizes: list[int], row: InvoiceRow) -> str:
    """A row as text of exactly the widths."""
    return " ".join(column.said(row, size) for column, size in zip(columns, sizes, strict=True))


def pieces(
    columns: tuple[Column, ...], sizes: list[int], row: InvoiceRow, *, here: bool, pen: str, picked: bool = False
) -> Pieces:
    """A row behind its marks, with its pens: `pen` up to the columns that have their own."""
    plain = sum(column.pen is None for column in columns)
    found = [(marked(line(columns[:plain], sizes[:plain], row), here=here, picked=picked), pen)]
    for column, size in zip(columns[plain:], sizes[plain:], strict=True):
        own = pens.PLAIN if column.pen is None else column.pen(row)
        found += [(" ", pens.PLAIN), (column.said(row, size), own)]
    return found


def headings(
    columns: tuple[Column, ...], sizes: list[int], sort: SortName = SortName.DESK, *, falling: bool = False
) -> str:
    """The line above the rows; an arrow at the column that they follow, in the blank beside it if it is full."""
    text = ""
    for column, size in zip(columns, sizes, strict=True):
        told = column.heading
        if column.sort == sort != SortName.DESK:
            mark = "▾" if falling else "▴"
            told = f"{mark} {told}" if column.right else told + mark
        text += display.fit(told, max(size, len(told)), right=column.right)[: size + 1].ljust(size + 1)
    return text[:-1] if text.endswith(" ") else text


def marked(text: str, *, here: bool, picked: bool = False) -> str:
    """A line of the list behind its marks: an arrow where the cursor stands, a star where it is marked."""
    return ("▸" if here else " ") + ("*" if picked else " ") + text
