"""`accueil papiers`: what is owed in paper, as text, JSON or CSV; printed, noted as sent, or taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date

from models.commands.bill import Billed, leave_degraded
from models.commands.note_document import note_document
from models.commands.send_sheets import send_sheets, take_back_sheets
from models.domain.accesses import Listed, Looked, list_subject
from models.domain.faults import PracticeFault
from models.domain.papers import DocumentKind, DocumentStep
from models.domain.refusals import Refusal, Refused
from models.queries.papers import paper_documents, paper_lots, paper_sheets
from models.queries.sheets import NumberMatch, invoice_version
from tui.command_line.accesses import note
from tui.command_line.invoices import each_invoice, not_done
from tui.command_line.meant_lot import meant_lot
from tui.command_line.named_practice import NamedPractice
from tui.command_line.printing import printed
from tui.command_line.progress import in_steps
from tui.command_line.session import Session, session_of
from tui.command_line.speech import REFUSED, out, talk
from tui.command_line.table import WIDTH
from tui.command_line.typed import OutputFormat, TypedNumber
from tui.text.csv_file import Cell, CsvColumn, print_csv, record_of
from tui.text.display import day, plural
from tui.text.papers import (
    DOCUMENT_COLUMNS,
    DOCUMENT_CSV,
    LOT_COLUMNS,
    LOT_CSV,
    document_cells,
    document_csv,
    document_sentence,
    documents_summary,
    lot_cells,
    lot_csv,
    lots_summary,
    sheets_sent_sentence,
)
from tui.text.printing import bordereaux_pdf
from tui.text.refusals import refusal_sentence
from tui.text.text_columns import Cells, TextColumn, headings, laid


def run(practice: NamedPractice, output: OutputFormat, *, documents: bool, spreadsheet: bool = False) -> int:
    """Print the lots, or the documents; the exit code."""
    session = _opened(practice)
    today = session.author().day
    owed = paper_documents(today)
    if documents:
        _print(session, output, DOCUMENT_CSV, map(document_csv, owed), spreadsheet=spreadsheet)
        if output == "texte":
            _table(documents_summary(owed), DOCUMENT_COLUMNS, map(document_cells, owed))
        return 0
    lots = paper_lots(today)
    _print(session, output, LOT_CSV, map(lot_csv, lots), spreadsheet=spreadsheet)
    if output == "texte":
        _table(lots_summary(lots), LOT_COLUMNS, map(lot_cells, lots))
        if owed:
            talk(f"{plural(len(owed), 'pièce', 'pièces')} à numériser ou à envoyer : accueil papiers --pieces.")
    return 0


def print_lots(practice: NamedPractice, numbers: Sequence[int], practitioner: str | None) -> int:
    """Print the bordereaux of these lots; of all that are owed where none is named, with their list; the exit code.

    Raises:
        PracticeFault: no one lot is meant, one owes no sheets, nothing is owed, or the disk refused.
    """
    session = session_of(practice)
    opened = session.open()
    author = session.author()
    lots = paper_lots(author.day)
    wanted = [lot for lot in lots if lot.owed and practitioner in {None, lot.practitioner}]
    if numbers:
        by_id = {lot.id: lot for lot in lots}
        meant = [meant_lot(number, practitioner) for number in dict.fromkeys(numbers)]
        for lot in meant:
            if lot.id not in by_id:
                raise PracticeFault(refusal_sentence(Refused(Refusal.NO_SHEETS, lot.number)))
        wanted = [by_id[lot.id] for lot in meant]
    if not wanted:
        talk("Aucune feuille de soins à envoyer : rien à imprimer.")
        return REFUSED
    sheets = [(lot, paper_sheets(lot.id)) for lot in wanted]
    with in_steps("Bordereaux") as kept:
        name, data = bordereaux_pdf(opened.name(), sheets, author.at, kept.step, listed=not numbers)
    note(session, Looked.LIST, list_subject(Listed.PAPERS))
    return printed(opened.place, name, data)


def note_sent(
    practice: NamedPractice, numbers: Sequence[int], practitioner: str | None, on: date | None, words: str
) -> int:
    """Note that the sheets of these lots were sent; the exit code."""
    session = _opened(practice)
    author = session.author()
    lots = {meant_lot(number, practitioner).id: None for number in numbers}
    outcome = send_sheets(lots, on or author.day, words, author)
    if isinstance(outcome, Refused):
        talk(f"{refusal_sentence(outcome)} Rien n’a été noté.")
        return REFUSED
    out(sheets_sent_sentence(outcome))
    return 0


def take_back(practice: NamedPractice, number: int, practitioner: str | None, why: str) -> int:
    """Take back that the sheets of a lot were sent; the exit code."""
    session = _opened(practice)
    outcome = take_back_sheets(meant_lot(number, practitioner).id, why, session.author())
    if isinstance(outcome, Refused):
        talk(refusal_sentence(outcome))
        return REFUSED
    out(f"Lot {outcome.lot:03d} : l’envoi du {day(outcome.on)} est repris, ses feuilles sont de nouveau à envoyer.")
    return 0


def leave(practice: NamedPractice, numbers: list[TypedNumber], practitioner: str | None) -> int:
    """Take these invoices out of degraded mode; the exit code."""
    session = _opened(practice)
    author = session.author()

    def one(match: NumberMatch) -> str | None:
        outcome = leave_degraded(match.id, invoice_version(match.id), author)
        if isinstance(outcome, Billed):
            out(f"N° {outcome.number} : sortie du dégradé, à facturer de nouveau.")
            return None
        return not_done(outcome)

    return each_invoice(numbers, practitioner, one)


def note_step(
    practice: NamedPractice,
    numbers: list[TypedNumber],
    practitioner: str | None,
    kind: DocumentKind,
    step: DocumentStep,
    on: date | None,
    words: str,
) -> int:
    """Note where a document of these invoices stands; the exit code."""
    session = _opened(practice)
    author = session.author()
    wanted: list[int] = []
    code = each_invoice(numbers, practitioner, lambda match: wanted.append(match.id))
    if not wanted:
        return code
    outcome = note_document(wanted, kind, step, on or author.day, words, author)
    if isinstance(outcome, Refused):
        talk(refusal_sentence(outcome))
        return REFUSED
    if outcome.numbers:
        out(document_sentence(outcome))
    for left in outcome.left:
        code = REFUSED
        talk(f"N° {left.number} : {refusal_sentence(left.why)}")
    return code


def _opened(practice: NamedPractice) -> Session:
    session = session_of(practice)
    session.open()
    return session


def _print(
    session: Session,
    output: OutputFormat,
    columns: Sequence[CsvColumn],
    rows: Iterable[Sequence[Cell]],
    *,
    spreadsheet: bool,
) -> None:
    """As JSON or CSV, where that is asked for."""
    if output == "texte":
        return
    note(session, Looked.LIST, list_subject(Listed.PAPERS))
    if output == "json":
        out(json.dumps([record_of(columns, row) for row in rows], indent=1))
    else:
        print_csv(columns, rows, spreadsheet=spreadsheet)


def _table(above: str, columns: tuple[TextColumn, ...], lines: Iterable[Cells]) -> None:
    out(above)
    for place, cells in enumerate(lines):
        if not place:
            out(headings(columns, WIDTH).rstrip())
        out("".join(text for text, _ in laid(columns, cells, WIDTH)).rstrip())
