"""The invoices named on the command line: looked up, then each taken or refused in its own sentence."""

from __future__ import annotations

from collections.abc import Callable

from models.commands.outcomes import Stale
from models.domain.faults import PracticeFault
from models.domain.refusals import Refused
from models.queries.sheets import NumberMatch, find_number
from tui.command_line.speech import REFUSED, talk
from tui.command_line.typed import TypedNumber
from tui.text.display import clean
from tui.text.faults import fault_sentence
from tui.text.refusals import refusal_sentence


def not_done(outcome: Refused | Stale) -> str:
    """Why an invoice stays as it is."""
    match outcome:
        case Refused():
            return refusal_sentence(outcome)
        case Stale():
            return "Un autre poste l’a changée entre-temps : relisez-la."


def each_invoice(
    numbers: list[TypedNumber], practitioner: str | None, take: Callable[[NumberMatch], str | None]
) -> int:
    """Take each invoice once; one that is refused does not stop the next.

    Args:
        numbers: as typed.
        practitioner: of `--professionnel`.
        take: gives why the invoice is refused, None where it is done.

    Returns:
        The exit code: 1 if an invoice was refused or is not known.
    """
    code, seen = 0, set[int]()
    for typed in numbers:
        try:
            match = meant(typed, practitioner)
            if match.id in seen:
                continue
            seen.add(match.id)
            reason = take(match)
        except PracticeFault as fault:
            code = REFUSED
            talk(clean(fault_sentence(fault), 1000))
            continue
        if reason is not None:
            code = REFUSED
            talk(clean(f"Facture n° {match.number} : {reason}", 1000))
    return code


def meant(typed: TypedNumber, practitioner: str | None) -> NumberMatch:
    """The one invoice that this number means.

    Args:
        typed: the number; a practitioner typed with it goes before the other.
        practitioner: of `--professionnel`.

    Raises:
        PracticeFault: no invoice bears it, or those of several practitioners do.
    """
    number, owner = typed.number, typed.practitioner or practitioner
    found = find_number(number, owner)
    if len(found) == 1:
        return found[0]
    if found:
        raise PracticeFault(
            f"La facture n° {number} existe chez {_owners(found)} : écrivez par exemple "
            f"{found[0].practitioner}:{number}, ou ajoutez --professionnel {found[0].practitioner}."
        )
    if owner and (others := find_number(number)):
        raise PracticeFault(f"La facture n° {number} n’est pas du professionnel {owner} mais de {_owners(others)}.")
    of_whom = f" pour le professionnel {owner}" if owner else ""
    raise PracticeFault(f"Aucune facture n° {number}{of_whom} dans ce cabinet : vérifiez avec accueil lister.")


def _owners(matches: list[NumberMatch]) -> str:
    return " et ".join(f"{match.practitioner} ({clean(match.practitioner_name)})" for match in matches)
