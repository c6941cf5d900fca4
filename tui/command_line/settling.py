"""`accueil trancher`: what waits for a decision in the returns, and the decision."""

from __future__ import annotations

import json

from models.commands.settle_answer import TAKEABLE, settle_answer
from models.commands.settle_return import settle_return
from models.domain.exchanges import AnswerOutcome
from models.domain.refusals import Refused
from models.queries.returns import AsideAnswer, HeldReturn, aside_answers, held_returns
from tui.command_line.listing import note_record
from tui.command_line.named_practice import NamedPractice
from tui.command_line.progress import in_steps
from tui.command_line.receiving import aside_sentence
from tui.command_line.session import session_of
from tui.command_line.speech import REFUSED, out, talk
from tui.command_line.typed import OutputFormat
from tui.text.decisions import answer_settled, held_facts, return_settled
from tui.text.display import clean
from tui.text.refusals import refusal_sentence


def show(practice: NamedPractice, output: OutputFormat) -> int:
    """List the returns that wait whole, then the answers; the exit code."""
    session_of(practice).open()
    held = held_returns()
    alone = [answer for answer in aside_answers() if answer.outcome != AnswerOutcome.WRONG_TOTAL]
    if output == "json":
        out(
            json.dumps(
                {"returns": [_held(one) for one in held], "answers": [_aside(answer) for answer in alone]}, indent=1
            )
        )
        return 0
    for one in held:
        out(clean(f"Retour {one.id}, {one.file_name} : {held_facts(one)}.", 1000))
        for sentence in one.wrong_totals:
            out(clean(f"  {sentence}", 1000))
    for answer in alone:
        out(f"Réponse {answer.id}, {clean(answer.file_name)} : {aside_sentence(answer)}.")
    if not held and not alone:
        talk("Aucune réponse à trancher.")
    return 0


def _held(one: HeldReturn) -> dict[str, object]:
    """A return that waits, as the other programs get it."""
    return {
        "id": one.id,
        "file": one.file_name,
        "answers": one.answers,
        "paid_cents": one.paid,
        "wrong_totals": list(one.wrong_totals),
    }


def _aside(answer: AsideAnswer) -> dict[str, object]:
    """An answer that waits, as the other programs get it; `reason` is why, `takeable` whether it may be applied."""
    return {
        "id": answer.id,
        "return": answer.source,
        "file": answer.file_name,
        "number": answer.number or None,
        "document": answer.document or None,
        "practitioner": answer.practitioner,
        "batch": answer.lot,
        "reason": answer.outcome,
        "takeable": answer.outcome in TAKEABLE,
        "amo_state": answer.amo_state,
        "amo_paid_cents": answer.amo_paid,
        "amc_state": answer.amc_state,
        "amc_paid_cents": answer.amc_paid,
        "rejections": list(answer.codes),
        "noted": note_record(answer.noted) if answer.noted else None,
    }


def settle_whole(practice: NamedPractice, number: int, *, take: bool) -> int:
    """Decide on a whole return; the exit code."""
    session = session_of(practice)
    session.open()
    with in_steps("Réponses du retour") as kept:
        outcome = settle_return(number, take, session.author(), kept.step)
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
