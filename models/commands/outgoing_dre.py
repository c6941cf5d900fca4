"""A DRE of ours as the B2 values of a lot that leaves: to the complementary payer, of the complementary share alone.

No public source gives the layout of a DRE. What is written here is what the sources support, and nothing else:
- the records of B2 (public viewer of 2007, `models/FIELD.md` §3.1), of which each zone keeps its meaning;
- an own lot, addressed to the complementary payer: recipient type OC (types of NOEMIE's 000), its ten digits (record 2,
  119-128); the three digits of the record 1 hold no such number and stay at zero, no caisse is named as pivot;
- settlement 25, « Tiers payant sur la part complémentaire seule » (record 2, 115-116);
- amounts: each line, invoice and lot asks the complementary share, of the caisse nothing. The base, the rate and the
  régime of the insured stay: they say how that share came about and who the patient is, and ask nothing.

A DRE that is made again here is signed by nobody: no letter or zone that says so (lot certification, type de facture,
top éclatement, certification, approval, forcing) is carried over from its invoice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Final

from models.domain.content import InvoiceContent, Line
from models.formats.b2 import layout
from models.formats.b2.values import B2File, B2Invoice, B2Lot
from models.tables.invoice import Invoice
from models.tables.people import Practitioner

PAYER: Final = "OC"
"""Type of a complementary payer (NOEMIE, record 000; public viewer of 2007)."""

_NO_CAISSE: Final = "000"

_CLAIMS: Final = frozenset(
    {"marking", "amo_forcing", "invoice_kind", "portable_device", "substitute_card", *layout.INVOICE_END.names}
)
"""Kept zones of an invoice that say how it was signed or counted, or that force the caisse's share."""

_ACT_FORCING: Final = 71 - 37
"""Of a 4S, where its text, kept from position 37 on, forces the caisse's share."""


def dre_file(
    practitioner: Practitioner,
    invoices: Sequence[Invoice],
    contents: Mapping[int, InvoiceContent],
    lot_number: int,
    today: date,
) -> B2File:
    """The file of one lot of DRE: one practitioner, one complementary payer."""
    values = tuple(_dre(practitioner.number, invoice, contents[invoice.id]) for invoice in invoices)
    lot = B2Lot(
        practitioner=practitioner.number,
        practitioner_name=practitioner.name,
        number=lot_number,
        created_on=today,
        caisse=_NO_CAISSE,
        regime="",
        certification="",
        invoices=values,
    )
    return B2File(
        sender=practitioner.number.zfill(14),
        recipient=values[0].amc_number,
        created_on=today,
        reference=f"D{lot_number:05d}",
        lots=(lot,),
        other=(("recipient_type", PAYER), ("end_recipient_type", PAYER)),
    )


def _dre(practitioner: str, invoice: Invoice, content: InvoiceContent) -> B2Invoice:
    content = content.of_the_complementary()
    said = {field.name: getattr(content, field.name) for field in fields(InvoiceContent)}
    said |= {
        "sesam": False,
        "split": "",
        "other": tuple(zone for zone in content.other if zone[0] not in _CLAIMS),
        "suites": tuple(suite for suite in content.suites if not _of_another_payer(suite, content.amc_number)),
        "acts": tuple(_unforced(act) for act in content.acts),
    }
    return B2Invoice(**said, practitioner=practitioner, number=invoice.number, billed_on=invoice.billed_on)


def _of_another_payer(suite: tuple[str, str], amc_number: str) -> bool:
    """Whether a 2M names a payer that the DRE is not for, with the route to it: it was corrected since."""
    name, text = suite
    return name == "M" and text[:10].strip() != amc_number


def _unforced(act: Line) -> Line:
    return replace(act, suites=tuple(_without_forcing(suite) for suite in act.suites))


def _without_forcing(suite: tuple[str, str]) -> tuple[str, str]:
    name, text = suite
    return (name, f"{text[:_ACT_FORCING]} {text[_ACT_FORCING + 1 :]}".rstrip(" ")) if name == "S" else suite
