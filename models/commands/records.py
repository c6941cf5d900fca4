"""Rows from values and values from rows: what several commands need to write an invoice down."""

from __future__ import annotations

from models.commands.change import Change
from models.domain.content import InvoiceContent
from models.domain.lifecycle import DESK_RANK, move
from models.domain.states import InvoiceState, Origin, ShareName
from models.reference.payers import payer_label
from models.store.database import find_or_make
from models.tables.content import columns_of, content_of, write_lines
from models.tables.invoice import Invoice
from models.tables.people import Patient, Payer, Prescriber
from models.tables.search import search_text


def set_state(invoice: Invoice, state: InvoiceState) -> None:
    """Move the invoice, and its place in the desk's order with it.

    Raises:
        ForbiddenMove: the move is not in the table.
    """
    invoice.state = move(invoice.state, state)
    invoice.desk_rank = DESK_RANK[state]


def patient_for(content: InvoiceContent) -> Patient:
    """The practice's record of this beneficiary, made if this is the first time that they are met."""
    patient, _ = find_or_make(
        Patient,
        {"nir_key": content.nir_key, "last_name": content.last_name, "quality": content.quality},
        nir=content.nir,
        birth=content.birth,
        birth_rank=content.birth_rank,
        first_name=content.first_name,
    )
    return patient


def remember_addresses(content: InvoiceContent, known: set[tuple[ShareName | None, str]] | None = None) -> None:
    """Keep the prescriber and the payers that a file or a form names; `known` are those met already."""
    met = set() if known is None else known
    for kind, code in (
        (None, content.prescriber),
        (ShareName.AMO, content.regime + content.caisse + content.centre),
        (ShareName.AMC, content.amc_number),
    ):
        if not code.strip("0 ") or (kind, code) in met:
            continue
        met.add((kind, code))
        if kind is None:
            find_or_make(Prescriber, {"name": ""}, number=code)
        else:
            label = (payer_label(content.regime, content.caisse) or "") if kind == ShareName.AMO else ""
            find_or_make(Payer, {"label": label}, kind=kind, code=code)


def copy_as_successor(
    change: Change, old: Invoice, content: InvoiceContent | None = None, **changes: object
) -> Invoice:
    """A new unvalidated invoice with this content, or else that of `old`; `changes` set its number and links."""
    content = content_of(old) if content is None else content
    state = InvoiceState.UNVALIDATED
    new = Invoice(
        **{
            **columns_of(content),
            "practitioner": old.practitioner_id,
            "patient": old.patient_id,
            "billed_on": old.billed_on,
            "origin": Origin.OWN,
            "state": state,
            "desk_rank": DESK_RANK[state],
            **changes,
        }
    )
    new.search = search_text(new.last_name, new.first_name)
    change.add(new)
    write_lines(new.id, content.acts)
    return new
