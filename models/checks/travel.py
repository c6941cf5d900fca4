"""Travel against act (0540 057): each travel line comes right after an act of the same day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.checks.finding import Finding
from models.queries.sheets import InvoiceSheet
from models.reference.acts import is_travel

CHECK = "déplacement"
SOURCE = "Mémo CPAM Gironde, 0540 057 : saisir le déplacement après l’acte facturé ; ordre acte, IF, IK (F909)"


def check(sheet: InvoiceSheet, today: date) -> Iterator[Finding]:
    """A travel line before any act of its day would come back as 0540 057."""
    seen: set[date] = set()
    for position, act in enumerate(sheet.draft.acts, start=1):
        if not is_travel(act.code):
            seen.add(act.done_on)
        elif act.done_on not in seen:
            message = f"Ligne {position} : {act.code} sans acte du même jour avant elle ; placez-la après son acte."
            yield Finding(CHECK, "blocking", "lines", message, SOURCE, position)
