"""`accueil restaurer`: a copy in the base's place; without --oui it is only said what would be done."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from models.commands.restore import preparing, restore
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.refusals import RefusedFault
from models.queries.operators import may_not, operator_of
from tui.command_line import verifying
from tui.command_line.named_practice import NamedPractice
from tui.command_line.progress import between_steps, in_steps
from tui.command_line.session import session_of
from tui.command_line.speech import out, talk
from tui.text.restoring import done_lines, plan_lines


def run(practice: NamedPractice, copy: str | None, key: str | None, *, confirmed: bool) -> int:
    """Say what would be restored, or restore it and verify the practice; the exit code."""
    session = session_of(practice)
    with ExitStack() as ready:
        with in_steps("Contrôle de la copie") as kept:
            plan = ready.enter_context(preparing(session.practice, _path(copy), _path(key), kept.step))
        operator = operator_of(session.claim)
        if refused := may_not(operator, Action.RESTORE):
            raise RefusedFault(refused)
        for line in plan_lines(plan):
            out(line)
        if not confirmed:
            talk("Rien n’a été changé : quittez Accueil sur tous les postes, puis ajoutez --oui pour le faire.")
            return 0
        with between_steps(None):  # from here on it is done
            restored = restore(plan, Author.now(operator))
    for line in done_lines(restored):
        out(line)
    return verifying.run(practice)


def _path(typed: str | None) -> Path | None:
    return Path(typed).expanduser() if typed else None
