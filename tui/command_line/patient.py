"""`accueil patient`: everything of one person, for the eye or for a program; homonyms are shown apart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Final

from models.domain.accesses import Looked
from models.domain.lists import ListName
from models.queries.invoice_row import InvoiceRow, ListView
from models.queries.people import MOST, WAITING, Person, PersonSheet, find_people, person_sheet
from models.queries.windows import every_row
from models.reference.rejections import RejectionBook
from tui.command_line.accesses import note
from tui.command_line.named_practice import NamedPractice
from tui.command_line.session import session_of
from tui.command_line.speech import out, talk
from tui.command_line.table import WIDTH, table
from tui.command_line.typed import OutputFormat
from tui.text.columns import SENT
from tui.text.csv_file import Cell, CsvColumn, print_csv, record_of
from tui.text.display import birth, masked_nir
from tui.text.entries import entry_lines
from tui.text.exported import INVOICE_COLUMNS, invoice_cells
from tui.text.people import PEOPLE, identity, name, person_cells, person_pairs
from tui.text.row_words import row_pairs
from tui.text.state_words import head
from tui.text.text_columns import headings, laid

COLUMNS: Final = (
    CsvColumn("birth", "Né(e) le"),
    CsvColumn("nir", "NIR"),
    CsvColumn("rank", "Rang"),
    *INVOICE_COLUMNS,
)
"""Of CSV: whose each invoice is, then the invoice."""

_LABEL: Final = 10


def run(practice: NamedPractice, words: str, output: OutputFormat, *, spreadsheet: bool) -> int:
    """Print what is known of whom these words find; the exit code.

    Args:
        practice: which.
        words: a name, a NIR, a birth, or several of them.
        output: of several persons the text gives only what tells them apart.
        spreadsheet: whether the CSV is for one.
    """
    session = session_of(practice)
    book = session.open().book.current
    today = session.author().day
    found = find_people(words)
    if output != "texte" or len(found.people) == 1:
        for person in found.people:
            note(session, Looked.EXPORT if output != "texte" else Looked.SHEET, f"patient {person.id}")
    if output == "json":
        _print_json(found.people, today)
    elif output == "csv":
        print_csv(COLUMNS, _csv_rows(found.people, today), spreadsheet=spreadsheet)
    elif len(found.people) == 1:
        _print_person(person_sheet(found.people[0]), book, today)
    else:
        _print_several(found.people, today)
    if found.more:
        talk(f"Plus de {MOST} patients répondent : soyez plus précis.")
    elif not found.people:
        talk("Aucun patient ne répond à cette recherche.")
    return 0


def _rows(sheet: PersonSheet) -> Iterator[InvoiceRow]:
    return every_row(ListView(ListName.ALL, patients=sheet.records))


def _print_person(sheet: PersonSheet, book: RejectionBook, today: date) -> None:
    """Who it is, where the invoices stand, the invoices, and why each of those waits that does."""
    out(identity(sheet.person, today))
    for word, line in entry_lines(person_pairs(sheet, book, today), WIDTH, _LABEL):
        out(f"{word}{line}".rstrip())
    rows = list(_rows(sheet))
    out()
    for line in table(SENT, rows):
        out(line)
    for row in rows:
        if row.state in WAITING:
            out()
            out(head(row.kind, row.number))
            for word, line in entry_lines(row_pairs(row, book), WIDTH, _LABEL):
                out(f"{word}{line}".rstrip())


def _print_several(people: tuple[Person, ...], today: date) -> None:
    """What tells them apart."""
    if not people:
        return
    out(headings(PEOPLE, WIDTH).rstrip())
    for person in people:
        out("".join(text for text, _ in laid(PEOPLE, person_cells(person, today), WIDTH)).rstrip())
    talk("Plusieurs patients : ajoutez la date de naissance (JJ/MM/AAAA) ou le NIR.")


def _identity_cells(person: Person, today: date) -> tuple[Cell, ...]:
    return birth(person.birth, today), masked_nir(person.nir), person.birth_rank


def _csv_rows(people: tuple[Person, ...], today: date) -> Iterator[tuple[Cell, ...]]:
    for person in people:
        whose = _identity_cells(person, today)
        for row in _rows(person_sheet(person)):
            yield (*whose, *invoice_cells(row))


def _print_json(people: tuple[Person, ...], today: date) -> None:
    """One object a person; what is not ASCII is escaped."""
    before = "["
    for person in people:
        sheet = person_sheet(person)
        told = {
            "patient": name(person),
            **record_of(COLUMNS[:3], _identity_cells(person, today)),
            "rights": [
                {
                    "exemption": seen.right.exemption,
                    "since": seen.right.since.isoformat(),
                    "until": seen.right.until.isoformat() if seen.right.until else None,
                    "source": seen.right.source,
                    "seen_on": seen.right.seen_on.isoformat(),
                    "seen_by": seen.seen_by,
                    "withdrawn_on": seen.withdrawn_on.isoformat() if seen.withdrawn_on else None,
                }
                for seen in sheet.rights
            ],
            "invoices": [record_of(INVOICE_COLUMNS, invoice_cells(row)) for row in _rows(sheet)],
        }
        out(before + ("\n" if before == "[" else "") + json.dumps(told))
        before = ","
    out("[]" if before == "[" else "]")
