"""The share of the compulsory insurance (AMO), in percent, from `rates.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models.reference.toml_table import load_tables

PHYSIOTHERAPIST = "MK"
"""Profession code of a masseur-kinésithérapeute in the reference data."""


@dataclass(frozen=True, slots=True)
class RateRule:
    """A rate and the circumstances that it is for; a criterion left empty suits any invoice."""

    percent: int
    source: str
    verified: bool
    """Whether a check may rely upon it; a rule that is not verified only proposes."""

    profession: str = ""
    nature: str = ""
    exemption: str = ""
    aspa: bool = False
    """For holders of the allocation de solidarité aux personnes âgées only."""

    note: str = ""

    def suits(self, profession: str, nature: str, exemption: str, aspa: bool) -> bool:
        """Tell whether the rule applies to an invoice."""
        return (
            self.profession in ("", profession)
            and self.nature in ("", nature)
            and self.exemption in ("", exemption)
            and (aspa or not self.aspa)
        )


def rate_rule(profession: str, nature: str, exemption: str, *, aspa: bool = False) -> RateRule:
    """Return the first rule that suits, with its source and whether it may be relied upon.

    Args:
        profession: "MK", "MED"…
        nature: Nature d’assurance, two digits.
        exemption: Code exonération, one digit, "" or "0" for none.
        aspa: Whether the patient holds the ASPA.
    """
    return next(rule for rule in _rules() if rule.suits(profession, nature, exemption, aspa))


def amo_rate(profession: str, nature: str, exemption: str, *, aspa: bool = False) -> int:
    """Return the percentage of the AMO share: 60 for physiotherapists, 90 in Alsace-Moselle, 100 exempted."""
    return rate_rule(profession, nature, exemption, aspa=aspa).percent


@cache
def _rules() -> tuple[RateRule, ...]:
    return load_tables(Path(__file__).parent / "rates.toml", "rate", RateRule, key=_criteria)


def _criteria(rule: RateRule) -> str:
    return f"{rule.profession or 'toute profession'}, {rule.nature}, {rule.exemption}, {rule.aspa}"
