"""What a week of care is worth: acts at the tariff of their day, travel behind them, the invoice that they make."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from models.demo.people import Insured
from models.domain.content import InvoiceContent, Line
from models.domain.states import Settlement
from models.reference.acts import find_act, travel_price, unit_price
from models.reference.profession import Profession
from models.reference.rates import rate_rule

KILOMETRES: Final = 6

_BEFORE_2024: Final = ("AMS", 750)
"""What most acts were before the letters of avenant 7 (22/02/2024): 7,5 × 2,15 € is printed 16,13 €."""

_ZONES: Final = (("tariff_zone", "24"), ("specialty", "26"))
"""Tariff zone of the practitioner, and speciality 26, masseur-kinésithérapeute (B2 record 4, 64-67)."""


def clean_draft(
    patient: Insured, executant: str, week: int, days: Iterable[date], prescribed_on: date
) -> InvoiceContent:
    """The invoice of these days of care, with nothing that a caisse could reject.

    Args:
        patient: in care.
        executant: nine digits of the physiotherapist.
        week: of the story, for the patient's rights.
        days: of care, in order.
        prescribed_on: before all of them.
    """
    exemption, caisse = patient.exemption_in(week), patient.caisse_in(week)
    rate = _rate(patient.nature, exemption)
    settlement = Settlement.BOTH_SHARES if patient.amc and rate < 100 else Settlement.AMO_ALONE
    return InvoiceContent(
        exemption=exemption,
        nature=patient.nature,
        prescriber=patient.prescriber,
        prescribed_on=prescribed_on,
        regime=caisse.regime,
        caisse=caisse.number,
        centre=caisse.centre,
        nir=patient.nir,
        nir_key=patient.nir_key,
        birth=patient.birth,
        birth_rank="1",
        last_name=patient.last_name,
        first_name=patient.first_name,
        settlement=settlement,
        contract="",
        amc_number=patient.amc if settlement == Settlement.BOTH_SHARES else "",
        acts=tuple(line.priced(settlement) for day in days for line in _session(patient, executant, day, rate)),
    )


def with_exemption(draft: InvoiceContent, exemption: str, amc: str) -> InvoiceContent:
    """The same care billed under another exemption, at the rate that follows, to `amc` where a share is left."""
    rate = _rate(draft.nature, exemption)
    settlement = Settlement.BOTH_SHARES if amc and rate < 100 else Settlement.AMO_ALONE
    moved = draft.with_settlement(settlement).with_rate(rate)
    return replace(moved, exemption=exemption, amc_number=amc if settlement == Settlement.BOTH_SHARES else "")


def travel_line(code: str, executant: str, day: date, rate: int) -> Line:
    """One travel line, not yet priced.

    Raises:
        ValueError: no source gives its price on that day.
    """
    price = travel_price(code, day)
    if price is None:
        raise ValueError(f"no price for {code} on {day}")
    quantity = KILOMETRES if code.startswith("IK") else 1
    return Line(day, code, quantity, 100, price, True, rate, executant=executant, other=_ZONES)


def _session(patient: Insured, executant: str, day: date, rate: int) -> list[Line]:
    """One day's act, and its travel right after it."""
    code, coefficient = _letter_on(patient.care, day)
    price = unit_price(code, day)
    if price is None:
        raise ValueError(f"no price for {code} on {day}")
    act = Line(day, code, 1, coefficient, price, bool(patient.travel), rate, executant=executant, other=_ZONES)
    return [act, *(travel_line(travel, executant, day, rate) for travel in patient.travel)]


def _letter_on(letter: str, day: date) -> tuple[str, int]:
    """The letter with the first coefficient that a text gives it that day."""
    tariff = find_act(letter, day)
    if tariff and tariff.coefficients:
        return letter, tariff.coefficients[0]
    return _BEFORE_2024


def _rate(nature: str, exemption: str) -> int:
    """The percentage that the caisse pays a physiotherapist.

    Raises:
        ValueError: no source gives it.
    """
    rule = rate_rule(Profession.PHYSIOTHERAPIST, nature, exemption)
    if rule is None:
        raise ValueError(f"no rate for nature {nature}, exemption {exemption}")
    return rule.percent
