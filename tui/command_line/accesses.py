"""`accueil acces`: who looked at what; and the note of what a verb takes out."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date

from models.commands.note_accesses import Seen, note_accesses
from models.domain.accesses import Looked
from models.domain.faults import PracticeFault
from models.queries.accesses import AccessLine, accesses
from tui.command_line.named_practice import NamedPractice
from tui.command_line.session import Session, session_of
from tui.command_line.speech import out, talk
from tui.text.accesses import access_line


def run(practice: NamedPractice, since: date | None, output: str) -> int:
    """Print what was looked at from this day on, the oldest first; the exit code."""
    session_of(practice).open()
    found = accesses(since)
    if output == "json":
        out(json.dumps([_record(line) for line in found], indent=1))
        return 0
    for line in found:
        out(access_line(line))
    if not found:
        talk("Aucun accès noté.")
    return 0


def note(session: Session, looked: Looked, subject: str) -> None:
    """Note what is about to be printed; a copy that nobody may write to is read all the same."""
    with suppress(PracticeFault):
        note_accesses([Seen(looked, subject)], session.author())


def _record(line: AccessLine) -> dict[str, object]:
    return {
        "day": line.day.isoformat(),
        "at": line.at.isoformat(),
        "operator": line.operator,
        "looked": line.looked,
        "subject": line.subject,
        "last_name": line.last_name,
        "first_name": line.first_name,
    }
