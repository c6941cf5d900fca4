"""What happens in the demo: which week which invoice goes wrong, what the caisse says, what the desk does of it.

Thirteen weeks end the day before today. The lots of a week are answered by the next week's return; the last two
returns (`UNREAD`) wait in the folder of returns. An invoice that the plan does not name is clean, and paid.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from models.demo import faults
from models.demo.faults import Fault
from models.demo.people import Patient

WEEKS: Final = 13

UNREAD: Final = 13
"""The « week » of a second answer that has come but was not read yet."""

Says = Literal["paid", "rejected", "deferred", "short", "amo alone", "already paid"]
"""What the caisse says of an invoice.

« short »: paid without the travel; « amo alone »: the mutuelle has not answered yet; « already paid »: 2900 005.
"""

Desk = Literal["leave", "cancel", "correct", "validate", "send", "dre"]
"""How far the desk takes a rejected invoice: cancelled, corrected, validated, sent; « dre »: its DRE sent again."""

_NEEDS = {"short": faults.at_home, "amo alone": faults.with_dre}


@dataclass(frozen=True, slots=True)
class Case:
    """One invoice that is not simply paid."""

    week: int
    biller: int
    """Place of the physiotherapist in `people.PHYSIOTHERAPISTS`."""
    says: Says
    faults: tuple[Fault, ...] = ()
    desk: Desk = "leave"
    then: tuple[int, Says] | None = None
    """A second answer, and the week of the return that brings it."""

    def suits(self, patient: Patient) -> bool:
        """Whether it can happen to this patient that week."""
        needs = [fault.suits for fault in self.faults]
        if self.says in _NEEDS:
            needs.append(_NEEDS[self.says])
        return all(need(patient, self.week) for need in needs)


def _rejected(week: int, biller: int, *wrong: Fault, desk: Desk = "leave") -> Case:
    return Case(week, biller, "rejected", wrong, desk)


_TO_TREAT = (
    _rejected(4, 0, faults.BILLED_TWICE),
    _rejected(5, 0, faults.EXEMPTION_UNKNOWN),
    _rejected(5, 1, faults.TRAVEL_FIRST),
    _rejected(7, 0, faults.EXEMPTION_ENDED),
    _rejected(7, 1, faults.PRESCRIBER_MISTYPED, faults.WRONG_MUTUELLE),
    _rejected(8, 0, faults.LEFT_CAISSE),
    _rejected(8, 0, faults.TRAVEL_ALONE),
    _rejected(8, 1, faults.EXEMPTION_MISSING),
    _rejected(9, 0, faults.EXEMPTION_UNKNOWN),
    _rejected(9, 1, faults.LOCAL_RULE),
    _rejected(10, 0, faults.TRAVEL_FIRST, faults.WRONG_MUTUELLE),
    _rejected(10, 0, faults.EXEMPTION_MISSING),
    _rejected(10, 1, faults.EXEMPTION_UNKNOWN),
    _rejected(10, 1, faults.EXEMPTION_ENDED),
    _rejected(11, 0, faults.PRESCRIBER_MISTYPED),
    _rejected(11, 0, faults.EXEMPTION_MISSING),
)

_TREATED = (
    _rejected(1, 0, faults.TRAVEL_FIRST, desk="send"),
    _rejected(1, 1, faults.PRESCRIBER_MISTYPED, desk="send"),
    _rejected(2, 0, faults.EXEMPTION_MISSING, desk="send"),
    _rejected(3, 1, faults.EXEMPTION_UNKNOWN, desk="send"),
    _rejected(7, 1, faults.TRAVEL_ALONE, desk="validate"),
    _rejected(8, 0, faults.EXEMPTION_ENDED, desk="validate"),
    _rejected(7, 0, faults.EXEMPTION_UNKNOWN, desk="cancel"),
    _rejected(9, 0, faults.EXEMPTION_MISSING, desk="cancel"),
    _rejected(9, 1, faults.PRESCRIBER_MISTYPED, desk="correct"),
)

_DRE_ALONE = (
    _rejected(2, 1, faults.WRONG_MUTUELLE, desk="dre"),
    _rejected(3, 0, faults.WRONG_MUTUELLE, desk="dre"),
    _rejected(5, 0, faults.WRONG_MUTUELLE),
    _rejected(8, 1, faults.WRONG_MUTUELLE),
    _rejected(10, 0, faults.WRONG_MUTUELLE),
)

_REPROCESSED = (
    Case(2, 0, "deferred", then=(5, "paid")),
    Case(4, 1, "deferred", then=(7, "paid")),
    Case(5, 0, "deferred", then=(8, "paid")),
    Case(6, 0, "deferred"),
    Case(7, 1, "deferred"),
    Case(8, 0, "deferred", then=(UNREAD, "paid")),
    Case(8, 1, "deferred", then=(UNREAD, "paid")),
    Case(9, 0, "deferred"),
    Case(9, 1, "deferred", (faults.PRESCRIBER_MISTYPED,), then=(UNREAD, "rejected")),
    Case(10, 0, "deferred"),
    Case(10, 1, "deferred"),
    Case(11, 0, "deferred"),
    Case(11, 0, "deferred"),
)

_PARTLY_PAID = (
    Case(1, 1, "short"),
    Case(4, 0, "short"),
    Case(6, 1, "short"),
    Case(9, 0, "short"),
    Case(3, 0, "amo alone"),
    Case(7, 0, "amo alone"),
    Case(10, 1, "amo alone"),
)

_KEPT_ASIDE = (
    Case(6, 0, "rejected", (faults.PRESCRIBER_MISTYPED,), then=(9, "paid")),
    Case(4, 1, "paid", then=(7, "already paid")),
)

_WAITING = (
    _rejected(11, 1, faults.TRAVEL_FIRST),
    _rejected(11, 1, faults.EXEMPTION_MISSING),
)
"""Among the eight invoices of the return that nobody has read yet."""

PLAN: Final = (*_TO_TREAT, *_TREATED, *_DRE_ALONE, *_REPROCESSED, *_PARTLY_PAID, *_KEPT_ASIDE, *_WAITING)

SENDING_WEEK: Final = 5
"""When the desk sends again what was rejected first."""

LAST_WEEK: Final = 12

UNREAD_LOTS: Final = (11, 1)
"""Week and biller of the lots whose answers came in a return that nobody has read yet."""

STRANGE_ANSWER_WEEK: Final = 9
"""Whose return also answers an invoice that nobody here has billed."""


def invoices_in(week: int, biller: int) -> int:
    """How many invoices a physiotherapist makes that week."""
    if week == LAST_WEEK:
        return 3
    return 8 if (week, biller) == UNREAD_LOTS else 12
