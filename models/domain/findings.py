"""The closed lists of the checks: how serious a finding is, and the names of the checks as the desk reads them."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from models.domain.draft import FIELDS


class FindingLevel(StrEnum):
    """Whether a finding stops « Valider », or asks for a reason."""

    BLOCKING = "blocking"
    ADVICE = "advice"


class CheckName(StrEnum):
    """The checks, as findings and set-aside advice name them."""

    INSURED = "assuré"
    EXEMPTION = "exonération"
    NATURE = "nature d’assurance"
    ACCIDENT = "accident, maternité"
    PRESCRIBER = "prescripteur"
    PRESCRIPTION = "prescription"
    DATES = "dates"
    ACTS = "montants"
    TRAVEL = "déplacement"
    ORDER = "ordre des lignes"
    DUPLICATE = "doublon"
    SAME_REJECTION = "même rejet"
    B2_FILE = "fichier B2"
    BASE = "base abîmée"
    """A value of the invoice does not read: nothing else can be said of it."""


_LOOKS_AT: Final[dict[CheckName, frozenset[str]]] = {
    CheckName.INSURED: frozenset({"nir", "beneficiary", "payer", "amc_number"}),
    CheckName.EXEMPTION: frozenset({"exemption"}),
    CheckName.NATURE: frozenset({"nature"}),
    CheckName.ACCIDENT: frozenset({"accident", "maternity"}),
    CheckName.PRESCRIBER: frozenset({"prescriber"}),
    CheckName.PRESCRIPTION: frozenset({"prescribed_on"}),
    CheckName.DATES: frozenset({"lines"}),
    CheckName.ACTS: frozenset({"lines"}),
    CheckName.TRAVEL: frozenset({"lines"}),
    CheckName.ORDER: frozenset({"lines"}),
    CheckName.DUPLICATE: frozenset({"lines", "number"}),
    CheckName.SAME_REJECTION: frozenset(FIELDS),
    CheckName.B2_FILE: frozenset(),
    CheckName.BASE: frozenset(),
}


def fields_of_check(check: CheckName) -> frozenset[str]:
    """The fields of the form that this check looks at: a rejection that points to one may be what it warned of."""
    return _LOOKS_AT.get(check, frozenset())
