"""Tenir la liste des utilisateurs: who may work at the desk, in which role, and how each is recognised."""

from __future__ import annotations

from dataclasses import dataclass

from models.commands.change import Change, open_change
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.operators import Operator, Role
from models.domain.refusals import Refusal, Refused
from models.tables.operators import ListedOperator, UnlockCode, listed_operators


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Done: the person is on the list as this says; `anew` where they were not."""

    operator: Operator
    anew: bool


@dataclass(frozen=True, slots=True)
class Retired:
    """Done: the person works here no more; `listed` False where nobody is on the list any longer."""

    name: str
    listed: bool


def enrol(wanted: Operator, author: Author) -> Enrolled | Refused:
    """Put somebody on the list, or give somebody who is on it, or was, another role, account or key.

    Args:
        wanted: as they are to be; a name that is there already in other capitals is that person.
        author: who decides.

    Raises:
        PracticeFault: the database refused; nothing was changed.
    """
    with open_change(author, Action.OPERATORS) as change:
        listed = listed_operators()
        there = [one for one in listed if one.active]
        known = next((one for one in listed if one.name.casefold() == wanted.name.casefold()), None)
        others = [one for one in there if known is None or one.name != known.name]
        if wanted.role is not Role.MANAGER and not any(one.role is Role.MANAGER for one in others):
            return Refused(Refusal.LAST_MANAGER, typed=wanted.name) if there else Refused(Refusal.FIRST_IS_MANAGER)
        taken = next((one for one in others if _same_binding(one, wanted)), None)
        if taken is not None:
            return Refused(Refusal.BINDING_TAKEN, typed=taken.name)
        operator = wanted._replace(name=known.name if known else wanted.name, active=True)
        _write(change, operator, known)
        return Enrolled(operator, anew=known is None or not known.active)


def retire(name: str, author: Author) -> Retired | Refused:
    """Let somebody work here no more; the journal goes on naming them, and what unlocked the desk for them goes.

    The only manager may leave only as the last one of all: then there is no list any more, as before there was one.

    Args:
        name: as the list has it, in whatever capitals.
        author: who decides.

    Raises:
        PracticeFault: the database refused; nothing was changed.
    """
    with open_change(author, Action.OPERATORS) as change:
        there = [one for one in listed_operators() if one.active]
        known = next((one for one in there if one.name.casefold() == name.casefold()), None)
        if known is None:
            return Refused(Refusal.NOT_LISTED, typed=name)
        others = [one for one in there if one.name != known.name]
        if others and not any(one.role is Role.MANAGER for one in others):
            return Refused(Refusal.LAST_MANAGER, typed=known.name)
        _write(change, known._replace(active=False), known)
        UnlockCode.update(hashed="").where(UnlockCode.operator == known.name).execute()
        return Retired(known.name, listed=bool(others))


def _write(change: Change, operator: Operator, known: Operator | None) -> None:
    columns = {
        "role": operator.role,
        "account": operator.account,
        "ssh_key": operator.key,
        "active": operator.active,
    }
    if known is None:
        ListedOperator.create(name=operator.name, **columns)
    else:
        ListedOperator.update(columns).where(ListedOperator.name == operator.name).execute()
    row_id = ListedOperator.get(ListedOperator.name == operator.name).id
    change.record(f"operator {row_id}", {"role": operator.role, "active": operator.active, "bound": operator.is_bound})


def _same_binding(one: Operator, other: Operator) -> bool:
    return bool((one.account and one.account == other.account) or (one.key and one.key == other.key))
