"""The AMO rate that nature and exemption give each line, by who did it; a line of nobody known keeps its own."""

from __future__ import annotations

from dataclasses import replace

from models.checks.exemption import NONE
from models.checks.exercise import exercises_of
from models.domain.content import InvoiceContent, Line
from models.reference.profession import Profession
from models.reference.rates import RateRule, rate_rule


def rate_due(nature: str, exemption: str, act: Line, profession: Profession | None) -> RateRule | None:
    """Return the rule for a line of this profession; None where nothing is known enough to propose a rate.

    A line's own exemption comes before the invoice's. Of a line whose profession is not known, only what is verified
    for all is said: a doctor's consultation is not at an auxiliary's 60 %.
    """
    code = act.exemption.strip() or exemption
    due = rate_rule(profession, nature, code)
    if due is not None and code not in NONE and due.exemption != code and due.percent < 100:
        return None  # no table gives this code a rate, and that of care without any is not it
    return None if due is not None and profession is None and not due.verified else due


def rated(draft: InvoiceContent) -> InvoiceContent:
    """The same invoice, each line at its rate and priced anew; the lines whose rate stays are left as they are."""
    lines = zip(draft.acts, exercises_of(draft.acts), strict=True)
    return replace(draft, acts=tuple(_rated(draft, act, exercise.profession) for act, exercise in lines))


def _rated(draft: InvoiceContent, act: Line, profession: Profession | None) -> Line:
    due = rate_due(draft.nature, draft.exemption, act, profession)
    if due is None or due.percent == act.rate:
        return act
    return replace(act, rate=due.percent).priced(draft.settlement)
