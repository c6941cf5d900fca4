"""Who is on the list, under which name somebody works, and whether they may do something, before they are asked."""

from __future__ import annotations

from models.domain.actions import Action
from models.domain.operators import Claim, Operator, recognise, why_not
from models.domain.refusals import Refused, RefusedFault
from models.store.faults import spoken
from models.tables.operators import listed_operators


@spoken()
def operators() -> list[Operator]:
    """Everyone on the list, who left too.

    Raises:
        PracticeFault: the database cannot be read.
    """
    return listed_operators()


@spoken()
def operator_of(claim: Claim) -> str:
    """Under which name this person works in the open practice.

    Raises:
        RefusedFault: they are not on its list.
        PracticeFault: the database cannot be read.
    """
    name = recognise(claim, listed_operators())
    if isinstance(name, Refused):
        raise RefusedFault(name)
    return name


@spoken()
def may_not(name: str, action: Action) -> Refused | None:
    """Why this person may not do this; None where they may.

    Raises:
        PracticeFault: the database cannot be read.
    """
    return why_not(name, action, listed_operators())
