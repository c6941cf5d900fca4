"""What is said of the people who work at the desk: their roles, how they are recognised, what became of the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from models.domain.operators import Operator, Role
from tui.text import display
from tui.text.words import Words

ROLES: Final = Words({Role.RECEPTION: "accueil", Role.PRACTITIONER: "praticien", Role.MANAGER: "responsable"}, "abîmé")
"""How each is written, and typed."""

_NAME, _ROLE = 24, 12
"""Cells of a column."""


def operator_lines(listed: Iterable[Operator]) -> Iterator[str]:
    """A heading and a line each, who left last; nothing of nobody."""
    ordered = sorted(listed, key=lambda one: (not one.active, one.name.casefold()))
    if ordered:
        yield f"{display.fit('Nom', _NAME)} {display.fit('Rôle', _ROLE)} Reconnu par"
    for one in ordered:
        role = ROLES[one.role] if one.active else "retiré"
        yield f"{display.fit(one.name, _NAME)} {display.fit(role, _ROLE)} {_recognised(one)}".rstrip()


def enrolled(operator: Operator, *, anew: bool) -> str:
    """What was done."""
    what = "ajouté à la liste" if anew else "modifié"
    return f"{operator.name} : {what}, rôle {ROLES[operator.role]}, {_proof(operator)}."


def retired(name: str, *, listed: bool) -> str:
    """What was done."""
    if listed:
        return f"{name} : retiré de la liste, n’ouvre plus Accueil ; le journal garde son nom."
    return f"{name} : retiré ; la liste est vide, chacun travaille de nouveau sous le nom de son compte."


def _recognised(operator: Operator) -> str:
    if not operator.active:
        return ""
    proofs = (f"compte {operator.account}" if operator.account else "", operator.key)
    return display.clean(" ou ".join(filter(None, proofs)) or "son nom seul", 100)


def _proof(operator: Operator) -> str:
    return f"reconnu par {_recognised(operator)}" if operator.is_bound else "reconnu par son nom seul, sans preuve"
