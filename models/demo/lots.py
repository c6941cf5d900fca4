"""The week's invoices as the B2 files of the billing software: one a physiotherapist, a lot an organisme."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Final

from models.demo.people import Physiotherapist
from models.demo.weeks import Bill
from models.domain.lifecycle import CERTIFICATION, COMPLEMENTARY_ASKED
from models.domain.states import Signature
from models.formats.b2.values import B2File, B2Invoice, B2Lot

RECIPIENT: Final = "331"
"""The caisse through which the practice transmits."""


def b2_file(
    biller: Physiotherapist, bills: list[Bill], created_on: date, *, first_lot: int, first_number: int
) -> B2File:
    """One file.

    Args:
        biller: whose lots these are.
        bills: at least one.
        created_on: its day.
        first_lot: number of its first lot; the others follow.
        first_number: number of its first invoice; the others follow, in the order of `bills`.
    """
    invoices = [_invoice(biller, bill, number) for number, bill in enumerate(bills, start=first_number)]
    together: dict[tuple[str, str, str], list[B2Invoice]] = {}
    for bill, invoice in zip(bills, invoices, strict=True):
        signature = CERTIFICATION[Signature.DEGRADED if bill.degraded else Signature.CARD]
        together.setdefault((invoice.regime, invoice.caisse, signature), []).append(invoice)
    lots = tuple(
        B2Lot(
            practitioner=biller.number,
            practitioner_name=biller.name,
            number=lot,
            created_on=created_on,
            caisse=caisse,
            regime=regime,
            certification=signature,
            invoices=tuple(together[regime, caisse, signature]),
        )
        for lot, (regime, caisse, signature) in enumerate(sorted(together), start=first_lot)
    )
    return B2File(
        sender=biller.number.zfill(14),
        recipient=RECIPIENT,
        created_on=created_on,
        reference=f"F{first_lot:05d}",
        lots=lots,
    )


def _invoice(biller: Physiotherapist, bill: Bill, number: int) -> B2Invoice:
    said = {field.name: getattr(bill.sent, field.name) for field in fields(bill.sent)}
    said["split"] = "E" if bill.sent.settlement in COMPLEMENTARY_ASKED else ""
    said["quality"] = bill.patient.quality
    return B2Invoice(**said, practitioner=biller.number, number=number, billed_on=bill.billed_on)
