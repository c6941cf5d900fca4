"""Invoices as the checks see them, made of values: a sound one, and what the practice knows beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from models.checks import run_checks
from models.checks.finding import Finding
from models.domain.content import InvoiceContent, Line
from models.domain.exchanges import RejectionLevel
from models.domain.lifecycle import COMPLEMENTARY_ASKED
from models.domain.states import InvoiceKind, InvoiceState, Origin, RightSource, ShareName, ShareState, Signature
from models.queries.history import History, KnownRight, PastAct, PastInvoice
from models.queries.sheets import InvoiceSheet, RejectionReason
from models.reference.acts import travel_price, unit_price
from models.reference.identifiers import nir_key
from models.reference.rejections import our_book

DAY = date(2026, 11, 5)
"""Of care."""
BILLED = date(2026, 11, 9)
TODAY = date(2026, 11, 16)
AUTUMN = date(2026, 10, 1), date(2026, 12, 31)
"""A period that covers the care."""
PRACTITIONER = "336900014"
PRESCRIBER, SWAPPED, STRANGER, HOSPITAL = "331900019", "331900091", "331900027", "330999004"
"""Three numbers with their key; the second is the first one with two digits swapped, its key is wrong."""
NIR = "2710433990105"


def days_later(days: int, day: date = DAY) -> date:
    """So many days after the care; before it, if negative."""
    return day + timedelta(days=days)


def line(
    code: str = "RAM",
    day: date = DAY,
    *,
    coefficient: int = 0,
    price: int | None = None,
    quantity: int = 1,
    at_home: bool | None = None,
    rate: int = 60,
    settlement: str = "05",
    specialty: str = "26",
) -> Line:
    """A physiotherapist's line at the tariff of its day; travel is at home and comes to its price, an act at 8,1."""
    travelling = code.startswith(("IF", "IK")) or code in {"N", "F", "MD"}
    known = travel_price(code, day) if travelling else unit_price(code, day)
    return Line(
        done_on=day,
        code=code,
        quantity=quantity,
        coefficient=coefficient or (100 if travelling else 810),
        unit_price=(known or 300) if price is None else price,
        at_home=travelling if at_home is None else at_home,
        rate=rate,
        executant=PRACTITIONER,
        other=(("specialty", specialty),),
    ).priced(settlement)


def draft(*acts: Line, **changes: object) -> InvoiceContent:
    """A sound invoice of one act, or of these; an exemption of 4 or 5 sets the rate that goes with it."""
    plain = InvoiceContent(
        exemption="0",
        nature="10",
        prescriber=PRESCRIBER,
        prescribed_on=days_later(-10),
        regime="01",
        caisse="331",
        centre="0000",
        nir=NIR,
        nir_key=f"{nir_key(NIR):02d}",
        birth="710405",
        birth_rank="1",
        last_name="DUPONT",
        first_name="MARIE",
        settlement="05",
        contract="",
        amc_number="",
        acts=acts or (line(),),
    )
    changed: InvoiceContent = replace(plain, **changes)  # type: ignore[arg-type]
    if changed.exemption in {"4", "5"}:
        return changed.with_rate(100)
    return changed.with_rate(90) if changed.nature == "13" else changed


def sheet(content: InvoiceContent, **changes: object) -> InvoiceSheet:
    """The invoice of this content, not yet sent: number 1200, which replaces nothing."""
    asked = ShareState.PENDING if content.settlement in COMPLEMENTARY_ASKED else ShareState.NONE
    plain = InvoiceSheet(
        id=1,
        number=1200,
        kind=InvoiceKind.INVOICE,
        state=InvoiceState.UNVALIDATED,
        version=1,
        signature=Signature.DEGRADED,
        origin=Origin.OWN,
        practitioner=PRACTITIONER,
        practitioner_name="ROUX CAMILLE",
        billed_on=BILLED,
        lot=None,
        draft=content,
        total=content.total,
        amo=content.amo,
        amc=content.amc,
        amo_state=ShareState.PENDING,
        amc_state=asked,
        amo_paid=0,
        amc_paid=0,
        amo_rejection=None,
        amc_rejection=None,
        replaces=None,
        replaced_by=None,
        dre_of=None,
        reasons=(),
        remarks=(),
        rejected_draft=None,
        cancel_refusal=None,
        dre_refusal=None,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def past(
    number: int = 1100, day: date = DAY, *refusals: str, paid: bool | None = None, **changes: object
) -> PastInvoice:
    """Another invoice of the patient, of one act on this day: rejected with these codes, else paid."""
    settled = not refusals if paid is None else paid
    plain = PastInvoice(
        number=number,
        kin=False,
        practitioner=PRACTITIONER,
        state=InvoiceState.REJECTED if refusals else InvoiceState.PAID if settled else InvoiceState.TRANSMITTED,
        exemption="0",
        nature="10",
        payer="013310000",
        nir=NIR,
        prescriber=PRESCRIBER,
        prescribed_on=days_later(-10),
        first_day=day,
        last_day=day,
        amo_paid=1074 if settled else 0,
        refusals=refusals,
        answered_on=days_later(7, day) if refusals else None,
        acts=(PastAct(day, "TER", 980),),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def right(
    exemption: str = "4",
    since: date = AUTUMN[0],
    until: date | None = AUTUMN[1],
    *,
    source: RightSource = RightSource.ATTESTATION,
    seen_on: date = date(2026, 10, 16),
) -> KnownRight:
    """A document that covers the care."""
    return KnownRight(exemption, since, until, source, seen_on)


def known(*facts: KnownRight | PastInvoice, prescribers: tuple[str, ...] = (PRESCRIBER,)) -> History:
    """What the practice knows: documents and invoices, the newest first; the prescribers whom caisses have paid."""
    return History(
        rights=tuple(fact for fact in facts if isinstance(fact, KnownRight)),
        past=tuple(fact for fact in facts if isinstance(fact, PastInvoice)),
        prescribers_paid=frozenset(prescribers),
    )


def why(code: str, share: ShareName = ShareName.AMO) -> RejectionReason:
    """A reason that the invoice carries."""
    return RejectionReason(share, code, "MOTIF DE LA CAISSE", RejectionLevel.INVOICE, "", None, None, "")


def findings(
    content: InvoiceContent, history: History | None = None, today: date = TODAY, **changes: object
) -> list[Finding]:
    """What all the checks say of it."""
    return list(run_checks(sheet(content, **changes), today, history, book=our_book()))


def said(check: str, found: list[Finding]) -> list[Finding]:
    """What one check says."""
    return [finding for finding in found if finding.check == check]
