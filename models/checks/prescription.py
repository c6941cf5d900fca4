"""The prescription's date (0470 049): there is one, not after the care, not long before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from models.checks.case import Case
from models.checks.finding import Finding
from models.domain.findings import CheckName, FindingLevel
from models.reference.identifiers import numeric_finess

SOURCE = "Rejet 0470 049 ; date d’acte entre la date de prescription et la date de facturation (models/FIELD.md §2.5)"
SENSIBLE: Final = timedelta(days=365)
"""A prescription older than a year at the first act deserves a second look; general knowledge, so advice only."""


def check(case: Case) -> Iterator[Finding]:
    """Its day against today and against each line, then what the caisse said of the same prescription."""
    prescribed = case.draft.prescribed_on
    if prescribed is None:
        level = FindingLevel.BLOCKING if case.by_physiotherapist else FindingLevel.ADVICE
        yield Finding(
            CheckName.PRESCRIPTION,
            level,
            "prescribed_on",
            "Date de prescription à saisir : lisez l’ordonnance.",
            SOURCE,
        )
        return
    if prescribed > case.today:
        message = f"Prescription du {prescribed:%d/%m/%Y}, dans le futur : relisez l’ordonnance."
        yield Finding(CheckName.PRESCRIPTION, FindingLevel.BLOCKING, "prescribed_on", message, SOURCE)
        return
    for position, act in enumerate(case.draft.acts, start=1):
        if act.done_on < prescribed:
            message = f"Prescription après l’acte du {act.done_on:%d/%m/%Y} (ligne {position}) : relisez les dates."
            yield Finding(CheckName.PRESCRIPTION, FindingLevel.BLOCKING, "prescribed_on", message, SOURCE, position)
            return
    if case.accepted:
        return
    if case.days and case.days[0] - prescribed > SENSIBLE:
        message = f"Prescription du {prescribed:%d/%m/%Y}, plus d’un an avant l’acte : à relire."
        yield Finding(CheckName.PRESCRIPTION, FindingLevel.ADVICE, "prescribed_on", message, SOURCE)
    same = (numeric_finess(case.draft.prescriber), prescribed)
    refused = [
        past for past in case.history.refused("0470") if (numeric_finess(past.prescriber), past.prescribed_on) == same
    ]
    if refused:
        message = f"Prescription déjà refusée (facture n° {refused[0].number}) : relisez date et prescripteur."
        yield Finding(CheckName.PRESCRIPTION, FindingLevel.ADVICE, "prescribed_on", message, SOURCE)
