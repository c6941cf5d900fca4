"""The share of the compulsory insurance (AMO), in percent, from `rates.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from models.reference.profession import Profession
from models.reference.toml_table import load_tables


@dataclass(frozen=True, slots=True)
class RateRule:
    """A rate and the circumstances that it is for; a criterion left empty suits any invoice."""

    percent: int
    source: str
    verified: bool
    """Whether a check may rely upon it; a rule that is not verified only proposes."""

    professions: tuple[Profession, ...] = ()
    """For whom; empty for all, known or not."""

    nature: str = ""
    exemption: str = ""
    aspa: bool = False
    """For holders of the allocation de solidarité aux personnes âgées only."""

    note: str = ""

    def suits(self, profession: Profession | None, nature: str, exemption: str, aspa: bool) -> bool:
        """Tell whether the rule applies to an invoice."""
        return (
            profession in (self.professions or (profession,))
            and self.nature in ("", nature)
            and self.exemption in ("", exemption)
            and (aspa or not self.aspa)
        )


@lru_cache(maxsize=1024)
def rate_rule(profession: Profession | None, nature: str, exemption: str, *, aspa: bool = False) -> RateRule | None:
    """Return the first rule that suits, with its source and whether it may be relied upon; None where none does.

    Args:
        profession: None where it is not known: what holds for everyone alone suits then.
        nature: Nature d’assurance, two digits.
        exemption: Code exonération, one character, "" or "0" for none.
        aspa: Whether the patient holds the ASPA.
    """
    return next((rule for rule in _rules() if rule.suits(profession, nature, exemption, aspa)), None)


@cache
def _rules() -> tuple[RateRule, ...]:
    return load_tables(Path(__file__).parent / "rates.toml", "rate", RateRule, key=_criteria)


def _criteria(rule: RateRule) -> str:
    return f"{' '.join(rule.professions) or 'toute profession'}, {rule.nature}, {rule.exemption}, {rule.aspa}"
