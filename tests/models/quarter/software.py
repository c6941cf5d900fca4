"""The billing software: two practitioners, forty patients, lots every few days; its numbers come back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from models.formats.b2.values import B2Invoice
from models.reference.identifiers import nir_key
from tests.models.practice import TEAM, a_lot, an_invoice
from tests.models.quarter import chance

PATIENTS: Final = 40
ROUND: Final = 60
"""How many invoices until a practitioner's numbers begin again; both count from the same number."""
FIRST: Final = 1001


@dataclass(frozen=True, slots=True)
class File:
    """A B2 file as it leaves the software, with the name under which it is imported."""

    name: str
    data: bytes


class Software:
    """It knows what it billed, to make a lot anew.

    Args:
        seed: of the quarter.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._billed = dict.fromkeys(TEAM, 0)
        self._lots = dict.fromkeys(TEAM, 0)
        self._known: dict[tuple[str, int, date], tuple[B2Invoice, ...]] = {}

    def files(self, day: date) -> list[File]:
        """What it hands over on this day."""
        return [self._lot(one, day) for one in TEAM if chance(self._seed, "bills", one, day).random() < 0.4]

    def _lot(self, practitioner: str, day: date) -> File:
        choice = chance(self._seed, "lot", practitioner, day)
        invoices = tuple(self._invoice(practitioner, day) for _ in range(choice.randint(2, 5)))
        return self._write(practitioner, invoices, day)

    def _write(self, practitioner: str, invoices: tuple[B2Invoice, ...], day: date) -> File:
        self._lots[practitioner] += 1
        number = self._lots[practitioner]
        self._known[practitioner, number, day] = invoices
        data = a_lot(*invoices, lot_number=number, made_on=day)
        return File(f"{practitioner}-{number:03d}-{day:%m%d}.b2", data)

    def _invoice(self, practitioner: str, day: date) -> B2Invoice:
        rank = self._billed[practitioner]
        self._billed[practitioner] += 1
        choice = chance(self._seed, "invoice", practitioner, rank)
        who = choice.randrange(PATIENTS)
        nir = f"{1 + who % 2}{40 + who:02d}0533{who:03d}{rank % 900 + 1:03d}"[:13]
        made = an_invoice(
            FIRST + rank % ROUND,
            practitioner=practitioner,
            nir=nir,
            last_name=f"PATIENT{who:02d}",
            billed_on=day,
            settlement=choice.choice(("05", "15", "15")),
            coefficients=tuple(choice.choice((500, 800, 1000, 1200)) for _ in range(choice.randint(1, 2))),
        )
        acts = tuple(replace(act, done_on=day) for act in made.acts)
        return replace(made, acts=acts, prescribed_on=day - timedelta(days=3), nir_key=f"{nir_key(nir):02d}")

    def redo(self, practitioner: str, lot: int, made_on: date, day: date) -> File:
        """The invoices of this lot in another one."""
        return self._write(practitioner, self._known[practitioner, lot, made_on], day)
