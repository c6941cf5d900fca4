"""Which answers wait for a decision, which stand, in SQL: text alone, for the first rows come before the library."""

from __future__ import annotations

from typing import Final

from models.domain.exchanges import AnswerOutcome, Decision

_PLAIN: Final = ", ".join(f"'{outcome}'" for outcome in AnswerOutcome if not outcome.aside)

ASIDE: Final = f"settled = '{Decision.NONE}' AND outcome NOT IN ({_PLAIN})"
"""Word for word as the index of the answers has it: SQLite reads the index for these words only."""

TAKEN: Final = (
    f"(settled = '{Decision.TAKEN}' OR outcome = '{AnswerOutcome.APPLIED}' AND settled <> '{Decision.WITHDRAWN}')"
)
"""The answers that stand: applied as they came, or taken by a person, and not withdrawn since."""

REPEATS: Final = f"settled = '{Decision.NONE}' AND outcome = '{AnswerOutcome.DUPLICATE}'"
"""The answers that said what was known: of a note, they confirm it."""

NOT_WITHDRAWN: Final = f"settled <> '{Decision.WITHDRAWN}'"
"""The answers that were said and not taken back, whatever was made of them."""
