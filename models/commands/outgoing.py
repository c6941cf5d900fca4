"""An invoice of ours as the B2 values of a lot that leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Final

from models.domain.content import InvoiceContent
from models.domain.lifecycle import CERTIFICATION
from models.domain.states import Origin, Signature
from models.formats.b2.capitals import in_capitals
from models.formats.b2.values import B2File, B2Invoice, B2Lot
from models.formats.b2.zones import CONTROLS
from models.reference.identifiers import numeric_finess
from models.tables.invoice import Invoice
from models.tables.people import Practitioner

TYPED: Final = ("last_name", "first_name")
"""What people type as words: written in capitals of the norm, kept in the tables as typed."""


def b2_file(
    practitioner: Practitioner,
    invoices: Sequence[Invoice],
    contents: Mapping[int, InvoiceContent],
    lot_number: int,
    signature: Signature,
    today: date,
) -> B2File:
    """The file of one lot: one practitioner, one payer centre, one way of signing."""
    values = tuple(_invoice(practitioner.number, invoice, contents[invoice.id]) for invoice in invoices)
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


def _invoice(practitioner: str, invoice: Invoice, content: InvoiceContent) -> B2Invoice:
    said = {field.name: getattr(content, field.name) for field in fields(content)}
    said["other"] = tuple(zone for zone in content.other if zone[0] not in CONTROLS)
    said["prescriber"] = numeric_finess(content.prescriber)
    written = {name: in_capitals(said[name]) for name in TYPED}
    changed = [name for name in TYPED if written[name] != said[name]]
    received = _received(invoice) if changed else None
    said |= {name: written[name] for name in changed if received is None or getattr(received, name) != said[name]}
    return B2Invoice(**said, practitioner=practitioner, number=invoice.number, billed_on=invoice.billed_on)


def _received(invoice: Invoice) -> Invoice | None:
    """The invoice of a received lot that this one goes back to: what it says unchanged stays as it came."""
    while invoice.origin != Origin.IMPORTED:
        before = invoice.replaces if invoice.replaces_id else invoice.dre_of if invoice.dre_of_id else None
        if before is None:
            return None
        invoice = before
    return invoice
