"""`accueil bilan`: the rejections by code, by month and by share, and what waits, for the eye or for a program."""

from __future__ import annotations

import json

from models.queries.overview import CodeLine, Overview, WaitingInvoice, overview
from tui.command_line.named_practice import NamedPractice
from tui.command_line.session import session_of
from tui.command_line.speech import out
from tui.command_line.table import WIDTH, printable_ink
from tui.command_line.typed import OutputFormat
from tui.text.csv_file import print_csv, record_of
from tui.text.display import clean, person, wrapped
from tui.text.exported import CODE_COLUMNS, code_cells
from tui.text.overview_lines import (
    NONE,
    ChartLines,
    code_lines,
    filed,
    month_lines,
    oldest_lines,
    resemblance,
    share_lines,
    total,
)


def run(practice: NamedPractice, output: OutputFormat, ascii_signs: bool, *, spreadsheet: bool = False) -> int:
    """Print the overview; the exit code."""
    session = session_of(practice)
    book = session.open().book
    session.bring_back()
    found = overview(book.current)
    if output == "json":
        out(json.dumps(document(found), indent=1))
    elif output == "csv":
        print_csv(CODE_COLUMNS, map(code_cells, found.by_code), spreadsheet=spreadsheet)
    else:
        _print_text(found, ascii_signs)
    return 0


def document(found: Overview) -> dict[str, object]:
    """The overview as the other programs get it."""
    return {
        "by_code": [
            {**code_record(line), **({"resembles": list(line.resembles)} if line.resembles else {})}
            for line in found.by_code
        ],
        "by_month": [
            {"month": line.month, "rejected": line.rejected, "amount_cents": line.amount_cents}
            for line in found.by_month
        ],
        "oldest": [waiting_record(invoice) for invoice in found.oldest],
        "waiting_cents": found.waiting_cents,
        "noted": found.noted,
        "filed": {"count": found.filed, "owed_cents": found.filed_cents},
    }


def code_record(line: CodeLine) -> dict[str, object]:
    """A code's figures as the other programs get them."""
    return record_of(CODE_COLUMNS, code_cells(line))


def waiting_record(invoice: WaitingInvoice) -> dict[str, object]:
    """An invoice that waits, with the codes of the shares that wait."""
    return {
        "number": invoice.number,
        "billed_on": invoice.billed_on.isoformat(),
        "patient": clean(person(invoice.last_name, invoice.first_name)),
        "rejection": invoice.amo_rejection,
        "amc_rejection": invoice.amc_rejection,
        "waiting_cents": invoice.waiting_cents,
        "kind": invoice.kind,
    }


def _print_text(found: Overview, ascii_signs: bool) -> None:
    """The screen's lines one below the other."""
    character = printable_ink(ascii_signs)
    out(total(found))
    if apart := filed(found):
        out(apart)
    if not found.by_code:
        out(NONE)
        return
    for line in share_lines(found.by_share, WIDTH, character):
        out(line.rstrip())
    print_chart("Par code", code_lines(found.by_code, WIDTH, character))
    for code in found.by_code:
        if code.resembles:
            for line in wrapped(resemblance(code), WIDTH):
                out(line)
    print_chart("Par mois, à la date du retour", month_lines(found.by_month, WIDTH, character))
    if found.oldest:
        print_chart("En attente, les plus anciennes d’abord", oldest_lines(found.oldest, WIDTH, character))


def print_chart(title: str, lines: ChartLines) -> None:
    """A title, the heading, the lines."""
    out()
    out(title)
    for line in (lines.heading, *lines.rows):
        out(line.rstrip())
