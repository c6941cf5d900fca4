"""The days of care: none in the future, none so old that the claim has lapsed."""

from __future__ import annotations

from collections.abc import Iterator

from models.checks.case import Case
from models.checks.finding import Finding
from models.domain.findings import CheckName, FindingLevel
from models.reference.workdays import prescription_limit

FUTURE = "Un acte se facture quand il a été fait"
BILLED = "Date d’acte entre la date de prescription et la date de facturation (WinOrtho, models/FIELD.md §2.5)"
LAPSED = "Prescription de deux ans à compter du trimestre suivant les soins (L.332-1 CSS)"


def check(case: Case) -> Iterator[Finding]:
    """Each line's day against today, the day of billing and the limit of the claim."""
    billed = case.sheet.billed_on
    for position, act in enumerate(case.draft.acts, start=1):
        if act.done_on > case.today:
            yield _finding(
                FindingLevel.BLOCKING, position, f"acte du {act.done_on:%d/%m/%Y} dans le futur, à corriger", FUTURE
            )
        elif act.done_on > billed:
            what = f"acte du {act.done_on:%d/%m/%Y}, après la facturation du {billed:%d/%m/%Y} : à relire"
            yield _finding(FindingLevel.ADVICE, position, what, BILLED)
        elif case.today >= prescription_limit(act.done_on) and not case.accepted:
            what = f"soins du {act.done_on:%d/%m/%Y}, délai de deux ans passé : voyez la caisse"
            yield _finding(FindingLevel.ADVICE, position, what, LAPSED)


def _finding(level: FindingLevel, position: int, what: str, source: str) -> Finding:
    return Finding(CheckName.DATES, level, "lines", f"Ligne {position} : {what}.", source, position)
