"""The professions that send invoices, by the letters under which the reference data names them."""

from __future__ import annotations

from enum import StrEnum


class Profession(StrEnum):
    """Who may give the care of a line; the labels are in `specialties.toml`."""

    PHYSIOTHERAPIST = "MK"
    NURSE = "IDE"
    SPEECH_THERAPIST = "OPH"
    ORTHOPTIST = "ORT"
    MIDWIFE = "SF"
    PODIATRIST = "PP"
    GENERALIST = "MG"
    SPECIALIST = "MS"
    DENTIST = "CD"
    ADVANCED_NURSE = "IPA"
    LABORATORY = "LBM"
