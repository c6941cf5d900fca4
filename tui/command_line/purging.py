"""`accueil purger`: take the names of old patients out; without --oui it is only said what would be done."""

from __future__ import annotations

from datetime import date

from models.commands.purge import purge, what_goes
from models.domain.actions import Action
from models.domain.refusals import Refused, RefusedFault
from models.queries.operators import may_not
from tui.command_line.named_practice import NamedPractice
from tui.command_line.progress import in_steps
from tui.command_line.session import session_of
from tui.command_line.speech import REFUSED, out, talk
from tui.text.purge import done, planned
from tui.text.refusals import refusal_sentence


def run(practice: NamedPractice, before: date, *, confirmed: bool) -> int:
    """Say what would be purged, or purge; the exit code."""
    session = session_of(practice)
    place = session.open().place
    if refused := may_not(session.operator, Action.PURGE):
        raise RefusedFault(refused)
    with in_steps("Recherche des patients") as kept:
        wanted = what_goes(place, before, session.author(), kept.step)
    if isinstance(wanted, Refused):
        return _refused(wanted)
    for line in planned(wanted):
        out(line)
    if not confirmed:
        talk("Rien n’a été changé : ajoutez --oui pour le faire, après une sauvegarde et les autres postes fermés.")
        return 0
    if wanted.patients:
        talk("Purge en cours : Ctrl+C l’arrête tant que la barre avance ; ensuite, laissez-la finir.")
    with in_steps("Purge") as kept:
        outcome = purge(place, before, session.author(), kept.step)
    if isinstance(outcome, Refused):
        return _refused(outcome)
    for line in done(outcome):
        out(line)
    return REFUSED if outcome.left else 0


def _refused(refused: Refused) -> int:
    talk(refusal_sentence(refused))
    return REFUSED
