"""`accueil relever`: read NOEMIE returns; what was applied, and what was kept aside with the reason."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from models.commands.receive import Received, receive_return
from models.domain.exchanges import AnswerOutcome
from models.domain.states import InvoiceState
from models.queries.returns import AsideAnswer, aside_answers
from tui.command_line.files import each_file
from tui.command_line.named_practice import NamedPractice
from tui.command_line.progress import bar
from tui.command_line.session import Session, session_of
from tui.command_line.speech import out, talk
from tui.text.display import clean, money, plural

ASIDE_REASONS: Final = {
    AnswerOutcome.UNKNOWN: "facture inconnue de ce cabinet, importez son lot",
    AnswerOutcome.IDENTITY: "l’assuré n’est pas celui de la facture",
    AnswerOutcome.LATE: "la facture est déjà annulée",
    AnswerOutcome.NOT_SENT: "la facture n’est pas encore transmise",
    AnswerOutcome.AFTER_PAYMENT: "un rejet est reçu après le paiement",
    AnswerOutcome.CONTRADICTORY: "elle contredit une réponse déjà reçue",
}
"""Why an answer is kept aside, by its outcome."""

_STATES: Final = {
    InvoiceState.PAID: ("payée", "payées"),
    InvoiceState.PARTLY_PAID: ("payée en partie", "payées en partie"),
    InvoiceState.REJECTED: ("rejetée", "rejetées"),
    InvoiceState.REPROCESSING: ("en recyclage par la caisse", "en recyclage par la caisse"),
}


def run(practice: NamedPractice, files: list[str]) -> int:
    """Read each return; the exit code."""
    session = session_of(practice)
    session.open()
    return each_file(files, lambda data, name: _take(session, data, name))


def _take(session: Session, data: bytes, name: str) -> None:
    known = {answer.id for answer in aside_answers()}
    with bar(name, len(data)) as step:
        outcome = receive_return(data, name, session.author(), step)
    if not isinstance(outcome, Received):
        moment = datetime.fromisoformat(outcome.received_at).astimezone()
        out(f"{name} : déjà relevé le {moment:%d/%m/%Y à %H:%M}, rien n’a changé.")
        return
    out(f"{name} : {_summary(outcome)}.")
    for warning in outcome.warnings:
        talk(clean(f"{name} : {warning}", 1000))
    if outcome.aside:
        for answer in aside_answers():
            if answer.id not in known and answer.file_name == name:
                out(f"  {_aside(answer)}")


def _summary(outcome: Received) -> str:
    applied, again = outcome.outcomes.get(AnswerOutcome.APPLIED, 0), outcome.outcomes.get(AnswerOutcome.DUPLICATE, 0)
    parts = [
        plural(outcome.answers, "réponse", "réponses"),
        plural(applied, "appliquée", "appliquées"),
        f"{money(outcome.paid)} € payés",
    ]
    parts += [plural(outcome.states[state], *said) for state, said in _STATES.items() if outcome.states.get(state)]
    if again:
        parts.append(plural(again, "déjà connue", "déjà connues"))
    if outcome.aside:
        parts.append(plural(outcome.aside, "mise de côté, à trancher", "mises de côté, à trancher"))
    return ", ".join(parts)


def _aside(answer: AsideAnswer) -> str:
    reason = ASIDE_REASONS.get(answer.outcome, answer.outcome)
    codes = f" (rejet {', '.join(answer.codes)})" if answer.codes else ""
    return clean(f"facture n° {answer.number} du professionnel {answer.practitioner}{codes} : {reason}")
