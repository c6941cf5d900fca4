"""Order of the lines (F909, F90D): act, then travel (IF, MD), then kilometres (IK), nothing of another day between."""

from __future__ import annotations

from collections.abc import Iterator

from models.checks.attached import attached, owners, severity
from models.checks.case import Case
from models.checks.finding import Finding
from models.domain.faults import Remedy
from models.domain.findings import CheckName, FindingLevel
from models.reference.acts import is_travel, line_rank

SOURCE = "F909 : positionner l’acte, puis l’IF ou la MD, puis l’IK (aide Maieuticapp)"


def check(case: Case) -> Iterator[Finding]:
    """Travel behind the kilometres that complete it, or cut off from its act by another day's line."""
    acts = case.draft.acts
    owner = owners(acts)
    kilometres: dict[int, str] = {}
    for position, line in enumerate(acts, start=1):
        behind = owner[position - 1]
        if not attached(line) or behind is None:
            continue
        if is_travel(line.code) and line_rank(line.code) == 1 and behind in kilometres:
            message = f"Ligne {position} : {line.code} après {kilometres[behind]} ; l’ordre est acte, IF, IK."
            yield Finding(CheckName.ORDER, severity(line), "lines", message, SOURCE, position, Remedy.ORDER_LINES)
        if line_rank(line.code) > 1:
            kilometres.setdefault(behind, line.code)
        if acts[position - 2].done_on != line.done_on:
            message = f"Ligne {position} : {line.code} loin de l’acte du même jour : rapprochez-les."
            yield Finding(CheckName.ORDER, FindingLevel.ADVICE, "lines", message, SOURCE, position, Remedy.ORDER_LINES)
