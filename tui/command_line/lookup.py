"""The invoice that a typed number means: two practitioners may share one."""

from __future__ import annotations

from models.domain.faults import PracticeFault
from models.queries.sheets import NumberMatch, find_number
from tui.command_line.typed import TypedNumber
from tui.text.display import clean


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
