"""Modifier: what the form changed, saved if nobody else changed the invoice meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

from models.commands.change import answers_stale, open_change
from models.commands.outcomes import Refused, Stale
from models.commands.records import patient_for, remember_addresses, write_acts
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.draft import InvoiceDraft, changed_fields
from models.domain.states import InvoiceState
from models.queries.drafts import draft_of
from models.tables.invoice import Act, Invoice


@dataclass(frozen=True, slots=True)
class Saved:
    """Done and committed. `fields` are those of the form that changed; empty where nothing did."""

    number: int
    version: int
    fields: tuple[str, ...]


@answers_stale
def save_correction(invoice_id: int, version: int, draft: InvoiceDraft, author: Author) -> Saved | Refused | Stale:
    """Save the form of an unvalidated invoice.

    Args:
        invoice_id: the invoice.
        version: at which the form read it.
        draft: the form's content; its amounts are computed by `InvoiceDraft`.
        author: who saves.

    Raises:
        PracticeFault: the database refused; nothing was changed.
    """
    with open_change(author, Action.CORRECT) as change:
        invoice = change.invoice(invoice_id, version)
        if invoice.state != InvoiceState.UNVALIDATED:
            return Refused("Facture déjà validée ou transmise : elle ne se modifie plus ici.")
        before = draft_of(invoice)
        if before == draft:
            return Saved(invoice.number, version, ())
        _write(invoice, before, draft)
        change.save(invoice)
        fields = changed_fields(before, draft)
        change.record(f"invoice {invoice.id}", {"fields": list(fields)})
        return Saved(invoice.number, invoice.version, fields)


def _write(invoice: Invoice, before: InvoiceDraft, draft: InvoiceDraft) -> None:
    for name in [
        "exemption",
        "nature",
        "prescriber",
        "regime",
        "caisse",
        "centre",
        "nir",
        "nir_key",
        "birth",
        "birth_rank",
        "last_name",
        "first_name",
        "settlement",
        "contract",
        "amc_number",
        "total",
        "amo",
        "amc",
    ]:
        setattr(invoice, name, getattr(draft, name))
    invoice.prescribed_on = draft.prescribed_on
    invoice.patient = patient_for(draft, invoice.quality)
    remember_addresses(draft)
    if draft.acts != before.acts:
        Act.update(removed_in=invoice.version + 1).where(Act.invoice == invoice.id, Act.removed_in == 0).execute()
        write_acts(invoice.id, draft.acts)
