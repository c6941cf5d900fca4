"""Which answers wait for a decision, which stand, in SQL: text alone, for the first rows come before the library."""

from __future__ import annotations

from typing import Final

from models.domain.exchanges import AnswerOutcome, Decision

_PLAIN: Final = ", ".join(f"'{outcome}'" for outcome in AnswerOutcome if not outcome.aside)

ASIDE: Final = f"settled = '{Decision.NONE}' AND outcome NOT IN ({_PLAIN})"
"""Word for word as the index of the answers has it: SQLite reads the index for these words only."""

TAKEN: Final = f"(outcome = '{AnswerOutcome.APPLIED}' OR settled = '{Decision.TAKEN}')"
"""The answers that stand: applied as they came, or taken by a person."""
