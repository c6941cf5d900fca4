"""`accueil relever`: read NOEMIE returns; what was applied, and what was kept aside with the reason."""

from __future__ import annotations

import hashlib

from models.commands.receive import Received, receive_return
from models.domain.damage import stored_moment
from models.domain.exchanges import AnswerOutcome
from models.queries.preview import preview_return
from models.queries.returns import AsideAnswer, aside_answers
from tui.command_line.files import each_file
from tui.command_line.named_practice import NamedPractice
from tui.command_line.progress import bar
from tui.command_line.session import Session, session_of
from tui.command_line.speech import out, talk
from tui.text.decisions import HELD, answered
from tui.text.display import clean, money, plural
from tui.text.movements import movement_line
from tui.text.noted import note_clause
from tui.text.previews import preview_lines
from tui.text.state_words import ASIDE, STATES


def run(practice: NamedPractice, files: list[str]) -> int:
    """Read each return; the exit code."""
    session = session_of(practice)
    session.open()
    return each_file(files, "noemie", lambda data, name: _take(session, data, name))


def see(practice: NamedPractice, files: list[str]) -> int:
    """Say what each return holds, and take none; the exit code."""
    session_of(practice).open()
    return each_file(files, "noemie", _see)


def _see(data: bytes, name: str) -> None:
    for line in preview_lines(name, preview_return(data, hashlib.sha256(data).hexdigest())):
        out(line)


def _take(session: Session, data: bytes, name: str) -> None:
    known = {answer.id for answer in aside_answers()}
    with bar(name, len(data)) as step:
        outcome = receive_return(data, name, session.author(), step)
    if not isinstance(outcome, Received):
        moment = stored_moment(outcome.received_at).astimezone()
        out(f"{name} : déjà relevé le {moment:%d/%m/%Y à %H:%M}, rien n’a changé.")
        return
    out(f"{name} : {_summary(outcome)}.")
    for sentence in outcome.wrong_totals:
        out(clean(f"  {sentence}", 1000))
    for movement in outcome.movements:
        out(f"  {movement_line(movement)}")
    for warning in outcome.warnings:
        talk(clean(f"{name} : {warning}", 1000))
    if outcome.held:
        out(f"  {HELD}")
        talk(f"Décidez : accueil trancher --retour {outcome.return_id} --appliquer (ou --ecarter).")
    elif outcome.aside:
        for answer in aside_answers():
            if answer.id not in known and answer.file_name == name:
                out(f"  {aside_sentence(answer)}")


def _summary(outcome: Received) -> str:
    applied, again = outcome.outcomes.get(AnswerOutcome.APPLIED, 0), outcome.outcomes.get(AnswerOutcome.DUPLICATE, 0)
    parts = [
        plural(outcome.answers, "réponse", "réponses"),
        plural(applied, "appliquée", "appliquées"),
        f"{money(outcome.paid)} € {'annoncés' if outcome.held else 'payés'}",
    ]
    for state, words in STATES.items():
        if words.counted is not None and (count := outcome.states.get(state, 0)):
            parts.append(plural(count, *words.counted))
    if outcome.confirmed:
        parts.append(plural(outcome.confirmed, "note confirmée", "notes confirmées"))
    if again:
        parts.append(plural(again, "déjà connue", "déjà connues"))
    if outcome.aside:
        parts.append(plural(outcome.aside, "mise de côté, à trancher", "mises de côté, à trancher"))
    return ", ".join(parts)


def aside_sentence(answer: AsideAnswer) -> str:
    """Which answer waits, and why."""
    reason = ASIDE[answer.outcome].clause
    codes = f" (rejet {', '.join(answer.codes)})" if answer.codes else ""
    noted = f" ; notée {note_clause(answer.noted)}" if answer.noted else ""
    what = answered(answer.document, answer.number)
    return clean(f"{what} du professionnel {answer.practitioner}{codes} : {reason}{noted}", 1000)
