"""`accueil noter`: note what a letter, a call or a statement says of an invoice."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from models.commands.note_answer import Against, Noted, note_answer
from models.commands.outcomes import Stale
from models.commands.take_back import TakenBack, withdraw_note
from models.domain.faults import PracticeFault
from models.domain.notes import NotedWord
from models.domain.refusals import Refusal, Refused
from models.domain.states import ShareState
from models.queries.notes import notes_of
from models.queries.sheets import InvoiceSheet, invoice_sheet
from models.reference.rejections import RejectionBook
from tui.command_line.invoices import meant, not_done
from tui.command_line.named_practice import NamedPractice
from tui.command_line.session import session_of
from tui.command_line.speech import REFUSED, out, talk
from tui.command_line.typed import TypedNumber
from tui.text.display import clean, parse_day
from tui.text.note_outcomes import against_sentence, kept_lines, likely_share, noted_sentence, withdrawn_sentence
from tui.text.noted import typed_money, typed_rejection, typed_share, typed_words
from tui.text.state_words import head


class Said(NamedTuple):
    """What is noted, as typed; None where the option was not."""

    rejection: str | None
    paid: str | None
    share: str | None
    on: str | None
    source: str
    label: str
    transfer: str


def run(practice: NamedPractice, number: TypedNumber, practitioner: str | None, said: Said, *, against: bool) -> int:
    """Note it; the exit code.

    Args:
        practice: which, and who works.
        number: of the invoice.
        practitioner: of `--professionnel`.
        said: what was said of it.
        against: whether `--oui` was typed.

    Raises:
        PracticeFault: something typed cannot be read, or no one invoice is meant.
    """
    session = session_of(practice)
    book = session.open().book.current
    match = meant(number, practitioner)
    author = session.author()
    word = _word(said, invoice_sheet(match.id), book, author.day)
    outcome = note_answer(match.id, None, word, author, against=against)
    match outcome:
        case Noted():
            out(noted_sentence(outcome))
            return 0
        case Against():
            reason = f"{against_sentence(outcome)} Ajoutez --oui pour le noter malgré tout."
        case Refused() | Stale():
            reason = not_done(outcome)
    talk(clean(f"{head(match.kind, match.number)} : {reason}", 1000))
    return REFUSED


def withdraw(practice: NamedPractice, number: TypedNumber, practitioner: str | None, why: str) -> int:
    """Withdraw the latest note of an invoice; the exit code.

    Args:
        practice: which, and who works.
        number: of the invoice.
        practitioner: of `--professionnel`.
        why: the reason.

    Raises:
        PracticeFault: no one invoice is meant.
    """
    session = session_of(practice)
    session.open()
    match = meant(number, practitioner)
    notes = notes_of([match.id]).get(match.id, ())
    outcome = withdraw_note(notes[-1].id, why, session.author()) if notes else Refused(Refusal.NO_NOTE)
    if isinstance(outcome, TakenBack):
        out(withdrawn_sentence(outcome))
        return 0
    for line in kept_lines(outcome):
        talk(clean(f"{head(match.kind, match.number)} : {line}", 1000))
    return REFUSED


def _word(said: Said, sheet: InvoiceSheet, book: RejectionBook, today: date) -> NotedWord:
    """What was typed, as values.

    Raises:
        PracticeFault: something cannot be read.
    """
    state = ShareState.DEFERRED
    code, label, paid = "", "", 0
    try:
        if said.rejection is not None:
            state = ShareState.REJECTED
            code, label = typed_rejection(said.rejection, book)
        elif said.paid is not None:
            state, paid = ShareState.PAID, typed_money(said.paid)
        return NotedWord(
            share=typed_share(said.share) if said.share else likely_share(sheet),
            state=state,
            said_on=parse_day(said.on) if said.on else today,
            said_in=typed_words(said.source, "Source"),
            paid=paid,
            code=code,
            label=typed_words(said.label, "Libellé") if said.label else label,
            transfer=typed_words(said.transfer, "Virement") if said.transfer else "",
        )
    except ValueError as error:
        raise PracticeFault(str(error)) from None
