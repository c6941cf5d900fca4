"""Who looked at what, and when: the journal of accesses as it is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from models.domain.accesses import Looked
from models.domain.damage import is_damaged, stored_day, stored_member, stored_moment
from models.store.database import execute
from models.store.faults import spoken

_ACCESSES: Final = (
    "SELECT a.day, a.at, a.operator, a.looked, a.subject, coalesce(p.last_name, ''), coalesce(p.first_name, '')"
    " FROM access a LEFT JOIN patient p ON a.subject = 'patient ' || p.id"
)


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One line: `subject` is what is kept; the names are the patient's, where it is one."""

    day: date
    at: datetime
    operator: str
    looked: Looked
    subject: str
    last_name: str
    first_name: str


@spoken()
def accesses(since: date | None = None, patient_id: int | None = None) -> list[AccessLine]:
    """What was looked at, the oldest first.

    Args:
        since: from this day on; None from the first that is kept.
        patient_id: of this person alone.

    Raises:
        PracticeFault: the database cannot be read.
    """
    first = "" if since is None else since.isoformat()
    whose, values = ("", []) if patient_id is None else (" AND a.subject = ?", [f"patient {patient_id}"])
    found = execute(f"{_ACCESSES} WHERE a.day >= ?{whose} ORDER BY a.day, a.id", [first, *values])
    return [
        AccessLine(stored_day(day), stored_moment(at), operator, stored_member(Looked, looked), subject, last, given)
        for day, at, operator, looked, subject, last, given in found.fetchall()
    ]


def access_breaches() -> Iterator[str]:
    """The accesses of which a value does not read: no seal covers them, as they say nothing of the practice."""
    found = execute("SELECT id, day, at, operator, looked, subject FROM access ORDER BY id").fetchall()
    for row_id, day, at, operator, looked, subject in found:
        values = {
            "day": stored_day(day),
            "at": stored_moment(at),
            "operator": operator,
            "looked": stored_member(Looked, looked),
            "subject": subject,
        }
        for column in (name for name, value in values.items() if value is None or is_damaged(value)):
            yield f"Table access, ligne {row_id} : la colonne {column} ne se lit pas ; à comparer avec une sauvegarde."
