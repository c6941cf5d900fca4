"""What the practice knows beside an invoice: the patient's rights, what was paid or refused, who prescribes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from models.domain.states import InvoiceState, RightSource


@dataclass(frozen=True, slots=True)
class KnownRight:
    """An exemption seen on a card or an attestation; both ends included, no end: open."""

    exemption: str
    since: date
    until: date | None
    source: RightSource
    seen_on: date

    @property
    def last_day(self) -> date:
        """The last day that it covers; the end of time where it is open."""
        return self.until or date.max

    def covers(self, day: date) -> bool:
        """Whether the right holds on this day."""
        return self.since <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class PastAct:
    """An act of another invoice, travel and supplements left out; its coefficient in hundredths."""

    done_on: date
    code: str
    coefficient: int

    @property
    def care(self) -> tuple[date, str]:
        """What was done, whatever it was billed at."""
        return self.done_on, self.code


@dataclass(frozen=True, slots=True)
class PastInvoice:
    """Another invoice of the same patient that still counts (not cancelled), or the cancelled origin's rejection.

    `refusals` are the codes with which the caisse rejected it, `answered_on` the day on which the last of them was
    read; `payer` régime, caisse and centre; `amo_paid` in cents. `kin`: it is the invoice itself, or one that it comes
    from or became; numbers come back, they do not tell.
    """

    number: int
    kin: bool
    practitioner: str
    state: InvoiceState
    exemption: str
    nature: str
    payer: str
    nir: str
    prescriber: str
    prescribed_on: date | None
    first_day: date
    last_day: date
    amo_paid: int
    refusals: tuple[str, ...]
    answered_on: date | None
    acts: tuple[PastAct, ...]

    @property
    def paid(self) -> bool:
        """Whether the caisse paid its share, whatever it had said before."""
        return self.amo_paid > 0

    def refused(self, *codes: str) -> bool:
        """Whether the caisse rejected it, and left it so, with a code that begins with one of these."""
        return not self.paid and any(code.startswith(codes) for code in self.refusals)


@dataclass(frozen=True, slots=True)
class History:
    """All that the checks may look at beside the invoice itself. `rights` and `past`: the newest first.

    Prescribers: those of the practice's paid invoices, those refused as unknown (0460) and, of these, those refused
    as establishments (0460 053).
    """

    rights: tuple[KnownRight, ...] = ()
    past: tuple[PastInvoice, ...] = ()
    prescribers_paid: frozenset[str] = frozenset()
    prescribers_refused: frozenset[str] = frozenset()
    establishments_refused: frozenset[str] = frozenset()
    answered: tuple[PastInvoice, ...] = field(init=False)
    """Those of `past` on which the caisse said something that stands, the latest care first."""

    def __post_init__(self) -> None:
        said = [invoice for invoice in self.past if invoice.amo_paid > 0 or invoice.refusals]
        said.sort(key=attrgetter("last_day"), reverse=True)
        object.__setattr__(self, "answered", tuple(said))

    def refused(self, *codes: str) -> tuple[PastInvoice, ...]:
        """The patient's invoices that stay rejected with a code that begins with one of these."""
        return tuple(invoice for invoice in self.past if invoice.refused(*codes))
