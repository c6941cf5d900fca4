"""Whether somebody has a code that unlocks the desk, and whether a code is theirs."""

from __future__ import annotations

from models.domain.unlock_code import code_fits
from models.store.faults import spoken
from models.tables.operators import UnlockCode


@spoken()
def has_code(operator: str) -> bool:
    """Whether this person has chosen a code.

    Raises:
        PracticeFault: the database cannot be read.
    """
    return UnlockCode.select().where(UnlockCode.operator == operator, UnlockCode.hashed != "").exists()


@spoken()
def unlocks(operator: str, code: str) -> bool:
    """Whether this is this person's code.

    Raises:
        PracticeFault: the database cannot be read.
    """
    kept = UnlockCode.get_or_none(UnlockCode.operator == operator)
    return kept is not None and code_fits(kept.hashed, code)
