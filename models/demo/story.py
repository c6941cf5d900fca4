"""What happens in the demo: which week which invoice goes wrong, what the caisse says, what the desk does of it.

Thirteen weeks end the day before today. The lots of a week are answered by the next week's return; the last two
returns (`UNREAD`) wait in the folder of returns. An invoice that the plan does not name is clean, and paid.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from models.demo import faults
from models.demo.faults import Fault
from models.demo.people import Insured

WEEKS: Final = 13

UNREAD: Final = 13
"""The « week » of a second answer that has come but was not read yet."""


class CaisseSays(StrEnum):
    """What the caisse says of an invoice.

    `SHORT`: paid without the travel; `AMO_ALONE`: the mutuelle has not answered yet; `ALREADY_PAID`: 2900 005.
    """

    PAID = "paid"
    REJECTED = "rejected"
    DEFERRED = "deferred"
    SHORT = "short"
    AMO_ALONE = "amo alone"
    ALREADY_PAID = "already paid"


class DeskStep(StrEnum):
    """How far the desk takes an invoice that went wrong.

    `DRE`: its DRE is sent again; `CLAIM`: it is classified, a claim deposited; `GIVE_UP`: cancelled, and taken back;
    `REMIND`: the caisse was reminded of it; `INSIST`: sent again as it was, the advice set aside; `NOTE_REJECTION`,
    `NOTE_PAYMENT`: what a letter or the bank says is noted, before any return.
    """

    LEAVE = "leave"
    CANCEL = "cancel"
    CORRECT = "correct"
    VALIDATE = "validate"
    SEND = "send"
    DRE = "dre"
    CLAIM = "claim"
    GIVE_UP = "give up"
    REMIND = "remind"
    INSIST = "insist"
    NOTE_REJECTION = "note rejection"
    NOTE_PAYMENT = "note payment"


_NEEDS = {CaisseSays.SHORT: faults.at_home, CaisseSays.AMO_ALONE: faults.with_dre}


@dataclass(frozen=True, slots=True)
class Incident:
    """One invoice that is not simply paid."""

    week: int
    biller: int
    """Place of the physiotherapist in `people.PHYSIOTHERAPISTS`."""
    says: CaisseSays
    faults: tuple[Fault, ...] = ()
    desk: DeskStep = DeskStep.LEAVE
    then: tuple[int, CaisseSays] | None = None
    """A second answer, and the week of the return that brings it."""

    def suits(self, patient: Insured) -> bool:
        """Whether it can happen to this patient that week."""
        needs = [fault.suits for fault in self.faults]
        if self.says in _NEEDS:
            needs.append(_NEEDS[self.says])
        return all(need(patient, self.week) for need in needs)


def _rejected(week: int, biller: int, *wrong: Fault, desk: DeskStep = DeskStep.LEAVE) -> Incident:
    return Incident(week, biller, CaisseSays.REJECTED, wrong, desk)


_TO_TREAT = (
    _rejected(4, 0, faults.BILLED_TWICE, desk=DeskStep.CLAIM),
    _rejected(5, 0, faults.EXEMPTION_UNKNOWN, desk=DeskStep.GIVE_UP),
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
    _rejected(1, 0, faults.TRAVEL_FIRST, desk=DeskStep.SEND),
    _rejected(1, 1, faults.PRESCRIBER_MISTYPED, desk=DeskStep.SEND),
    _rejected(2, 0, faults.EXEMPTION_MISSING, desk=DeskStep.SEND),
    _rejected(3, 1, faults.EXEMPTION_UNKNOWN, desk=DeskStep.INSIST),
    _rejected(7, 1, faults.TRAVEL_ALONE, desk=DeskStep.VALIDATE),
    _rejected(8, 0, faults.EXEMPTION_ENDED, desk=DeskStep.VALIDATE),
    _rejected(7, 0, faults.EXEMPTION_UNKNOWN, desk=DeskStep.CANCEL),
    _rejected(9, 0, faults.EXEMPTION_MISSING, desk=DeskStep.CANCEL),
    _rejected(9, 1, faults.PRESCRIBER_MISTYPED, desk=DeskStep.CORRECT),
)

_DRE_ALONE = (
    _rejected(2, 1, faults.WRONG_MUTUELLE, desk=DeskStep.DRE),
    _rejected(3, 0, faults.WRONG_MUTUELLE, desk=DeskStep.DRE),
    _rejected(5, 0, faults.WRONG_MUTUELLE),
    _rejected(8, 1, faults.WRONG_MUTUELLE),
    _rejected(10, 0, faults.WRONG_MUTUELLE),
)

_REPROCESSED = (
    Incident(2, 0, CaisseSays.DEFERRED, then=(5, CaisseSays.PAID)),
    Incident(4, 1, CaisseSays.DEFERRED, then=(7, CaisseSays.PAID)),
    Incident(5, 0, CaisseSays.DEFERRED, then=(8, CaisseSays.PAID)),
    Incident(6, 0, CaisseSays.DEFERRED, desk=DeskStep.REMIND),
    Incident(7, 1, CaisseSays.DEFERRED),
    Incident(8, 0, CaisseSays.DEFERRED, then=(UNREAD, CaisseSays.PAID)),
    Incident(8, 1, CaisseSays.DEFERRED, then=(UNREAD, CaisseSays.PAID)),
    Incident(9, 0, CaisseSays.DEFERRED),
    Incident(9, 1, CaisseSays.DEFERRED, (faults.PRESCRIBER_MISTYPED,), then=(UNREAD, CaisseSays.REJECTED)),
    Incident(10, 0, CaisseSays.DEFERRED),
    Incident(10, 1, CaisseSays.DEFERRED),
    Incident(11, 0, CaisseSays.DEFERRED),
    Incident(11, 0, CaisseSays.DEFERRED),
)

_PARTLY_PAID = (
    Incident(1, 1, CaisseSays.SHORT),
    Incident(4, 0, CaisseSays.SHORT),
    Incident(6, 1, CaisseSays.SHORT),
    Incident(9, 0, CaisseSays.SHORT),
    Incident(3, 0, CaisseSays.AMO_ALONE),
    Incident(7, 0, CaisseSays.AMO_ALONE, desk=DeskStep.NOTE_PAYMENT),
    Incident(10, 1, CaisseSays.AMO_ALONE),
)

_KEPT_ASIDE = (
    Incident(6, 0, CaisseSays.REJECTED, (faults.PRESCRIBER_MISTYPED,), then=(9, CaisseSays.PAID)),
    Incident(4, 1, CaisseSays.PAID, then=(7, CaisseSays.ALREADY_PAID)),
)

_WAITING = (
    _rejected(11, 1, faults.TRAVEL_FIRST),
    _rejected(11, 1, faults.EXEMPTION_MISSING, desk=DeskStep.NOTE_REJECTION),
)
"""Among the eight invoices of the return that nobody has read yet; one was told by a letter before."""

PLAN: Final = (*_TO_TREAT, *_TREATED, *_DRE_ALONE, *_REPROCESSED, *_PARTLY_PAID, *_KEPT_ASIDE, *_WAITING)

SENDING_WEEK: Final = 5
"""When the desk sends again what was rejected first."""

LAST_WEEK: Final = 12

PAPERS_WEEK: Final = 8
"""When the sheets and the prescriptions that are owed leave; what comes back does in the last week."""

UNREAD_LOTS: Final = (11, 1)
"""Week and biller of the lots whose answers came in a return that nobody has read yet."""

STRANGE_ANSWER_WEEK: Final = 9
"""Whose return also answers an invoice that nobody here has billed."""


def invoices_in(week: int, biller: int) -> int:
    """How many invoices a physiotherapist makes that week."""
    if week == LAST_WEEK:
        return 3
    return 8 if (week, biller) == UNREAD_LOTS else 12
