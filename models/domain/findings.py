"""The closed lists of the checks: how serious a finding is, and the names of the checks as the desk reads them."""

from __future__ import annotations

from enum import StrEnum


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
