"""`accueil relancer`: what is to be followed up, as text, JSON or CSV; or noted as done, « relancée le … »."""

from __future__ import annotations

from datetime import date

from models.commands.remind import ReminderWithdrawn, remind, withdraw_reminder
from models.domain.accesses import Listed, Looked, list_subject
from models.domain.author import Author
from models.domain.refusals import Refused
from models.queries.follow_up import due
from models.queries.sheets import NumberMatch
from models.queries.terms import search_terms
from models.reference.text_search import contains_all
from tui.command_line.accesses import note
from tui.command_line.invoices import each_invoice
from tui.command_line.named_practice import NamedPractice
from tui.command_line.session import session_of
from tui.command_line.speech import REFUSED, out, talk
from tui.command_line.typed import OutputFormat, TypedNumber
from tui.command_line.waiting_lines import print_waiting
from tui.text.display import day
from tui.text.follow_up import COLUMNS, CSV, cells, csv_cells, searched, summary
from tui.text.refusals import refusal_sentence


def run(practice: NamedPractice, typed: str, output: OutputFormat, *, spreadsheet: bool = False) -> int:
    """Print the list, as far as it answers to what was typed; the exit code."""
    session = session_of(practice)
    session.open()
    session.bring_back()
    if output != "texte":
        note(session, Looked.LIST, list_subject(Listed.FOLLOW_UP))
    terms = tuple(search_terms(typed))
    found = [one for one in due(session.author().day) if contains_all(searched(one), terms)]
    print_waiting(
        found,
        output,
        summary=summary,
        columns=COLUMNS,
        cells=cells,
        csv=CSV,
        csv_cells=csv_cells,
        spreadsheet=spreadsheet,
    )
    return 0


def note_reminders(
    practice: NamedPractice, numbers: list[TypedNumber], practitioner: str | None, on: date | None, note: str
) -> int:
    """Note that the payers of these invoices were reminded; the exit code."""
    session = session_of(practice)
    session.open()
    author = session.author()
    wanted: list[int] = []
    code = each_invoice(numbers, practitioner, lambda match: wanted.append(match.id))
    outcome = remind(wanted, on or author.day, note, author)
    if isinstance(outcome, Refused):
        talk(refusal_sentence(outcome))
        return REFUSED
    for number in outcome.numbers:
        out(f"N° {number} : relancée le {day(outcome.on)}.")
    for left in outcome.left:
        code = REFUSED
        talk(f"N° {left.number} : {refusal_sentence(left.why)}")
    return code


def take_back(practice: NamedPractice, numbers: list[TypedNumber], practitioner: str | None) -> int:
    """Take back the latest reminder of each of these invoices; the exit code."""
    session = session_of(practice)
    session.open()
    author = session.author()
    return each_invoice(numbers, practitioner, lambda match: _take_back(match, author))


def _take_back(match: NumberMatch, author: Author) -> str | None:
    outcome = withdraw_reminder(match.id, author)
    if isinstance(outcome, ReminderWithdrawn):
        out(f"N° {outcome.number} : la relance du {day(outcome.on)} est ôtée.")
        return None
    return refusal_sentence(outcome)
