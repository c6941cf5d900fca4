"""The prescription's date (0470 049): there is one where it is asked for, not after the care, not long before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from models.checks.case import Case
from models.checks.finding import Finding, told
from models.checks.rules import rule
from models.reference.identifiers import numeric_finess

SENSIBLE: Final = timedelta(days=365)
"""A prescription older than a year at the first act deserves a second look; general knowledge, so advice only."""


def check(case: Case) -> Iterator[Finding]:
    """Its day against today and against each line, then what the caisse said of the same prescription."""
    prescribed = case.draft.prescribed_on
    if prescribed is None:
        asked = None if case.accepted else case.asked("prescription.asked")
        if asked is not None:
            unless = f", sauf {asked.unless}" if asked.unless else ""
            yield told(asked, "prescribed_on", f"Date de prescription à saisir : lisez l’ordonnance{unless}.")
        return
    if prescribed > case.today:
        message = f"Prescription du {prescribed:%d/%m/%Y}, dans le futur : relisez l’ordonnance."
        yield told(rule("prescription.order"), "prescribed_on", message)
        return
    for position, act in enumerate(case.draft.acts, start=1):
        if act.done_on < prescribed:
            message = f"Prescription après l’acte du {act.done_on:%d/%m/%Y} (ligne {position}) : relisez les dates."
            yield told(rule("prescription.order"), "prescribed_on", message, line=position)
            return
    if case.accepted:
        return
    if case.days and case.days[0] - prescribed > SENSIBLE:
        message = f"Prescription du {prescribed:%d/%m/%Y}, plus d’un an avant l’acte : à relire."
        yield told(rule("prescription.recent"), "prescribed_on", message)
    same = (numeric_finess(case.draft.prescriber), prescribed)
    refused = [
        past for past in case.history.refused("0470") if (numeric_finess(past.prescriber), past.prescribed_on) == same
    ]
    if refused:
        message = f"Prescription déjà refusée (facture n° {refused[0].number}) : relisez date et prescripteur."
        yield told(rule("prescription.accepted"), "prescribed_on", message)
