"""`accueil trancher`: what waits for a decision in the returns, and the decision."""

from __future__ import annotations

from models.commands.settle_answer import settle_answer
from models.commands.settle_return import settle_return
from models.domain.exchanges import AnswerOutcome
from models.domain.refusals import Refused
from models.queries.returns import aside_answers, held_returns
from tui.command_line.named_practice import NamedPractice
from tui.command_line.receiving import aside_sentence
from tui.command_line.session import session_of
from tui.command_line.speech import REFUSED, out, talk
from tui.text.decisions import answer_settled, held_facts, return_settled
from tui.text.display import clean
from tui.text.refusals import refusal_sentence


def show(practice: NamedPractice) -> int:
    """List the returns that wait whole, then the answers; the exit code."""
    session_of(practice).open()
    held = held_returns()
    alone = [answer for answer in aside_answers() if answer.outcome != AnswerOutcome.WRONG_TOTAL]
    for one in held:
        out(clean(f"Retour {one.id}, {one.file_name} : {held_facts(one)}.", 1000))
        for sentence in one.wrong_totals:
            out(clean(f"  {sentence}", 1000))
    for answer in alone:
        out(f"Réponse {answer.id}, {clean(answer.file_name)} : {aside_sentence(answer)}.")
    if not held and not alone:
        talk("Aucune réponse à trancher.")
    return 0


def settle_whole(practice: NamedPractice, number: int, *, take: bool) -> int:
    """Decide on a whole return; the exit code."""
    session = session_of(practice)
    session.open()
    outcome = settle_return(number, take, session.author())
    if isinstance(outcome, Refused):
        return _refused(f"Retour {number}", outcome)
    out(return_settled(outcome))
    return 0


def settle_one(practice: NamedPractice, number: int, *, take: bool) -> int:
    """Decide on one answer; the exit code."""
    session = session_of(practice)
    session.open()
    outcome = settle_answer(number, take, session.author())
    if isinstance(outcome, Refused):
        return _refused(f"Réponse {number}", outcome)
    out(answer_settled(outcome))
    return 0


def _refused(what: str, outcome: Refused) -> int:
    talk(f"{what} : {refusal_sentence(outcome)}")
    return REFUSED
