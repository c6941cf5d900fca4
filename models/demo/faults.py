"""The faults for which the caisses of the demo reject: each really is in the invoice that carries its code.

Codes, labels and motives: the memo of the CPAM of the Gironde for physiotherapists, that for orthoptists (0250 050,
2900 005), and the sample practice (1001).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from models.demo.care import travel_line, with_exemption
from models.demo.people import GIRONDE, MUTUELLES, Insured
from models.domain.content import InvoiceContent
from models.domain.states import ShareName
from models.reference.acts import is_travel
from models.reference.rejections import load_book


@dataclass(frozen=True, slots=True)
class Fault:
    """One way for an invoice to be wrong."""

    code: str
    suits: Callable[[Insured, int], bool]
    """Whether this patient's invoice of that week can be wrong so."""
    spoil: Callable[[InvoiceContent, Insured], InvoiceContent]
    """The clean invoice as it goes wrong."""
    share: ShareName = ShareName.AMO
    wording: str = ""
    """The label sent with a code that the program does not know."""

    @property
    def label(self) -> str:
        """The label that comes with the code."""
        return self.wording or load_book(None)[0].explain(self.code).label


def anyone(patient: Insured, week: int) -> bool:
    """Every patient will do."""
    return True


def at_home(patient: Insured, week: int) -> bool:
    """Who is seen at home: there are travel lines."""
    return bool(patient.travel)


def with_dre(patient: Insured, week: int) -> bool:
    """Whose mutuelle is asked for its share."""
    return bool(patient.amc) and patient.exemption_in(week) == "0"


def _under_another_exemption(draft: InvoiceContent, patient: Insured) -> InvoiceContent:
    """Code 4 for who has none; the ended one where there was one."""
    return with_exemption(draft, patient.exemption if patient.ended is not None else "4", patient.amc)


def _without_exemption(draft: InvoiceContent, patient: Insured) -> InvoiceContent:
    return with_exemption(draft, "0", patient.amc)


def _mistyped_prescriber(draft: InvoiceContent, patient: Insured) -> InvoiceContent:
    """Two neighbouring digits of the number change places."""
    typed = list(draft.prescriber)
    place = next(index for index in range(len(typed) - 2, 0, -1) if typed[index] != typed[index - 1])
    typed[place - 1], typed[place] = typed[place], typed[place - 1]
    return replace(draft, prescriber="".join(typed))


def _travel_before_its_act(draft: InvoiceContent, patient: Insured) -> InvoiceContent:
    acts = draft.acts
    first = next(index for index, act in enumerate(acts) if is_travel(act.code))
    return replace(draft, acts=(acts[first], *acts[:first], *acts[first + 1 :]))


def _travel_without_act(draft: InvoiceContent, patient: Insured) -> InvoiceContent:
    """The day's act was forgotten: its travel alone is left, before the rest."""
    first = draft.acts[0]
    alone = travel_line(patient.travel[0], first.executant, first.done_on, first.rate).priced(draft.settlement)
    others = tuple(act for act in draft.acts if act.done_on != first.done_on)
    return replace(draft, acts=(alone, *others))


def _at_the_former_caisse(draft: InvoiceContent, patient: Insured) -> InvoiceContent:
    former = patient.former_caisse or patient.caisse
    return replace(draft, regime=former.regime, caisse=former.number, centre=former.centre)


def _to_another_mutuelle(draft: InvoiceContent, patient: Insured) -> InvoiceContent:
    return replace(draft, amc_number=MUTUELLES[MUTUELLES.index(patient.amc) - 1])


def _as_it_is(draft: InvoiceContent, patient: Insured) -> InvoiceContent:
    return draft


def _never_exempt(patient: Insured, week: int) -> bool:
    return patient.exemption == "0" and patient.nature == "10"


def _elsewhere(patient: Insured, week: int) -> bool:
    return patient.caisse != GIRONDE


EXEMPTION_UNKNOWN: Final = Fault("0450 054", _never_exempt, _under_another_exemption)
EXEMPTION_ENDED: Final = Fault(
    "0450 072", lambda patient, week: patient.ended is not None and week >= patient.ended, _under_another_exemption
)
EXEMPTION_MISSING: Final = Fault(
    "0450 056", lambda patient, week: patient.exemption != "0" and patient.ended is None, _without_exemption
)
PRESCRIBER_MISTYPED: Final = Fault("0460 051", anyone, _mistyped_prescriber)
TRAVEL_FIRST: Final = Fault("0540 057", at_home, _travel_before_its_act)
TRAVEL_ALONE: Final = Fault("0540 057", at_home, _travel_without_act)
LEFT_CAISSE: Final = Fault(
    "0250 050",
    lambda patient, week: patient.former_caisse is not None and week >= patient.moved,
    _at_the_former_caisse,
)
BILLED_TWICE: Final = Fault("2900 005", anyone, _as_it_is)
"""The story bills the patient's last paid care again."""
LOCAL_RULE: Final = Fault(
    "9901 017", _elsewhere, _as_it_is, wording="MOTIF PROPRE A LA CAISSE (EXEMPLE DE LA DEMONSTRATION)"
)
"""A code that the program does not know, as many are."""
WRONG_MUTUELLE: Final = Fault(
    "1001", with_dre, _to_another_mutuelle, share=ShareName.AMC, wording="DROITS AMC FERMES A LA DATE DES SOINS"
)
