"""Verifier the numbers: those that the counters gave and those that invoices and lots of ours bear are the same."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from models.domain.states import InvoiceKind, Origin
from models.store.database import rows
from models.tables.invoice import Invoice
from models.tables.lots import Lot
from models.tables.numbering import SERIES, Counter
from models.tables.people import Practitioner

_EACH: Final = 20
"""As many numbers in a row are said one by one; more, by the first and the last."""


class Given:
    """The numbers of some runs, held as runs: a damaged counter says of millions that it gave them.

    Args:
        runs: first and last number of each; one that ends before it begins gave none.
    """

    def __init__(self, runs: Iterable[tuple[int, int]]) -> None:
        self.runs: list[tuple[int, int]] = []
        for first, last in sorted(run for run in runs if run[1] >= run[0]):
            if self.runs and first <= self.runs[-1][1] + 1:
                self.runs[-1] = (self.runs[-1][0], max(last, self.runs[-1][1]))
            else:
                self.runs.append((first, last))

    def __contains__(self, number: int) -> bool:
        place = bisect_right(self.runs, number, key=lambda run: run[0]) - 1
        return place >= 0 and number <= self.runs[place][1]

    def without(self, numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
        """What of them is not among these numbers, in runs."""
        borne = sorted({number for number in numbers if number in self})
        for first, last in self.runs:
            inside = borne[bisect_right(borne, first - 1) : bisect_right(borne, last)]
            for before, after in pairwise((first - 1, *inside, last + 1)):
                if after - before > 1:
                    yield before + 1, after - 1


def given_numbers(series: str) -> Given:
    """The numbers that the counter of this series gave."""
    return Given(rows(Counter.select(Counter.first, Counter.last).where(Counter.name == series)))


def number_breaches() -> Iterator[str]:
    """Numbers of invoices and DRE of ours that no counter gave, that it gave in vain, or that serve twice."""
    given = {name: given_numbers(name) for name in SERIES.values()}
    own = rows(Invoice.select(Invoice.number, Invoice.kind).where(Invoice.origin == Origin.OWN))
    invoices, dre = given[SERIES[InvoiceKind.INVOICE]], given[SERIES[InvoiceKind.DRE]]
    borne: dict[str, list[int]] = {name: [] for name in given}
    for number, kind in own:
        of_before = (
            kind == InvoiceKind.DRE and number in invoices and number not in dre
        )  # DRE had no series of their own
        borne[SERIES[InvoiceKind.INVOICE if of_before else kind]].append(number)
    for kind, what, one in ((InvoiceKind.INVOICE, "Facture", "facture"), (InvoiceKind.DRE, "DRE", "DRE")):
        numbers, counted = borne[SERIES[kind]], given[SERIES[kind]]
        for first, last in counted.without(numbers):
            if last - first >= _EACH:
                yield f"Numéros {first} à {last} : donnés par le compteur, mais aucune {one} ne les porte."
            else:
                for number in range(first, last + 1):
                    yield f"Numéro {number} : donné par le compteur, mais aucune {one} ne le porte."
        for number in sorted({number for number in numbers if number not in counted}):
            yield f"{what} n° {number} : son numéro ne vient pas du compteur."
        if len(numbers) != len(set(numbers)):
            yield "Un même numéro de la maison a servi deux fois."


def range_breaches() -> Iterator[str]:
    """Each run of numbers in the range that was reserved when it began; lots of ours bear numbers that were given."""
    for run in Counter.select().where(Counter.lowest.is_null(False)):
        low, high = run.lowest or 0, run.highest or 0
        if run.last >= run.first and not low <= run.first <= run.last <= high:
            what = f"Numéros {run.first} à {run.last}" + (f" ({run.name})" if run.name.startswith("lot ") else "")
            yield f"{what} : donnés hors de la plage réservée ({low} à {high})."
    given: dict[str, Given] = {}
    lots = Lot.select(Lot.number, Practitioner.number).join(Practitioner).where(Lot.origin == Origin.OWN)
    for number, practitioner in rows(lots):
        if practitioner not in given:
            given[practitioner] = given_numbers(f"lot {practitioner}")
        if number not in given[practitioner]:
            yield f"Lot {number:03d} du professionnel {practitioner} : son numéro ne vient pas du compteur."
