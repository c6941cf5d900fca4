"""The week's invoices as the B2 files of the billing software: one a physiotherapist, a lot an organisme."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from models.demo.people import Physiotherapist
from models.demo.weeks import Bill
from models.domain.draft import ActDraft
from models.domain.lifecycle import CERTIFICATION, COMPLEMENTARY_ASKED
from models.domain.states import Signature
from models.formats.b2.values import B2Act, B2Batch, B2File, B2Invoice

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
    batches = tuple(
        B2Batch(
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
        batches=batches,
    )


def _invoice(biller: Physiotherapist, bill: Bill, number: int) -> B2Invoice:
    draft = bill.sent
    return B2Invoice(
        practitioner=biller.number,
        nir=draft.nir,
        nir_key=draft.nir_key,
        number=number,
        billed_on=bill.billed_on,
        split="E" if draft.settlement in COMPLEMENTARY_ASKED else "",
        sesam=True,
        regime=draft.regime,
        caisse=draft.caisse,
        centre=draft.centre,
        prescriber=draft.prescriber,
        prescribed_on=draft.prescribed_on,
        nature=draft.nature,
        exemption=draft.exemption,
        birth=draft.birth,
        birth_rank=draft.birth_rank,
        settlement=draft.settlement,
        contract=draft.contract,
        amc_number=draft.amc_number,
        quality=bill.patient.quality,
        last_name=draft.last_name,
        first_name=draft.first_name,
        acts=tuple(_acts(draft.acts)),
        total=draft.total,
        amo=draft.amo,
        patient=draft.total - draft.amo,
        amc=draft.amc,
    )


def _acts(acts: tuple[ActDraft, ...]) -> Iterator[B2Act]:
    for act in acts:
        yield B2Act(
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
            at_home=act.at_home,
            executant=act.executant,
            exemption=act.exemption,
            other=act.other,
            suites=act.suites,
        )
