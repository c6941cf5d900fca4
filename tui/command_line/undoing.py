"""`accueil relever --defaire`: take a return back that was read by mistake."""

from __future__ import annotations

from pathlib import Path

from models.commands.take_back import TakenBack, undo_return
from models.domain.faults import PracticeFault
from models.queries.files import file_name
from models.queries.received_returns import ReceivedReturn, received_returns
from tui.command_line.named_practice import NamedPractice
from tui.command_line.progress import in_steps
from tui.command_line.session import session_of
from tui.command_line.speech import REFUSED, out, talk
from tui.text.display import clean
from tui.text.note_outcomes import kept_lines, undone_sentence


def run(practice: NamedPractice, typed: str) -> int:
    """Undo the return; the exit code.

    Args:
        practice: which, and who works.
        typed: the number of the return, as the list gives it, or the name of its file.

    Raises:
        PracticeFault: no one return is meant.
    """
    session = session_of(practice)
    session.open()
    meant = _meant(typed, received_returns())
    with in_steps("Factures à remettre") as kept:
        outcome = undo_return(meant.id, session.author(), kept.step)
    if isinstance(outcome, TakenBack):
        out(undone_sentence(outcome))
        return 0
    for line in kept_lines(outcome):
        talk(clean(f"Retour n° {meant.id} : {line}", 1000))
    return REFUSED


def _meant(typed: str, read: list[ReceivedReturn]) -> ReceivedReturn:
    """The return of this number, or the one of this file that still stands.

    Raises:
        PracticeFault: there is none, or several have the name.
    """
    if typed.isascii() and typed.isdecimal():
        found = [one for one in read if one.id == int(typed)]
    else:
        found = [one for one in read if one.file_name == file_name(Path(typed)) and not one.undone_at]
    if len(found) == 1:
        return found[0]
    if found:
        numbers = ", ".join(str(one.id) for one in found)
        raise PracticeFault(f"Plusieurs retours « {clean(typed)} » ont été relevés : donnez leur numéro ({numbers}).")
    raise PracticeFault(f"Aucun retour « {clean(typed)} » n’a été relevé : voyez accueil relever --liste.")
