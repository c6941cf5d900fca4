"""Which answers wait for a decision, in SQL: text alone, for the first rows are read before the tables' library."""

from __future__ import annotations

from typing import Final

from models.domain.exchanges import AnswerOutcome, Decision

_PLAIN: Final = ", ".join(f"'{outcome}'" for outcome in AnswerOutcome if not outcome.aside)

ASIDE: Final = f"settled = '{Decision.NONE}' AND outcome NOT IN ({_PLAIN})"
"""Word for word as the index of the answers has it: SQLite reads the index for these words only."""
