"""`accueil sauvegarder`: a copy of the practice while desks work, checked; when the one before was made."""

from __future__ import annotations

from pathlib import Path

from models.commands.back_up import back_up
from models.queries.backups import last_backup
from tui.command_line.named_practice import NamedPractice
from tui.command_line.progress import in_steps
from tui.command_line.session import session_of
from tui.command_line.speech import out
from tui.text.backups import before_line, done_lines


def run(practice: NamedPractice, folder: str | None) -> int:
    """Make a backup; the exit code."""
    session = session_of(practice)
    place = session.open().place
    before = last_backup()
    with in_steps("Sauvegarde (Mo)") as kept:
        made = back_up(place, Path(folder).expanduser() if folder else None, session.author(), kept.step)
    for line in done_lines(made):
        out(line)
    out(before_line(before))
    return 0
