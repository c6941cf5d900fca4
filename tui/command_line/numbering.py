"""`accueil numerotation`: the range of our numbers, what is used of it and what is left; or another range."""

from __future__ import annotations

from dataclasses import replace

from models.commands.reserve_numbers import reserve_numbers
from models.domain.refusals import Refused
from models.queries.numbers import numbers_in_use
from tui.command_line.named_practice import NamedPractice
from tui.command_line.session import Session, session_of
from tui.command_line.speech import REFUSED, out, talk
from tui.text.numbers import reserved_line, use_lines
from tui.text.refusals import refusal_sentence


def run(practice: NamedPractice, invoices: int | None, dre: int | None, lots: tuple[int, int] | None) -> int:
    """Show the numbers; reserve others first where some were typed; the exit code."""
    session = session_of(practice)
    session.open()
    if invoices is None and dre is None and lots is None:
        for line in use_lines(numbers_in_use(session.author().day)):
            out(line)
        return 0
    return _reserve(session, invoices, dre, lots)


def _reserve(session: Session, invoices: int | None, dre: int | None, lots: tuple[int, int] | None) -> int:
    author = session.author()
    now = numbers_in_use(author.day).numbering
    first_lot, last_lot = lots or (now.first_lot, now.last_lot)
    wanted = replace(
        now,
        first_invoice=invoices or now.first_invoice,
        first_dre=dre or now.first_dre,
        first_lot=first_lot,
        last_lot=last_lot,
    )
    outcome = reserve_numbers(wanted, author)
    if isinstance(outcome, Refused):
        talk(refusal_sentence(outcome))
        return REFUSED
    out(reserved_line(outcome.numbering))
    return 0
