"""Order of the lines (F909, F90D): act, then travel (IF, MD), then kilometres (IK)."""

from __future__ import annotations

from collections.abc import Iterator

from models.checks.case import Case
from models.checks.finding import Finding
from models.reference.acts import is_travel, line_rank

CHECK = "ordre des lignes"
SOURCE = "F909 : positionner l’acte, puis l’IF ou la MD, puis l’IK (aide Maieuticapp)"


def check(case: Case) -> Iterator[Finding]:
    """Kilometres before the travel that they complete, or travel cut off from its act by another day's line."""
    acts = case.draft.acts
    for position, act in enumerate(acts[1:], start=2):
        before = acts[position - 2]
        if not is_travel(act.code):
            continue
        if before.done_on == act.done_on and line_rank(before.code) > line_rank(act.code):
            message = f"Ligne {position} : {act.code} après {before.code} ; l’ordre est acte, IF, puis IK."
            yield Finding(CHECK, "blocking", "lines", message, SOURCE, position)
        elif before.done_on != act.done_on and any(other.done_on == act.done_on for other in acts[: position - 1]):
            message = f"Ligne {position} : {act.code} séparée de l’acte du même jour ; rapprochez-les."
            yield Finding(CHECK, "advice", "lines", message, SOURCE, position)
