"""The days of care: none in the future, none so old that the claim has lapsed."""

from __future__ import annotations

from collections.abc import Iterator

from models.checks.case import Case
from models.checks.finding import Finding
from models.reference.workdays import prescription_limit

CHECK = "dates"
FUTURE = "Un acte se facture quand il a été fait"
LAPSED = "Prescription de deux ans à compter du trimestre suivant les soins (L.332-1 CSS)"


def check(case: Case) -> Iterator[Finding]:
    """Each line's day against today."""
    for position, act in enumerate(case.draft.acts, start=1):
        if act.done_on > case.today:
            message = f"Ligne {position} : l’acte du {act.done_on:%d/%m/%Y} est dans le futur."
            yield Finding(CHECK, "blocking", "lines", message, FUTURE, position)
        elif case.today >= prescription_limit(act.done_on):
            message = f"Ligne {position} : soins du {act.done_on:%d/%m/%Y}, délai de deux ans dépassé."
            yield Finding(CHECK, "advice", "lines", message, LAPSED, position)
