"""The number or date of an accident, the date of a maternity: what the nature of insurance asks beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from models.checks.case import Case
from models.checks.finding import Finding
from models.domain.findings import CheckName, FindingLevel

SOURCE = "SFG FIDES ACE v06.08, page 346 : nature 41, numéro de l’accident, à défaut sa date"
LIKELY = "Format B2, type 2, positions 80-94 (connaissance générale)"
WORK_ACCIDENT, MATERNITY = "41", "30"


def check(case: Case) -> Iterator[Finding]:
    """What is missing or misshapen, for every profession; then an accident that came after its care."""
    draft = case.draft
    if case.accepted:
        return
    happened = accident_day(draft.accident)
    if draft.nature == WORK_ACCIDENT and not draft.accident:
        message = "Accident du travail (41) : saisissez son numéro, sinon sa date."
        yield Finding(CheckName.ACCIDENT, FindingLevel.BLOCKING, "accident", message, SOURCE)
    elif draft.nature == WORK_ACCIDENT and happened is None and _misshapen(draft.accident):
        message = f"Accident « {draft.accident} » : 9 chiffres, ou une date JJ/MM/AAAA."
        yield Finding(CheckName.ACCIDENT, FindingLevel.BLOCKING, "accident", message, SOURCE)
    if draft.nature == MATERNITY and not draft.maternity:
        message = "Maternité (30) sans sa date : saisissez-la si vous l’avez."
        yield Finding(CheckName.ACCIDENT, FindingLevel.ADVICE, "maternity", message, LIKELY)
    if happened is not None and case.days and happened > case.days[0]:
        message = f"Accident du {happened:%d/%m/%Y}, après les soins du {case.days[0]:%d/%m/%Y} : à relire."
        yield Finding(CheckName.ACCIDENT, FindingLevel.ADVICE, "accident", message, LIKELY)


def accident_day(accident: str) -> date | None:
    """The day that stands in the zone as 000AAMMJJ; None where it holds a number, or no day of the calendar."""
    if len(accident) != 9 or not accident.startswith("000"):
        return None
    try:
        return datetime.strptime(f"20{accident[3:]}", "%Y%m%d").date()
    except ValueError:
        return None


def _misshapen(accident: str) -> bool:
    return len(accident) != 9 or not accident.isdecimal() or accident.startswith("000")
