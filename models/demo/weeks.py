"""The invoices of each week: who comes, on which days, and what is sent, right or wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from models.demo import faults
from models.demo.care import clean_draft
from models.demo.people import PHYSIOTHERAPISTS, Insured
from models.demo.story import PLAN, WEEKS, Incident, invoices_in
from models.domain.content import InvoiceContent
from models.reference.workdays import add_working_days


@dataclass(frozen=True, slots=True)
class Bill:
    """One invoice before it has a number."""

    week: int
    biller: int
    patient: Insured
    case: Incident | None
    sent: InvoiceContent
    right: InvoiceContent
    """What it should have been; `sent` where nothing is wrong."""
    billed_on: date
    degraded: bool
    """Made without the carte Vitale."""


def calendar(today: date) -> list[list[date]]:
    """The working days of the thirteen weeks that end the day before `today`, the first week first."""
    start = today - timedelta(days=7 * WEEKS)
    days: list[list[date]] = [[] for _ in range(WEEKS)]
    day = add_working_days(start - timedelta(days=1), 1)
    while day < today:
        days[(day - start).days // 7].append(day)
        day = add_working_days(day, 1)
    return days


class Billing:
    """The weeks, one after the other: who came stays the same whatever the day on which the demo is made."""

    def __init__(self, today: date) -> None:
        self.days = calendar(today)
        self._people = Random(331)  # noqa: S311 - the same demo each time, nothing secret
        self._agenda = Random(2024)  # noqa: S311 - as above
        first = self.days[0][0]
        self._prescribed = {
            patient: first - timedelta(days=self._people.randint(3, 40))
            for physiotherapist in PHYSIOTHERAPISTS
            for patient in physiotherapist.patients
        }
        self._paid: dict[Insured, InvoiceContent] = {}

    def week(self, week: int) -> list[Bill]:
        """The invoices of a week; weeks are asked for in order."""
        return [bill for biller in range(len(PHYSIOTHERAPISTS)) for bill in self._bills(week, biller)]

    def _bills(self, week: int, biller: int) -> Iterator[Bill]:
        for patient, case in self._comers(week, biller):
            executant = PHYSIOTHERAPISTS[biller].number
            days = self._days(week)
            right = clean_draft(patient, executant, week, days, self._prescribed[patient])
            wrong = case.faults if case else ()
            if faults.BILLED_TWICE in wrong:
                right = self._paid[patient]
            sent = right
            for fault in wrong:
                sent = fault.spoil(sent, patient)
            if case is None:
                self._paid[patient] = right
            yield Bill(week, biller, patient, case, sent, right, days[-1], self._people.random() < 0.08)

    def _comers(self, week: int, biller: int) -> list[tuple[Insured, Incident | None]]:
        """The week's patients, each with what happens to their invoice; the choosiest case chooses first."""
        free = list(PHYSIOTHERAPISTS[biller].patients)
        cases = [case for case in PLAN if (case.week, case.biller) == (week, biller)]
        cases.sort(key=lambda case: sum(self._may(patient, case) for patient in free))
        comers: list[tuple[Insured, Incident | None]] = []
        for case in cases:
            patient = self._people.choice([patient for patient in free if self._may(patient, case)])
            free.remove(patient)
            comers.append((patient, case))
        others = self._people.sample(free, invoices_in(week, biller) - len(cases))
        comers += [(patient, None) for patient in others]
        self._people.shuffle(comers)
        return comers

    def _may(self, patient: Insured, case: Incident) -> bool:
        """Whether this can happen to the patient; nobody is billed twice for care that was not paid once."""
        return case.suits(patient) and (faults.BILLED_TWICE not in case.faults or patient in self._paid)

    def _days(self, week: int) -> list[date]:
        """One to three days of care."""
        days = self.days[week]
        return sorted(self._agenda.sample(days, min(self._agenda.randint(1, 3), len(days))))
