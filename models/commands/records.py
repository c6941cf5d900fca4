"""Rows from values and values from rows: what several commands need to write an invoice down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from models.commands.change import Change
from models.domain.content import InvoiceContent
from models.domain.lifecycle import DESK_RANK, move, move_back, rank_of
from models.domain.refusals import RefusedFault
from models.domain.states import InvoiceState, Origin, ShareName
from models.reference.payers import payer_label
from models.store.database import rows_among
from models.tables.content import columns_of, content_of, damage_of, write_lines
from models.tables.invoice import Invoice
from models.tables.people import Patient, Payer, Prescriber
from models.tables.search import search_text
from models.tables.sets import insert_rows


def set_state(invoice: Invoice, state: InvoiceState) -> None:
    """Move the invoice, and its place in the desk's order with it: what was classified is at the desk again.

    Raises:
        ForbiddenMove: the move is not in the table.
    """
    _stand(invoice, move(invoice.state, state))


def set_state_back(invoice: Invoice, state: InvoiceState) -> None:
    """Move the invoice back to where it stood before something was said of it.

    Raises:
        ForbiddenMove: what was said did not lead from there.
    """
    _stand(invoice, move_back(invoice.state, state))


def _stand(invoice: Invoice, state: InvoiceState) -> None:
    if invoice.state != state:
        invoice.state = state
    rank = rank_of(state)
    if invoice.desk_rank != rank:
        invoice.desk_rank = rank
    if invoice.filed_until is not None:
        invoice.filed_until = None


Person = tuple[str, str, str, str]
"""Under what a patient is recorded: NIR, birth, rank and first name."""

Address = tuple[ShareName | None, str]
"""A payer by its share and code; a prescriber (no share) by number."""


def recorded_as(content: InvoiceContent) -> Person:
    """Under what the practice records the patient of this invoice."""
    return content.nir, content.birth, content.birth_rank, content.first_name


def patients_for(contents: Iterable[InvoiceContent], known: dict[Person, int]) -> list[int]:
    """The practice's record of each beneficiary, made if this is the first time that they are met.

    Args:
        contents: what the invoices say.
        known: the records that were looked up already; given those of `contents` too.

    Returns:
        The new ones, in the order in which they were met.
    """
    asked = {recorded_as(content): content for content in contents}
    unknown = {person: content for person, content in asked.items() if person not in known}
    found = "SELECT nir, birth, birth_rank, first_name, id FROM patient WHERE nir IN ({set})"
    for nir, birth, rank, first_name, patient in rows_among(found, dict.fromkeys(person[0] for person in unknown)):
        known[nir, birth, rank, first_name] = patient
    new = {person: content for person, content in unknown.items() if person not in known}
    ids = insert_rows(Patient, [_patient(content) for content in new.values()])
    known.update(zip(new, ids, strict=True))
    return ids


def _patient(content: InvoiceContent) -> dict[str, object]:
    said: dict[str, object] = {name: getattr(content, name) for name in _PATIENT}
    return {**said, "search": search_text(content.last_name, content.first_name)}


_PATIENT: Final = ("nir", "nir_key", "birth", "birth_rank", "quality", "last_name", "first_name")


def remember_addresses(contents: Iterable[InvoiceContent], known: set[Address]) -> None:
    """Keep the prescribers and the payers that files or forms name.

    Args:
        contents: what the invoices say.
        known: those that were met already; given those of `contents` too.
    """
    met: dict[Address, str] = {}
    for content in contents:
        caisse = content.regime + content.caisse + content.centre
        for address in ((None, content.prescriber), (ShareName.AMO, caisse), (ShareName.AMC, content.amc_number)):
            if address[1].strip("0 ") and address not in known and address not in met:
                label = payer_label(content.regime, content.caisse) if address[0] == ShareName.AMO else None
                met[address] = label or ""
    known.update(met)
    codes = [code for _, code in met]
    kept: set[Address] = {(None, number) for (number,) in rows_among(_PRESCRIBERS, codes)}
    kept |= {(ShareName(kind), code) for kind, code in rows_among(_PAYERS, codes)}
    new = {address: label for address, label in met.items() if address not in kept}
    insert_rows(Prescriber, [{"number": code, "name": ""} for kind, code in new if kind is None])
    insert_rows(Payer, [{"kind": kind, "code": code, "label": label} for (kind, code), label in new.items() if kind])


_PRESCRIBERS: Final = "SELECT number FROM prescriber WHERE number IN ({set})"
_PAYERS: Final = "SELECT kind, code FROM payer WHERE code IN ({set})"


def copy_as_successor(
    change: Change, old: Invoice, content: InvoiceContent | None = None, **changes: object
) -> Invoice:
    """A new unvalidated invoice with this content, or else that of `old`; `changes` set its number and links.

    Raises:
        RefusedFault: a value of what it is to say does not read in the base.
    """
    content = content_of(old) if content is None else content
    if damaged := damage_of(old.number, (), content):
        raise RefusedFault(damaged)
    state = InvoiceState.UNVALIDATED
    columns: dict[str, object] = {
        **columns_of(content),
        "practitioner": old.practitioner_id,
        "patient": old.patient_id,
        "billed_on": old.billed_on,
        "origin": Origin.OWN,
        "state": state,
        "desk_rank": DESK_RANK[state],
        **changes,
    }
    columns["search"] = search_text(content.last_name, content.first_name)
    new = Invoice(**columns)
    (new.id,) = change.add([columns])
    write_lines({new.id: content.acts})
    return new
