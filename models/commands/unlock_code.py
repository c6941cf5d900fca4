"""Choisir un code: with what a person unlocks the desk that they locked, or left alone."""

from __future__ import annotations

from dataclasses import dataclass

from models.commands.change import open_change
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.refusals import Refusal, Refused
from models.domain.unlock_code import SHORTEST, hash_code
from models.tables.operators import UnlockCode


@dataclass(frozen=True, slots=True)
class CodeChosen:
    """Done: the code of before, if there was one, unlocks nothing more."""


def choose_code(code: str, author: Author) -> CodeChosen | Refused:
    """Give oneself a code; nobody chooses another's.

    Args:
        code: as typed.
        author: whose it is.

    Raises:
        PracticeFault: the database refused; nothing was changed.
    """
    if len(code) < SHORTEST:
        return Refused(Refusal.CODE_TOO_SHORT, SHORTEST)
    hashed = hash_code(code)
    with open_change(author, Action.UNLOCK_CODE) as change:
        if not UnlockCode.update(hashed=hashed).where(UnlockCode.operator == author.operator).execute():
            UnlockCode.create(operator=author.operator, hashed=hashed)
        change.record("unlock code")
        return CodeChosen()
