"""`accueil bilan --enseignements`: what the practice learns from its own invoices, for the eye or for a program."""

from __future__ import annotations

import json

from models.queries.first_answers import FirstAnswers
from models.queries.lessons import Lessons, lessons
from tui.command_line.named_practice import NamedPractice
from tui.command_line.overview import print_chart
from tui.command_line.session import session_of
from tui.command_line.speech import out
from tui.command_line.table import WIDTH, printable_ink
from tui.command_line.typed import OutputFormat
from tui.text.csv_file import print_csv, record_of
from tui.text.display import wrapped
from tui.text.lessons import (
    NO_ADVICE,
    NO_REJECTION,
    advice_lines,
    cost_lines,
    rate_lines,
    reasons,
    whole,
)
from tui.text.lessons_exported import LESSON_COLUMNS, lesson_rows


def run(practice: NamedPractice, output: OutputFormat, ascii_signs: bool, *, spreadsheet: bool = False) -> int:
    """Print the lessons; the exit code."""
    found = lessons(session_of(practice).open().book.current)
    if output == "json":
        rows = [record_of(LESSON_COLUMNS, cells) for cells in lesson_rows(found)]
        out(json.dumps([{field: value for field, value in row.items() if value is not None} for row in rows], indent=1))
    elif output == "csv":
        print_csv(LESSON_COLUMNS, lesson_rows(found), spreadsheet=spreadsheet)
    else:
        _print_text(found, printable_ink(ascii_signs))
    return 0


def _print_text(found: Lessons, character: str) -> None:
    """The screen's pages one below the other."""
    first = found.first_time
    out(whole(first.whole))
    rates: tuple[tuple[str, str, tuple[FirstAnswers, ...]], ...] = (
        ("Par organisme", "Organisme", first.payers),
        ("Par professionnel", "Professionnel", first.practitioners),
        ("Par mois de facturation", "Mois", first.months),
    )
    for title, heading, lines in rates:
        if lines:
            print_chart(title, rate_lines(lines, heading, WIDTH, character))
    if found.costs:
        print_chart("Ce que coûtent les rejets", cost_lines(found.costs, WIDTH, character))
    else:
        _print_none(NO_REJECTION)
    if not found.advice:
        _print_none(NO_ADVICE)
        return
    print_chart("Conseils passés outre", advice_lines(found.advice, WIDTH, character))
    for line in found.advice:
        for printed in wrapped(f"Motifs, « {line.check} » : {reasons(line)}.", WIDTH):
            out(printed)


def _print_none(sentence: str) -> None:
    out()
    out(sentence)
