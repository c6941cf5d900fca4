"""The lessons as one table, a line each, for programs and for spreadsheets: what a line is about stands first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from models.queries.first_answers import FirstAnswers
from models.queries.lessons import Lessons
from tui.text.csv_file import Cell, CsvColumn
from tui.text.lessons import name

_ABOUT: Final = {
    "set_aside": "conseil",
    "code": "rejet",
    "practice": "cabinet",
    "payer": "organisme",
    "practitioner": "professionnel",
    "month": "mois",
}

LESSON_COLUMNS: Final = (
    CsvColumn("about", "Sur", say=lambda about: _ABOUT[about]),
    CsvColumn("key", "Code"),
    CsvColumn("name", "Nom"),
    CsvColumn("share", "Part", say=str.upper),
    CsvColumn("count", "Factures"),
    CsvColumn("answered", "Réponses"),
    CsvColumn("accepted", "Acceptées d’emblée"),
    CsvColumn("came_back", "Rejetées"),
    CsvColumn("same_field", "Rejetées pour ce champ"),
    CsvColumn("cents", "Montant retenu", money=True),
    CsvColumn("ended", "Payées ou abandonnées"),
    CsvColumn("days", "Jours (médiane)"),
    CsvColumn("total_days", "Jours en tout"),
    CsvColumn("lost", "Perdues"),
    CsvColumn("lost_cents", "Montant perdu", money=True),
    CsvColumn("waiting", "En attente"),
    CsvColumn("waiting_cents", "Montant en attente", money=True),
)
"""A cell stays empty where a line is not about it; the names are those of JSON too."""

_RATED: Final = (None,) * (len(LESSON_COLUMNS) - 8)


def lesson_rows(found: Lessons) -> Iterator[tuple[Cell, ...]]:
    """What stands in each of `LESSON_COLUMNS`."""
    yield _rate("practice", found.first_time.whole, "")
    for line in found.first_time.payers:
        yield _rate("payer", line, name(line))
    for line in found.first_time.practitioners:
        yield _rate("practitioner", line, name(line))
    for line in found.first_time.months:
        yield _rate("month", line, "")
    for advice in found.advice:
        came = advice.outcomes
        accepted = came.answered - came.rejected
        told = (came.count, came.answered, accepted, came.rejected, came.same_field)
        yield ("set_aside", advice.check, "", None, *told, *_RATED[1:])
    for cost in found.costs:
        lost = (cost.lost, cost.lost_cents, cost.waiting, cost.waiting_cents)
        days = (cost.cents, cost.ended, cost.days, cost.total_days)
        yield ("code", cost.code, cost.label, cost.share, cost.count, *(None,) * 4, *days, *lost)


def _rate(about: str, line: FirstAnswers, named: str) -> tuple[Cell, ...]:
    rejected = line.answered - line.accepted
    return (about, line.key, named, line.share, line.answered, line.answered, line.accepted, rejected, *_RATED)
