"""The prescription's date (0470 049): there is one, not after the care, not long before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from models.checks.case import Case
from models.checks.finding import Finding

CHECK = "prescription"
SOURCE = "Rejet 0470 049 ; date d’acte entre la date de prescription et la date de facturation (domaine.md §2.5)"
SENSIBLE: Final = timedelta(days=365)
"""A prescription older than a year at the first act deserves a second look; general knowledge, so advice only."""


def check(case: Case) -> Iterator[Finding]:
    """Its day against today and against each line."""
    prescribed = case.draft.prescribed_on
    if prescribed is None:
        yield Finding(CHECK, "blocking", "prescribed_on", "Date de prescription à saisir.", SOURCE)
        return
    if prescribed > case.today:
        yield Finding(CHECK, "blocking", "prescribed_on", "La date de prescription est dans le futur.", SOURCE)
        return
    for position, act in enumerate(case.draft.acts, start=1):
        if act.done_on < prescribed:
            message = f"La prescription est postérieure à l’acte de la ligne {position} : l’une des dates est fausse."
            yield Finding(CHECK, "blocking", "prescribed_on", message, SOURCE, position)
            return
    if case.days and case.days[0] - prescribed > SENSIBLE:
        message = f"Prescription du {prescribed:%d/%m/%Y}, plus d’un an avant l’acte : vérifiez l’ordonnance."
        yield Finding(CHECK, "advice", "prescribed_on", message, SOURCE)
