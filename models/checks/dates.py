"""The dates: no care in the future, none before its prescription."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.checks.finding import Finding
from models.queries.sheets import InvoiceSheet

CHECK = "dates"
SOURCE = "Date d’acte entre la date de prescription et la date de facturation (domaine.md §2.5)"


def check(sheet: InvoiceSheet, today: date) -> Iterator[Finding]:
    """Each line's day against today and against the prescription."""
    draft = sheet.draft
    for position, act in enumerate(draft.acts, start=1):
        if act.done_on > today:
            message = f"Ligne {position} : l’acte du {act.done_on:%d/%m/%Y} est dans le futur."
            yield Finding(CHECK, "blocking", "lines", message, SOURCE, position)
    if draft.prescribed_on is None:
        return
    if draft.prescribed_on > today:
        yield Finding(CHECK, "blocking", "prescribed_on", "La date de prescription est dans le futur.", SOURCE)
    early = [position for position, act in enumerate(draft.acts, start=1) if act.done_on < draft.prescribed_on]
    if early:
        message = f"La prescription est postérieure à l’acte de la ligne {early[0]} : l’une des dates est fausse."
        yield Finding(CHECK, "blocking", "prescribed_on", message, SOURCE, early[0])
