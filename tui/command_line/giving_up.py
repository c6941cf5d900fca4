"""`accueil retirer`: invoices that have not left are given up with a reason; what they were made for waits again."""

from __future__ import annotations

from models.commands.give_up import GivenUp, give_up
from models.domain.author import Author
from models.domain.filing import FiledAs
from models.queries.sheets import NumberMatch
from tui.command_line.invoices import each_invoice, not_done
from tui.command_line.named_practice import NamedPractice
from tui.command_line.session import session_of
from tui.command_line.speech import out
from tui.command_line.typed import CAUSES, TypedNumber


def run(practice: NamedPractice, numbers: list[TypedNumber], practitioner: str | None, cause: str, note: str) -> int:
    """Give the invoices up; the exit code.

    Args:
        practice: which, and who works.
        numbers: the invoices that are named.
        practitioner: of `--professionnel`.
        cause: of `--parce-que`.
        note: of `--motif`.
    """
    session = session_of(practice)
    session.open()
    author = session.author()
    return each_invoice(numbers, practitioner, lambda match: _give_up(match, CAUSES[cause], note, author))


def _give_up(match: NumberMatch, cause: FiledAs, note: str, author: Author) -> str | None:
    outcome = give_up(match.id, None, cause, note, author)
    if isinstance(outcome, GivenUp):
        out(f"N° {outcome.number} : retirée, la facture n° {outcome.stands} attend de nouveau.")
        return None
    return not_done(outcome)
