"""The numbers that are ours: a range reserved per practice, so that Accueil and the billing software never meet.

Both write for the same practitioner, and a caisse refuses a number that comes again (2900 005, `models/FIELD.md` §2.4).
Billing software counts upwards from low numbers; Accueil takes high ones. DRE have a series of their own (settings of
JFSE, read: « n° de DRE » beside « n° de facture »): a DRE and an invoice may bear the same number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from models.domain.states import InvoiceKind

LAST_NUMBER: Final = 999_999_999
"""An invoice number has nine digits (B2 record 2, positions 27-35)."""

LAST_LOT: Final = 999
"""A lot number has three digits (B2 record 1, positions 20-22)."""

ROOM: Final = 1_000_000
"""How many numbers must be left above: centuries of work. Nothing makes the series jump nearer to its end."""

LOT_REST: Final = timedelta(days=365)
"""How long the number of a lot is not given again: answers name a lot by its number."""


A_JUMP: Final = 10_000
"""More numbers than a practice gives in a year: what lies farther off is a slip of the other program."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """The range of a practice, as its configuration says, or as it is proposed where that says nothing.

    From 1 on, nothing is reserved: our numbers follow those of the files that are imported.
    """

    first_invoice: int = 800_000_001
    first_dre: int = 900_000_001
    first_lot: int = 700
    last_lot: int = LAST_LOT

    def first(self, kind: InvoiceKind) -> int:
        """The first number of this series."""
        return self.first_dre if kind == InvoiceKind.DRE else self.first_invoice

    def is_ours(self, number: int) -> bool:
        """Whether an invoice's number, met in a file of another program, lies in the range that is reserved."""
        return number >= self.first_invoice > 1

    def is_our_lot(self, number: int) -> bool:
        """Whether a lot's number, met in a file of another program, lies in the range that is reserved."""
        return self.first_lot > 1 and self.first_lot <= number <= self.last_lot


def near_the_end(number: int) -> bool:
    """Whether so few numbers are left above this one that it cannot be followed."""
    return number > LAST_NUMBER - ROOM
