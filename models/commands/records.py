"""Rows from values and values from rows: what several commands need to write an invoice down."""

from __future__ import annotations

from collections.abc import Iterable

from models.commands.change import Change, refresh_search
from models.domain.draft import ActDraft, InvoiceDraft
from models.domain.lifecycle import DESK_RANK, move
from models.domain.states import InvoiceState, Origin, ShareName
from models.formats.b2.values import B2Act, B2Invoice
from models.queries.drafts import act_draft, live_acts
from models.reference.payers import payer_label
from models.store.database import find_or_make
from models.tables.invoice import Act, Invoice
from models.tables.people import Patient, Payer, Prescriber


def set_state(invoice: Invoice, state: InvoiceState) -> None:
    """Move the invoice, and its place in the desk's order with it.

    Raises:
        ForbiddenMove: the move is not in the table.
    """
    invoice.state = move(invoice.state, state)
    invoice.desk_rank = DESK_RANK[state]


def patient_for(draft: InvoiceDraft | B2Invoice, quality: str = "") -> Patient:
    """The practice's record of this beneficiary, made if this is the first time that they are met."""
    patient, _ = find_or_make(
        Patient,
        {"nir_key": draft.nir_key, "last_name": draft.last_name, "quality": quality},
        nir=draft.nir,
        birth=draft.birth,
        birth_rank=draft.birth_rank,
        first_name=draft.first_name,
    )
    return patient


def remember_addresses(draft: InvoiceDraft | B2Invoice, known: set[tuple[ShareName | None, str]] | None = None) -> None:
    """Keep the prescriber and the payers that a file or a form names; `known` are those met already."""
    met = set() if known is None else known
    for kind, code in (
        (None, draft.prescriber),
        (ShareName.AMO, draft.regime + draft.caisse + draft.centre),
        (ShareName.AMC, draft.amc_number),
    ):
        if not code.strip("0 ") or (kind, code) in met:
            continue
        met.add((kind, code))
        if kind is None:
            find_or_make(Prescriber, {"name": ""}, number=code)
        else:
            label = (payer_label(draft.regime, draft.caisse) or "") if kind == ShareName.AMO else ""
            find_or_make(Payer, {"label": label}, kind=kind, code=code)


def act_values(act: B2Act) -> dict[str, object]:
    """The columns of a line that came in a file."""
    return {
        "done_on": act.done_on,
        "code": act.code,
        "quantity": act.quantity,
        "coefficient": act.coefficient,
        "unit_price": act.unit_price,
        "base": act.base,
        "rate": act.rate,
        "amo": act.amo,
        "fee": act.fee,
        "amc": act.amc,
        "at_home": act.at_home,
        "executant": act.executant,
        "exemption": act.exemption,
        "other": act.other,
        "suites": act.suites,
    }


def write_acts(invoice_id: int, acts: Iterable[ActDraft]) -> None:
    """Write these lines as the invoice's standing ones, from position 1."""
    for position, act in enumerate(acts, start=1):
        Act.create(
            invoice=invoice_id,
            position=position,
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


def copy_as_successor(change: Change, old: Invoice, **changes: object) -> Invoice:
    """A new unvalidated invoice with the content of `old` and its lines; `changes` set its number and links."""
    carried = [
        "practitioner_id",
        "patient_id",
        "total",
        "amo",
        "amc",
        "billed_on",
        "split",
        "sesam",
        "regime",
        "caisse",
        "centre",
        "prescriber",
        "prescribed_on",
        "nature",
        "exemption",
        "nir",
        "nir_key",
        "birth",
        "birth_rank",
        "quality",
        "last_name",
        "first_name",
        "settlement",
        "contract",
        "amc_number",
        "other",
        "suites",
    ]
    values = {name.removesuffix("_id"): getattr(old, name) for name in carried}
    state = InvoiceState.UNVALIDATED
    new = Invoice(**{**values, "origin": Origin.OWN, "state": state, "desk_rank": DESK_RANK[state], **changes})
    refresh_search(new)
    change.add(new)
    write_acts(new.id, (act_draft(act) for act in live_acts(old.id)))
    return new
