"""The days of care: none in the future, none so old that the claim has lapsed."""

from __future__ import annotations

from collections.abc import Iterator

from models.checks.case import Case
from models.checks.finding import Finding, told
from models.checks.rules import rule
from models.reference.workdays import prescription_limit


def check(case: Case) -> Iterator[Finding]:
    """Each line's day against today, the day of billing and the limit of the claim."""
    billed = case.sheet.billed_on
    for position, act in enumerate(case.draft.acts, start=1):
        if act.done_on > case.today:
            yield _told("dates.done", position, f"acte du {act.done_on:%d/%m/%Y} dans le futur, à corriger")
        elif act.done_on > billed:
            what = f"acte du {act.done_on:%d/%m/%Y}, après la facturation du {billed:%d/%m/%Y} : à relire"
            yield _told("dates.billed", position, what)
        elif case.today >= prescription_limit(act.done_on) and not case.accepted:
            what = f"soins du {act.done_on:%d/%m/%Y}, délai de deux ans passé : voyez la caisse"
            yield _told("dates.lapsed", position, what)


def _told(name: str, position: int, what: str) -> Finding:
    return told(rule(name), "lines", f"Ligne {position} : {what}.", line=position)
