"""What leaves as CSV of an invoice and of a code of the overview, by the verbs and from the screens alike."""

from __future__ import annotations

from typing import Final

from models.domain.damage import stored_member
from models.domain.filing import FiledAs
from models.domain.states import InvoiceKind, InvoiceState, ShareState
from models.queries.invoice_row import InvoiceRow
from models.queries.overview import CodeLine
from tui.text.columns import patient, payer
from tui.text.csv_file import Cell, CsvColumn
from tui.text.filing import FILED_WORDS
from tui.text.state_words import DOCUMENTS, SHARES, STATES


def _share(state: str) -> str:
    return SHARES[stored_member(ShareState, state)].word


INVOICE_COLUMNS: Final = (
    CsvColumn("number", "N°"),
    CsvColumn("state", "État", say=lambda state: STATES[stored_member(InvoiceState, state)].whole),
    CsvColumn("amo_state", "Part AMO", say=_share),
    CsvColumn("amc_state", "Part AMC", say=_share),
    CsvColumn("rejection", "Rejet"),
    CsvColumn("amc_rejection", "Rejet AMC"),
    CsvColumn("patient", "Patient"),
    CsvColumn("total_cents", "Montant", money=True),
    CsvColumn("amo_cents", "Montant AMO", money=True),
    CsvColumn("amc_cents", "Montant AMC", money=True),
    CsvColumn("batch", "Lot"),
    CsvColumn("replaces", "Remplace"),
    CsvColumn("replaced_by", "Remplacée par"),
    CsvColumn("kind", "Document", say=lambda kind: DOCUMENTS[stored_member(InvoiceKind, kind)]),
    CsvColumn("dre_of", "DRE de"),
    CsvColumn("billed_on", "Date"),
    CsvColumn("payer", "Organisme"),
    CsvColumn("filed_until", "Classée jusqu’au"),
    CsvColumn(
        "filed_as", "Classée", say=lambda filed_as: FILED_WORDS[stored_member(FiledAs, filed_as)] if filed_as else ""
    ),
)
"""Of a list of invoices as CSV; the names are those of JSON too."""


def invoice_cells(row: InvoiceRow) -> tuple[Cell, ...]:
    """What stands in each of `INVOICE_COLUMNS`."""
    return (
        row.number,
        row.state,
        row.amo_state,
        row.amc_state,
        row.amo_rejection,
        row.amc_rejection,
        patient(row),
        row.total,
        row.amo,
        row.amc,
        row.lot,
        row.replaces,
        row.replaced_by,
        row.kind,
        row.dre_of,
        row.billed_on,
        payer(row),
        row.filed_until,
        row.filing.filed_as if row.filing and row.filed_until else None,
    )


CODE_COLUMNS: Final = (
    CsvColumn("code", "Rejet"),
    CsvColumn("label", "Libellé"),
    CsvColumn("share", "Part", say=str.upper),
    CsvColumn("count", "Rejetées"),
    CsvColumn("waiting", "En attente"),
    CsvColumn("waiting_cents", "Montant en attente", money=True),
    CsvColumn("oldest", "La plus ancienne"),
)
"""Of the overview's codes as CSV; the names are those of JSON too."""


def code_cells(line: CodeLine) -> tuple[Cell, ...]:
    """What stands in each of `CODE_COLUMNS`; `oldest` is the day on which the one that waits longest was billed."""
    return line.code, line.label, line.share, line.count, line.waiting, line.waiting_cents, line.oldest
