"""`accueil noter --arl-negatif`, `--arl-positif`: note the ARL of a lot, or take back what was noted of it."""

from __future__ import annotations

from typing import NamedTuple

from models.commands.note_arl import ArlNoted, ArlWord, note_arl
from models.commands.take_back import TakenBack, withdraw_note
from models.domain.exchanges import Arl
from models.domain.faults import PracticeFault
from models.domain.refusals import Refusal, Refused
from models.queries.lots import LotMatch
from models.queries.notes import arl_notes
from tui.command_line.invoices import meant
from tui.command_line.meant_lot import meant_lot
from tui.command_line.named_practice import NamedPractice
from tui.command_line.session import session_of
from tui.command_line.speech import REFUSED, out, talk
from tui.command_line.typed import TypedNumber
from tui.text.display import clean, parse_day
from tui.text.note_outcomes import arl_sentence, kept_lines, withdrawn_sentence
from tui.text.noted import typed_words


class Typed(NamedTuple):
    """What is noted, as typed."""

    lot: int
    negative: bool
    on: str | None
    source: str
    reason: str


def run(practice: NamedPractice, typed: Typed, number: TypedNumber | None, practitioner: str | None) -> int:
    """Note it; the exit code.

    Args:
        practice: which, and who works.
        typed: what the ARL says, and of which lot: the latest of its number.
        number: the one invoice that it is about; None: the whole lot.
        practitioner: of `--professionnel`.

    Raises:
        PracticeFault: something typed cannot be read, or no one lot or invoice is meant.
    """
    session = session_of(practice)
    session.open()
    author = session.author()
    lot = meant_lot(typed.lot, practitioner)
    invoice = None if number is None else meant(number, practitioner).id
    arl = Arl.NEGATIVE if typed.negative else Arl.POSITIVE
    try:
        said_on = parse_day(typed.on) if typed.on else author.day
        reason = typed_words(typed.reason, "Motif") if typed.negative else ""
        word = ArlWord(arl, said_on, typed_words(typed.source, "Source"), reason)
    except ValueError as error:
        raise PracticeFault(str(error)) from None
    outcome = note_arl(lot.id, word, author, invoice_id=invoice)
    if isinstance(outcome, ArlNoted):
        out(arl_sentence(outcome))
        return 0
    return _refused(lot, kept_lines(outcome))


def withdraw(practice: NamedPractice, number: int, practitioner: str | None, why: str) -> int:
    """Take back the latest note of the ARL of a lot; the exit code.

    Raises:
        PracticeFault: no one lot is meant.
    """
    session = session_of(practice)
    session.open()
    lot = meant_lot(number, practitioner)
    notes = arl_notes(lot.id)
    outcome = withdraw_note(notes[-1][0], why, session.author()) if notes else Refused(Refusal.NO_NOTE)
    if isinstance(outcome, TakenBack):
        out(withdrawn_sentence(outcome))
        return 0
    return _refused(lot, kept_lines(outcome))


def _refused(lot: LotMatch, lines: list[str]) -> int:
    for line in lines:
        talk(clean(f"Lot {lot.number:03d} : {line}", 1000))
    return REFUSED
