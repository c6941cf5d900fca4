"""An invoice of ours as the B2 values of a lot that leaves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date

from models.domain.lifecycle import CERTIFICATION
from models.domain.states import Signature
from models.formats.b2.values import B2File, B2Invoice, B2Lot
from models.formats.b2.zones import COUNTERS
from models.tables.content import content_of
from models.tables.invoice import Invoice
from models.tables.people import Practitioner


def b2_file(
    practitioner: Practitioner, invoices: Iterable[Invoice], lot_number: int, signature: Signature, today: date
) -> B2File:
    """The file of one lot: one practitioner, one payer centre, one way of signing."""
    values = tuple(_invoice(practitioner.number, invoice) for invoice in invoices)
    lot = B2Lot(
        practitioner=practitioner.number,
        practitioner_name=practitioner.name,
        number=lot_number,
        created_on=today,
        caisse=values[0].caisse,
        regime=values[0].regime,
        certification=CERTIFICATION[signature],
        invoices=values,
    )
    return B2File(
        sender=practitioner.number.zfill(14),
        recipient=values[0].caisse,
        created_on=today,
        reference=f"F{lot_number:05d}",
        lots=(lot,),
    )


def _invoice(practitioner: str, invoice: Invoice) -> B2Invoice:
    content = content_of(invoice)
    said = {field.name: getattr(content, field.name) for field in fields(content)}
    said["other"] = tuple(zone for zone in content.other if zone[0] not in COUNTERS)
    return B2Invoice(**said, practitioner=practitioner, number=invoice.number, billed_on=invoice.billed_on)
