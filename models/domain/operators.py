"""Who may work at the desk, and who may do what: the list of a practice, as plain values.

Named tuples, as the first page asks for them before the tables' library is loaded.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

from models.domain.actions import Action
from models.domain.refusals import Refusal, Refused


class Role(StrEnum):
    """What an operator answers for; the values are stored.

    A practitioner may do what the reception may: the role says whose secrecy it is, for who reads the list.
    """

    RECEPTION = "reception"
    PRACTITIONER = "practitioner"
    MANAGER = "manager"


MANAGERS_ALONE: Final = frozenset(
    {
        Action.RESERVE_NUMBERS,
        Action.SETTLE_RETURN,
        Action.OPERATORS,
        Action.PURGE,
        Action.RESTORE,
        Action.MOVE,
        Action.CHANGE_KEY,
        Action.EXPORT_KEY,
    }
)
"""What cannot be mended by who comes after: ranges of numbers, a return whose totals are wrong, the list itself, where
the practice lives, who can read it without the program, and what is gone for good. Everything else is anyone's who is
on the list."""


class Operator(NamedTuple):
    """One person of the list; `account` and `key` are what proves who it is, each '' where nothing is asked for."""

    name: str
    role: Role
    account: str = ""
    """Of the system."""
    key: str = ""
    """The fingerprint of an SSH key."""
    active: bool = True

    @property
    def is_bound(self) -> bool:
        """Whether the name alone is not enough."""
        return bool(self.account or self.key)


class Claim(NamedTuple):
    """What is known of who opens the practice."""

    name: str | None
    """As it was typed, or forced upon the key by the server; None where nobody said one."""
    account: str
    key: str = ""
    """The fingerprint of the key that the SSH server accepted; '' where it does not tell."""


def recognise(claim: Claim, listed: Iterable[Operator]) -> str | Refused:
    """Under which name this person works, or why not.

    Where nobody is on the list it is not used: the name that was said counts, else the account's. Otherwise a name that
    was said must be on it, and its account or key must be the one at hand, if it has one; without a name the key tells,
    then the account.
    """
    there = [operator for operator in listed if operator.active]
    if not there:
        return claim.account if claim.name is None else claim.name
    if claim.name is not None:
        named = next((one for one in there if one.name.casefold() == claim.name.casefold()), None)
        if named is None:
            return Refused(Refusal.NOT_LISTED, typed=claim.name)
        return named.name if _is_proven(named, claim) else Refused(Refusal.NOT_PROVEN, typed=named.name)
    by_key = (one for one in there if one.key and one.key == claim.key)
    by_account = (one for one in there if one.account == claim.account)
    by_name = (one for one in there if not one.is_bound and one.name == claim.account)
    found = next((one for tellers in (by_key, by_account, by_name) for one in tellers), None)
    return Refused(Refusal.NOT_LISTED, typed=claim.account) if found is None else found.name


def why_not(name: str, action: Action, listed: Iterable[Operator]) -> Refused | None:
    """Why this person may not do this; None where they may. The refusal names who may."""
    there = {operator.name: operator for operator in listed if operator.active}
    if not there:
        return None
    if name not in there:
        return Refused(Refusal.NOT_LISTED, typed=name)
    if action in MANAGERS_ALONE and there[name].role is not Role.MANAGER:
        managers = (operator.name for operator in there.values() if operator.role is Role.MANAGER)
        return Refused(Refusal.MANAGERS_ALONE, typed=", ".join(managers))
    return None


def fingerprint(key: str) -> str:
    """The fingerprint of a public key, as `ssh-keygen -l` writes it; one that is a fingerprint already stays.

    Args:
        key: « ssh-ed25519 AAAA… name » as a file ending in .pub holds it, or « SHA256:… ».

    Raises:
        ValueError: it is neither.
    """
    import base64  # asked where a list is kept or a key is told only
    import binascii
    import hashlib
    import re

    words = key.split()
    if len(words) == 1 and re.fullmatch(r"SHA256:[A-Za-z0-9+/]{43}", words[0]):
        return words[0]
    try:
        kind, data = words[0], base64.b64decode(words[1], validate=True)
    except (IndexError, binascii.Error):
        raise ValueError(key) from None
    if int.from_bytes(data[:4], "big") != len(kind) or data[4 : 4 + len(kind)] != kind.encode():
        raise ValueError(key)
    return "SHA256:" + base64.b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")


def _is_proven(operator: Operator, claim: Claim) -> bool:
    if not operator.is_bound:
        return True
    by_account = bool(operator.account) and operator.account == claim.account
    return by_account or (bool(operator.key) and operator.key == claim.key)
