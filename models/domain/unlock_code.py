"""The code with which a person unlocks the desk, as it is kept: argon2id, never the code itself."""

from __future__ import annotations

from typing import Final

SHORTEST: Final = 6
"""Characters: with `TRIES` before the program ends, guessing at the desk finds nothing."""

TRIES: Final = 5
"""How often a wrong code may be typed."""

_MEMORY, _TIME, _LANES = 19_456, 2, 1
"""KiB, passes, lanes: OWASP's least for argon2id; 37 ms, and twenty desks at once take 380 MiB."""


def hash_code(code: str) -> str:
    """What is kept of a code."""
    from argon2 import PasswordHasher  # asked when a code is chosen or typed only

    return PasswordHasher(time_cost=_TIME, memory_cost=_MEMORY, parallelism=_LANES).hash(code)


def code_fits(hashed: str, code: str) -> bool:
    """Whether this is the code of which that was kept."""
    from argon2 import PasswordHasher
    from argon2.exceptions import Argon2Error, InvalidHashError

    try:
        return PasswordHasher().verify(hashed, code)
    except (Argon2Error, InvalidHashError):
        return False
