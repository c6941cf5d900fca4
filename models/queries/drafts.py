"""Rows as the plain values that one corrects: an invoice's draft, its lines, the zones carried along."""

from __future__ import annotations

from models.domain.draft import ActDraft, InvoiceDraft
from models.store.faults import spoken
from models.tables.invoice import Act, Invoice


@spoken()
def live_acts(invoice_id: int) -> list[Act]:
    """The lines that stand, in order."""
    query = Act.select().where(Act.invoice == invoice_id, Act.removed_in == 0).order_by(Act.position)
    return list(query)


def act_draft(act: Act) -> ActDraft:
    """A line as one corrects it."""
    return ActDraft(
        done_on=act.done_on,
        code=act.code,
        quantity=act.quantity,
        coefficient=act.coefficient,
        unit_price=act.unit_price,
        at_home=bool(act.at_home),
        rate=act.rate,
        base=act.base,
        fee=act.fee,
        amo=act.amo,
        amc=act.amc,
        executant=act.executant,
        exemption=act.exemption,
        other=act.other,
        suites=act.suites,
    )


@spoken()
def draft_of(invoice: Invoice) -> InvoiceDraft:
    """The invoice as one corrects it."""
    return InvoiceDraft(
        exemption=invoice.exemption,
        nature=invoice.nature,
        prescriber=invoice.prescriber,
        prescribed_on=invoice.prescribed_on,
        regime=invoice.regime,
        caisse=invoice.caisse,
        centre=invoice.centre,
        nir=invoice.nir,
        nir_key=invoice.nir_key,
        birth=invoice.birth,
        birth_rank=invoice.birth_rank,
        last_name=invoice.last_name,
        first_name=invoice.first_name,
        settlement=invoice.settlement,
        contract=invoice.contract,
        amc_number=invoice.amc_number,
        acts=tuple(act_draft(act) for act in live_acts(invoice.id)),
    )
