"""An invoice of ours as the B2 values of a lot that leaves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from models.domain.lifecycle import CERTIFICATION
from models.domain.states import Signature
from models.formats.b2.values import B2Act, B2Batch, B2File, B2Invoice
from models.queries.drafts import live_acts
from models.tables.invoice import Invoice
from models.tables.people import Practitioner


def b2_file(
    practitioner: Practitioner, invoices: Iterable[Invoice], lot: int, signature: Signature, today: date
) -> B2File:
    """The file of one lot: one practitioner, one payer centre, one way of signing."""
    values = tuple(_invoice(practitioner.number, invoice) for invoice in invoices)
    batch = B2Batch(
        practitioner=practitioner.number,
        practitioner_name=practitioner.name,
        number=lot,
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
        reference=f"F{lot:05d}",
        batches=(batch,),
    )


def _invoice(practitioner: str, invoice: Invoice) -> B2Invoice:
    acts = tuple(
        B2Act(
            done_on=act.done_on,
            code=act.code,
            quantity=act.quantity,
            coefficient=act.coefficient,
            unit_price=act.unit_price,
            base=act.base,
            rate=act.rate,
            amo=act.amo,
            fee=act.fee,
            amc=act.amc,
            at_home=bool(act.at_home),
            executant=act.executant,
            exemption=act.exemption,
            other=act.other,
            suites=act.suites,
        )
        for act in live_acts(invoice.id)
    )
    return B2Invoice(
        practitioner=practitioner,
        nir=invoice.nir,
        nir_key=invoice.nir_key,
        number=invoice.number,
        billed_on=invoice.billed_on,
        split=invoice.split,
        sesam=bool(invoice.sesam),
        regime=invoice.regime,
        caisse=invoice.caisse,
        centre=invoice.centre,
        prescriber=invoice.prescriber,
        prescribed_on=invoice.prescribed_on,
        nature=invoice.nature,
        exemption=invoice.exemption,
        birth=invoice.birth,
        birth_rank=invoice.birth_rank,
        settlement=invoice.settlement,
        contract=invoice.contract,
        amc_number=invoice.amc_number,
        quality=invoice.quality,
        last_name=invoice.last_name,
        first_name=invoice.first_name,
        acts=acts,
        total=invoice.total,
        amo=invoice.amo,
        patient=invoice.total - invoice.amo,
        amc=invoice.amc,
        other=invoice.other,
        suites=invoice.suites,
    )
