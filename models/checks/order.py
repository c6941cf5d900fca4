"""Order of the lines (F909, F90D): act, then travel (IF, MD), then kilometres (IK), nothing of another day between."""

from __future__ import annotations

from collections.abc import Iterator

from models.checks.attached import attached, owners, sourced
from models.checks.case import Case
from models.checks.finding import Finding, told
from models.domain.faults import Remedy
from models.reference.acts import is_travel, line_rank


def check(case: Case) -> Iterator[Finding]:
    """Travel behind the kilometres that complete it, or cut off from its act by another day's line."""
    acts = case.draft.acts
    if not any(map(attached, acts)):
        return
    owner = owners(acts)
    kilometres: dict[int, str] = {}
    for position, line in enumerate(acts, start=1):
        behind = owner[position - 1]
        if not attached(line) or behind is None:
            continue
        by = case.exercises[position - 1]
        if is_travel(line.code) and line_rank(line.code) == 1 and behind in kilometres:
            ordered = case.rule_of("order.kilometres", position - 1)
            if ordered is not None:
                what = f"Ligne {position} : {line.code} après {kilometres[behind]} ; l’ordre est acte, IF, IK."
                stops = sourced(line, by.profession)
                yield told(ordered, "lines", what, line=position, stops=stops, by=by, remedy=Remedy.ORDER_LINES)
        if line_rank(line.code) > 1:
            kilometres.setdefault(behind, line.code)
        if acts[position - 2].done_on != line.done_on:
            together = case.rule_of("order.together", position - 1)
            if together is not None:
                what = f"Ligne {position} : {line.code} loin de l’acte du même jour : rapprochez-les."
                yield told(together, "lines", what, line=position, remedy=Remedy.ORDER_LINES)
