"""`accueil classer`: invoices leave « À traiter » until a day, with a reason; or are put back there."""

from __future__ import annotations

from datetime import date

from models.commands.file_away import Filed, TakenOut, file_invoices, take_out
from models.domain.author import Author
from models.domain.filing import LATER
from models.domain.lifecycle import why_not_file
from models.queries.sheets import NumberMatch, invoice_sheet
from tui.command_line.invoices import each_invoice, not_done
from tui.command_line.named_practice import NamedPractice
from tui.command_line.progress import in_steps
from tui.command_line.session import session_of
from tui.command_line.speech import REFUSED, out, talk
from tui.command_line.typed import FILED_AS, TypedNumber
from tui.text.display import clean, day
from tui.text.refusals import refusal_or_none, refusal_sentence


def run(
    practice: NamedPractice,
    numbers: list[TypedNumber],
    practitioner: str | None,
    filed_as: str,
    note: str,
    until: date | None,
) -> int:
    """Classify the invoices; the exit code.

    Args:
        practice: which, and who works.
        numbers: the invoices that are named.
        practitioner: of `--professionnel`.
        filed_as: of `--comme`.
        note: of `--motif`.
        until: of `--jusqu-au`.
    """
    session = session_of(practice)
    session.open()
    author = session.author()
    wanted: list[int] = []
    code = each_invoice(numbers, practitioner, lambda match: _want(match, wanted))
    if not wanted:
        return code
    last = author.day + LATER if until is None else until
    marked = [(invoice_id, None) for invoice_id in wanted]
    with in_steps("Factures à classer") as kept:
        outcome = file_invoices(marked, FILED_AS[filed_as], note, last, author, kept.step)
    if not isinstance(outcome, Filed):
        talk(refusal_sentence(outcome))
        return REFUSED
    for number in outcome.numbers:
        out(f"N° {number} : classée jusqu’au {day(outcome.until)}.")
    for left in outcome.left:
        code = REFUSED
        talk(clean(f"N° {left.number} : {not_done(left.why)}", 1000))
    return code


def take_back(practice: NamedPractice, numbers: list[TypedNumber], practitioner: str | None) -> int:
    """Put what is classified back where it waits; the exit code."""
    session = session_of(practice)
    session.open()
    author = session.author()
    return each_invoice(numbers, practitioner, lambda match: _take_back(match, author))


def _want(match: NumberMatch, wanted: list[int]) -> str | None:
    """Note it to be classified with the others, or say why it is not."""
    sheet = invoice_sheet(match.id)
    refused = why_not_file(sheet.state, sheet.replaced_by, filed=sheet.filed_until is not None)
    if refused is None:
        wanted.append(match.id)
    return refusal_or_none(refused)


def _take_back(match: NumberMatch, author: Author) -> str | None:
    outcome = take_out(match.id, None, author)
    if isinstance(outcome, TakenOut):
        out(f"N° {outcome.number} : elle n’est plus classée.")
        return None
    return not_done(outcome)
