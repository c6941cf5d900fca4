"""`accueil operateurs`: who may work at the desk, in which role and how recognised; the list, or a change of it."""

from __future__ import annotations

import json
import sys
from getpass import getpass

from models.commands.operators import enrol, retire
from models.commands.unlock_code import choose_code
from models.domain.operators import Operator, Role
from models.domain.refusals import Refused
from models.queries.operators import operators
from tui.command_line.named_practice import NamedPractice
from tui.command_line.session import session_of
from tui.command_line.speech import REFUSED, out, talk
from tui.text import display
from tui.text.operators import enrolled, operator_lines, retired
from tui.text.refusals import refusal_sentence


def show(practice: NamedPractice, output: str) -> int:
    """Print the list; the exit code."""
    session_of(practice).open()
    listed = operators()
    if output == "json":
        out(json.dumps([_record(one) for one in listed], indent=1))
        return 0
    if not any(one.active for one in listed):
        talk("Personne n’est dans la liste : chacun travaille sous le nom de son compte, ou sous celui qu’il donne.")
    for line in operator_lines(listed):
        out(line)
    return 0


def add(practice: NamedPractice, name: str, role: Role | None, account: str | None, key: str | None) -> int:
    """Put somebody on the list, or change what it says of them; what was not typed stays. The exit code."""
    session = session_of(practice)
    session.open()
    known = next((one for one in operators() if one.name.casefold() == name.casefold()), None)
    before = known or Operator(name, Role.RECEPTION)
    wanted = before._replace(
        role=before.role if role is None else role,
        account=before.account if account is None else account,
        key=before.key if key is None else key,
    )
    outcome = enrol(wanted, session.author())
    if isinstance(outcome, Refused):
        return _refused(outcome)
    out(display.clean(enrolled(outcome.operator, anew=outcome.anew), 200))
    return 0


def remove(practice: NamedPractice, name: str) -> int:
    """Let somebody work here no more; the exit code."""
    session = session_of(practice)
    session.open()
    outcome = retire(name, session.author())
    if isinstance(outcome, Refused):
        return _refused(outcome)
    out(display.clean(retired(outcome.name, listed=outcome.listed), 200))
    return 0


def choose(practice: NamedPractice) -> int:
    """Ask on the terminal, twice, for a code of one's own; the exit code."""
    session = session_of(practice)
    session.open()
    if sys.__stdin__ is None or not sys.__stdin__.isatty():
        talk("Le code se tape au terminal, jamais dans une commande ni un fichier.")
        return REFUSED
    code = getpass(f"Nouveau code de {display.clean(session.operator, 60)} : ")
    if getpass("Encore une fois : ") != code:
        talk("Les deux codes ne sont pas les mêmes : rien n’a été changé.")
        return REFUSED
    outcome = choose_code(code, session.author())
    if isinstance(outcome, Refused):
        return _refused(outcome)
    out("Code changé.")
    return 0


def _refused(outcome: Refused) -> int:
    talk(display.clean(refusal_sentence(outcome), 300))
    return REFUSED


def _record(operator: Operator) -> dict[str, object]:
    """As the other programs get it."""
    return {
        "name": operator.name,
        "role": operator.role,
        "account": operator.account,
        "ssh_key": operator.key,
        "active": operator.active,
    }
