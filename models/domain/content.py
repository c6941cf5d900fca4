"""What an invoice says, as plain values with their amounts: shared by the files, the form, the commands, the tables.

Rules: a line's base is unit price × coefficient × quantity; the AMO share is base × rate, rounded half up; the
AMC share is what is left, by subtraction, where it is asked of the complementary payer (models/FIELD.md §5.5).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from models.domain import money
from models.domain.lifecycle import COMPLEMENTARY_ASKED

KeptZones = tuple[tuple[str, str], ...]
"""Zones of a record that no field models, kept as received: (name, text without its trailing blanks)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line: one act (B2 record 4). Amounts in cents, coefficient in hundredths, rate in percent; fee = honoraires.

    `executant` is the number and key of who did it, nine digits; `base` what the refund rests on; `other` and `suites`
    are carried along (`suites`: letter of the completing record, its text from position 37 on).
    """

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

    def priced(self, settlement: str) -> Line:
        """The same line with its amounts computed anew; a charge above the base is kept."""
        base = money.amount(self.unit_price, self.coefficient, self.quantity)
        amo = money.share(base, self.rate)
        amc = base - amo if settlement in COMPLEMENTARY_ASKED else 0
        fee = base + max(0, self.fee - self.base)
        if (base, fee, amo, amc) == (self.base, self.fee, self.amo, self.amc):
            return self
        return replace(self, base=base, fee=fee, amo=amo, amc=amc)

    def of_the_complementary(self) -> Line:
        """The same act, of which only the complementary share is asked; how it came about stays (base, rate)."""
        return replace(self, fee=self.amc, amo=0)


@dataclass(frozen=True, slots=True)
class InvoiceContent:
    """What an invoice says: what « Modifier » may change (`models.domain.draft.FIELDS`), and what is carried along.

    Absent text is ''. `birth` is AAMMJJ as received: lunar dates exist, so it may be no day of the calendar. `split`
    is the top éclatement: E (SESAM, with a DRE), F (outside SESAM); `quality` the beneficiary's: A, C, E, AA.
    """

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
    acts: tuple[Line, ...]
    quality: str = ""
    split: str = ""
    sesam: bool = True
    other: KeptZones = ()
    suites: KeptZones = ()

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

    @property
    def accident(self) -> str:
        """The number of the accident, or its date as 000AAMMJJ (B2 record 2, 86-94); '' where nothing is said.

        Of work under nature 41, of common law under 10 and 13. Source: SFG FIDES ACE v06.08, page 346.
        """
        return self._kept("accident")

    @property
    def maternity(self) -> str:
        """The date of a maternity, AAMMJJ (B2 record 2, 80-85); '' where nothing is said."""
        return self._kept("maternity_on")

    @property
    def own_nir(self) -> str:
        """The beneficiary's own NIR: the insured's where they are the same, else that of record 2S; '' if none came."""
        return self.nir if self.quality == "A" else self._kept("individual_nir")

    def with_accident(self, accident: str) -> InvoiceContent:
        """This number or date of an accident."""
        return self._with_kept("accident", accident)

    def with_maternity(self, maternity: str) -> InvoiceContent:
        """This date of a maternity."""
        return self._with_kept("maternity_on", maternity)

    def _kept(self, zone: str) -> str:
        text = dict(self.other).get(zone, "")
        return text if text.strip("0 ") else ""

    def _with_kept(self, zone: str, text: str) -> InvoiceContent:
        """The zone at its place among those that were received, behind them where it is new; gone where it is ''."""
        if text == self._kept(zone):
            return self
        names = [name for name, _ in self.other]
        place = names.index(zone) if zone in names else len(names)
        new = ((zone, text),) if text else ()
        return replace(self, other=(*self.other[:place], *new, *self.other[place + 1 :]))

    def of_the_complementary(self) -> InvoiceContent:
        """What a DRE asks: of each line its complementary share, of the caisse nothing."""
        return replace(self, acts=tuple(act.of_the_complementary() for act in self.acts))

    def with_rate(self, rate: int) -> InvoiceContent:
        """Every line at this AMO rate, in percent, and priced anew."""
        return replace(self, acts=tuple(replace(act, rate=rate).priced(self.settlement) for act in self.acts))

    def with_settlement(self, settlement: str) -> InvoiceContent:
        """This settlement, the complementary shares following it."""
        return replace(self, settlement=settlement, acts=tuple(act.priced(settlement) for act in self.acts))

    def with_act(self, position: int, act: Line) -> InvoiceContent:
        """`act`, priced, in place of the line at `position` (from 0), or after the last one."""
        priced = act.priced(self.settlement)
        return replace(self, acts=(*self.acts[:position], priced, *self.acts[position + 1 :]))

    def without_act(self, position: int) -> InvoiceContent:
        """Without the line at `position`."""
        return replace(self, acts=(*self.acts[:position], *self.acts[position + 1 :]))

    def with_act_moved(self, position: int, step: int) -> InvoiceContent:
        """The line at `position` moved by `step` places, as far as there is room."""
        target = min(max(position + step, 0), len(self.acts) - 1)
        others = [act for index, act in enumerate(self.acts) if index != position]
        others.insert(target, self.acts[position])
        return replace(self, acts=tuple(others))
