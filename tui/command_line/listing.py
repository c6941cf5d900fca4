"""`accueil lister`: the invoices as a table for the eye, as JSON or CSV for a program."""

from __future__ import annotations

import json
from collections import Counter as Tally
from collections.abc import Iterable, Iterator

from models.domain.accesses import Looked, list_subject
from models.domain.lists import ListName
from models.domain.notes import NoteMark
from models.queries.invoice_row import InvoiceRow, ListView
from models.queries.lots import OtherLot, other_lots, remarks_by_lot
from models.queries.windows import every_row
from tui.command_line.accesses import note
from tui.command_line.named_practice import NamedPractice
from tui.command_line.printing import printed
from tui.command_line.progress import going_out, in_steps
from tui.command_line.session import session_of
from tui.command_line.speech import out, talk
from tui.command_line.table import table
from tui.command_line.typed import OutputFormat
from tui.text.columns import SENT, UNSENT, Column
from tui.text.csv_file import print_csv, record_of
from tui.text.display import clean
from tui.text.exported import INVOICE_COLUMNS, invoice_cells
from tui.text.lots import kept_line, redone_line


def run(
    practice: NamedPractice, which: ListName, typed: str, output: OutputFormat, *, spreadsheet: bool = False
) -> int:
    """Print the list; the exit code."""
    session = session_of(practice)
    session.open()
    session.bring_back()
    if output != "texte":
        note(session, Looked.LIST, list_subject(which))
    with going_out("Factures", every_row(ListView(which, typed=typed))) as rows:
        if output == "json":
            _print_json(rows)
        elif output == "csv":
            print_csv(INVOICE_COLUMNS, map(invoice_cells, rows), spreadsheet=spreadsheet)
        else:
            _print_table(_columns(which), rows)
    return 0


def _columns(which: ListName) -> tuple[Column, ...]:
    return UNSENT if which in (ListName.UNVALIDATED, ListName.VALIDATED) else SENT


def print_list(practice: NamedPractice, which: ListName, typed: str) -> int:
    """Print the list on paper; the exit code.

    Raises:
        PracticeFault: it is longer than what is printed, or the disk refused.
    """
    from tui.text.printed_lists import LIST_TITLES, invoice_list
    from tui.text.printing import as_pdf

    session = session_of(practice)
    opened = session.open()
    session.bring_back()
    note(session, Looked.LIST, list_subject(which))
    title, at, rows = LIST_TITLES[which], session.author().at, every_row(ListView(which, typed=typed))
    pages = invoice_list(opened.name(), title, typed, _columns(which), rows, at)
    with in_steps("Pages") as kept:
        made = as_pdf(title, [pages], at, kept.step)
    return printed(opened.place, *made)


def record(row: InvoiceRow) -> dict[str, object]:
    """An invoice as the other programs get it."""
    return record_of(INVOICE_COLUMNS, invoice_cells(row))


def note_record(mark: NoteMark) -> dict[str, str]:
    """Who noted something, when (UTC), where it was said and on which day, as the other programs get it."""
    return {"by": mark.by, "at": mark.at, "source": mark.said_in, "on": mark.said_on.isoformat()}


def _print_table(columns: tuple[Column, ...], rows: Iterable[InvoiceRow]) -> None:
    """A heading and a line each, as they come: a long list need not be held. Then what is odd of their lots."""
    printed = -1
    lots: dict[int, int] = {}
    redone: Tally[OtherLot] = Tally()
    others = other_lots()

    def noted() -> Iterator[InvoiceRow]:
        for row in rows:
            if row.lot_id is not None and row.lot is not None:
                lots[row.lot_id] = row.lot
            redone.update(lot for lot in others.get(row.id, ()) if lot.redone)
            yield row

    for line in table(columns, noted()):
        out(line)
        printed += 1
    if printed == 0:
        talk("Aucune facture dans cette liste.")
    remarks = remarks_by_lot()
    for lot_id, number in sorted(lots.items(), key=lambda lot: lot[1]):
        for kept in remarks.get(lot_id, ()):
            talk(clean(f"Lot {number:03d} : {kept_line(kept)}", 1000))
    for lot, invoices in redone.items():
        talk(redone_line(lot.number, invoices))


def _print_json(rows: Iterable[InvoiceRow]) -> None:
    """One object a line; what is not ASCII is escaped, so that no encoding and no terminal can spoil it."""
    remarks, lots = remarks_by_lot(), other_lots()
    before = "["
    for row in rows:
        told = record(row)
        if more := [code for code, _ in (*row.amo_more, *row.amc_more)]:
            told["other_rejections"] = more
        if row.sent_back:
            told["arl"] = {"reason": row.sent_back.reason, **note_record(row.sent_back.mark)}
        if row.noted:
            told["noted"] = note_record(row.noted)
        if row.lot_id in remarks:
            told["batch_remarks"] = [kept_line(kept) for kept in remarks[row.lot_id]]
        if row.id in lots:
            told["other_batches"] = [
                {"batch": lot.number, "created_on": lot.created_on.isoformat(), "redone": lot.redone}
                for lot in lots[row.id]
            ]
        out(before + ("\n" if before == "[" else "") + json.dumps(told))
        before = ","
    out("[]" if before == "[" else "]")
