"""An invoice as one corrects it: plain values, with its amounts recomputed as they change.

Rules: a line's base is unit price × coefficient × quantity; the AMO share is base × rate, rounded half up; the
AMC share is what is left, by subtraction, where it is asked of the complementary payer (models/FIELD.md §5.5).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from models.domain import money
from models.domain.content import KeptZones
from models.domain.lifecycle import COMPLEMENTARY_ASKED


@dataclass(frozen=True, slots=True)
class ActDraft:
    """A line. Amounts in cents, coefficient in hundredths, rate in percent; fee = honoraires."""

    done_on: date
    code: str
    quantity: int
    coefficient: int
    unit_price: int
    at_home: bool
    rate: int
    base: int = 0
    fee: int = 0
    amo: int = 0
    amc: int = 0
    executant: str = ""
    exemption: str = ""
    other: KeptZones = ()
    suites: KeptZones = ()

    def priced(self, settlement: str) -> ActDraft:
        """The same line with its amounts computed anew; a charge above the base is kept."""
        base = money.amount(self.unit_price, self.coefficient, self.quantity)
        amo = money.share(base, self.rate)
        amc = base - amo if settlement in COMPLEMENTARY_ASKED else 0
        return replace(self, base=base, fee=base + max(0, self.fee - self.base), amo=amo, amc=amc)


@dataclass(frozen=True, slots=True)
class InvoiceDraft:
    """All that « Modifier » may change of an invoice."""

    exemption: str
    nature: str
    prescriber: str
    prescribed_on: date | None
    regime: str
    caisse: str
    centre: str
    nir: str
    nir_key: str
    birth: str
    birth_rank: str
    last_name: str
    first_name: str
    settlement: str
    contract: str
    amc_number: str
    acts: tuple[ActDraft, ...]

    @property
    def total(self) -> int:
        """What is billed, in cents."""
        return sum(act.fee for act in self.acts)

    @property
    def amo(self) -> int:
        """The obligatory share, in cents."""
        return sum(act.amo for act in self.acts)

    @property
    def amc(self) -> int:
        """The complementary share asked of its payer, in cents."""
        return sum(act.amc for act in self.acts)

    @property
    def patient(self) -> int:
        """What is left to the patient, in cents."""
        return self.total - self.amo - self.amc

    def with_rate(self, rate: int) -> InvoiceDraft:
        """Every line at this AMO rate, in percent, and priced anew."""
        return replace(self, acts=tuple(replace(act, rate=rate).priced(self.settlement) for act in self.acts))

    def with_settlement(self, settlement: str) -> InvoiceDraft:
        """This settlement, the complementary shares following it."""
        return replace(self, settlement=settlement, acts=tuple(act.priced(settlement) for act in self.acts))

    def with_act(self, position: int, act: ActDraft) -> InvoiceDraft:
        """`act`, priced, in place of the line at `position` (from 0), or after the last one."""
        priced = act.priced(self.settlement)
        return replace(self, acts=(*self.acts[:position], priced, *self.acts[position + 1 :]))

    def without_act(self, position: int) -> InvoiceDraft:
        """Without the line at `position`."""
        return replace(self, acts=(*self.acts[:position], *self.acts[position + 1 :]))

    def with_act_moved(self, position: int, step: int) -> InvoiceDraft:
        """The line at `position` moved by `step` places, as far as there is room."""
        target = min(max(position + step, 0), len(self.acts) - 1)
        others = [act for index, act in enumerate(self.acts) if index != position]
        others.insert(target, self.acts[position])
        return replace(self, acts=tuple(others))


FIELDS: dict[str, tuple[str, ...]] = {
    "exemption": ("exemption",),
    "nature": ("nature",),
    "prescriber": ("prescriber",),
    "prescribed_on": ("prescribed_on",),
    "payer": ("regime", "caisse", "centre"),
    "nir": ("nir", "nir_key"),
    "beneficiary": ("last_name", "first_name", "birth", "birth_rank"),
    "settlement": ("settlement", "contract"),
    "amc_number": ("amc_number",),
    "lines": ("acts",),
}
"""The fields of the form, and what each holds of the draft."""


def changed_fields(before: InvoiceDraft, after: InvoiceDraft) -> tuple[str, ...]:
    """The fields of the form whose content differs.

    Lines differ by what was entered, not by the amounts that follow from other fields.
    """
    return tuple(
        field
        for field, names in FIELDS.items()
        if any(_entered(before, name) != _entered(after, name) for name in names)
    )


def _entered(draft: InvoiceDraft, name: str) -> object:
    if name != "acts":
        return getattr(draft, name)
    return [entered(act) for act in draft.acts]


def entered(act: ActDraft) -> tuple[object, ...]:
    """What one enters of a line; its amounts follow from that and from other fields."""
    return act.done_on, act.code, act.quantity, act.coefficient, act.unit_price, act.at_home
